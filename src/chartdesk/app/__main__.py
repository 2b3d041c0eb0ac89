"""``python -m chartdesk.app`` is the same program as ``chartdesk``."""

import sys

from chartdesk.app.cli import main

sys.exit(main())
