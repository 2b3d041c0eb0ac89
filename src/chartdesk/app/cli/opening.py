"""What most commands begin with: a running database, a wired process, a practice."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from chartdesk.kit.errors import NotFound


@contextmanager
def database() -> Iterator[None]:
    """Have the database running inside the block: the one of DATABASE_URL, or the embedded one.

    An embedded server that this call started is stopped at the end; one that ran already goes on.
    """
    from chartdesk.app import configuration, postgres

    if configuration.value("DATABASE_URL"):
        yield
        return
    folder = configuration.home()
    already = postgres.running(postgres.locate(folder))
    cluster = postgres.start(folder)
    try:
        yield
    finally:
        if not already:
            postgres.stop(cluster)


@contextmanager
def program() -> Iterator[None]:
    """``database``, and this process wired to it."""
    from chartdesk.app import wiring

    # A command needs few connections and no pool to keep them.
    os.environ.setdefault("CHARTDESK_DB_POOL", "0")
    with database():
        wiring.set_up()
        from django.db import connections

        try:
            yield
        finally:
            connections.close_all()


def with_practice(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the practice."""
    parser.add_argument(
        "--practice", metavar="SLUG", default="", help="short name of the practice (default: the first)"
    )


def subject(chosen: argparse.Namespace):
    """Chartdesk at work in the practice that the arguments name. Raises NotFound."""
    from chartdesk.record.access.models import Practice
    from chartdesk.record.access.subject import system

    rows = Practice.objects.order_by("pk")
    found = (rows.filter(slug=chosen.practice) if chosen.practice else rows).first()
    if found is None:
        known = ", ".join(rows.values_list("slug", flat=True)) or "none; run `chartdesk demo` to have one"
        raise NotFound(f"There is no practice {chosen.practice!r}.", cure=f"Known: {known}.")
    return system(found.pk, "command line")
