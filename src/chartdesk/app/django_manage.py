"""Django's own management commands, for developers: ``python -m chartdesk.app.django_manage makemigrations``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command on this process's arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chartdesk.app.settings")
    os.environ.setdefault("CHARTDESK_DB_POOL", "0")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
