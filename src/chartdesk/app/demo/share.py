"""The entry of a process that lives through one share of the demo's weeks.

A new process imports this module before anything is set up, so it imports nothing that needs a database.
"""

from __future__ import annotations

from typing import Any


def live(*arguments: Any) -> None:
    """Set this process up, then live through the share that the arguments describe."""
    from chartdesk.app import wiring

    wiring.set_up()
    from chartdesk.app.demo import loader

    loader.live_share(*arguments)
