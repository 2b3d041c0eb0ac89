"""``python -m chartdesk.exchange.card_sandbox``."""

import sys

from chartdesk.exchange.card_sandbox.command_line import main

if __name__ == "__main__":
    sys.exit(main())
