"""Migrate an empty database and open the demo's practices in it, without patients; in the zone that is named."""

from __future__ import annotations

import sys
from datetime import timedelta

from chartdesk.app import wiring

wiring.set_up()

from chartdesk.app import schema  # noqa: E402
from chartdesk.app.demo import setup  # noqa: E402
from chartdesk.kit import clock  # noqa: E402
from chartdesk.record.access.models import Practice  # noqa: E402


def main() -> None:
    """Run once."""
    schema.migrate()
    setup.open_demo((clock.now() - timedelta(days=30)).date())
    setup.open_second()
    if len(sys.argv) > 1:
        Practice.objects.update(zone=sys.argv[1])


if __name__ == "__main__":
    main()
