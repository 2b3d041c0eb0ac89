"""Opens the installation that is to be shot at: its tables, a practice, and two channels that forward what they take.

    python -m tests.journeys.under_fire.opening MLLP-PORT PARTNER-PORT

A program of its own, as the database is not the one of the tests.
"""

from __future__ import annotations

import os
import sys

SLUG, TOKEN, HANDOFF = "siege", "rT5uYp8sWq3nXz6k", "handoff.to_ehr"
ADMISSIONS, POSTED = "admissions", "posted"


def main(port: int, partner: int) -> None:
    """Make it all."""
    os.environ["CHARTDESK_DB_POOL"] = "0"
    from chartdesk.app import wiring

    wiring.set_up()
    from chartdesk.app import schema

    schema.migrate()
    from chartdesk.exchange.engine import channels, commands
    from chartdesk.exchange.transports import secrets
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    subject = system(people.open_practice(SLUG, "Siege", settings={"mode": "unified"}).pk, "opening")
    sources = {ADMISSIONS: {"type": "mllp", "port": port}, POSTED: {"type": "https"}}
    for name, source in sources.items():
        far = {"type": "mllp", "host": "127.0.0.1", "port": partner, "answer_seconds": 20}
        document = {
            "name": name,
            "source": source,
            "kinds": ["ADT^*", "ORU^R01"],
            "unknown_patient": "create",
            "destinations": [
                {"name": "record", "transport": {"type": "record"}},
                {"name": "partner", "transport": far, "retries": {"longest_seconds": 2}},
            ],
        }
        commands.save(subject, channels.document(document))
    secrets.keep(subject, POSTED, "token", TOKEN)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
