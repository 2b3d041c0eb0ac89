"""``python -m chartdesk.exchange.sandbox``."""

import sys

from chartdesk.exchange.sandbox.command_line import main

if __name__ == "__main__":
    sys.exit(main())
