"""Migrate an empty database and open the demo's practices in it, without patients."""

from __future__ import annotations

from datetime import timedelta

from chartdesk.app import wiring

wiring.set_up()

from chartdesk.app import schema  # noqa: E402
from chartdesk.app.demo import setup  # noqa: E402
from chartdesk.kit import clock  # noqa: E402


def main() -> None:
    """Run once."""
    schema.migrate()
    setup.open_demo((clock.now() - timedelta(days=30)).date())
    setup.open_second()


if __name__ == "__main__":
    main()
