"""The worker: everything that happens without anybody waiting for it.

Five loops, each in a thread of its own, each safe to kill at any moment and to run several times over:
the outbox (events to their subscribers), the mailboxes (files to and from the clearinghouse), the subscriptions
(notifications to other programs), the other half (what it told, where it runs elsewhere), and the jobs (procrastinate:
the nightly eligibility check, the clean-up).
"""

from __future__ import annotations

import gc
import logging
import signal
import threading
from collections.abc import Callable

import psycopg
from django.db import connection

from chartdesk.app import database
from chartdesk.exchange.halves.fhir import following, hearing
from chartdesk.exchange.subscriptions.delivery import Deliverer
from chartdesk.exchange.subscriptions.guards import CHANNEL
from chartdesk.kit import outbox
from chartdesk.kit.errors import ChartdeskError
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import system

#: Seconds between two looks into the mailboxes, and at most between two looks into the outbox.
MAILBOX_PAUSE = 1.0
#: Every so many looks into the mailboxes, files that could not be handed over are tried again.
SWEEP_EVERY = 15
OUTBOX_PAUSE = 1.0
#: Seconds to wait after a failure before the loop goes on.
FAILURE_PAUSE = 2.0
_log = logging.getLogger(__name__)


class Worker:
    """Runs the loops until it is told to stop; ``interfaces`` says whether the interface engine is among them."""

    def __init__(self, *, interfaces: bool = False) -> None:
        self.stopping = threading.Event()
        self._round = 0
        self._threads = [
            threading.Thread(target=self._guard, args=(step,), name=name, daemon=True)
            for name, step in (
                ("outbox", self._outbox),
                ("mailbox", self._mailboxes),
                ("subscriptions", self._subscriptions),
                ("other half", self._other_half),
                ("jobs", self._jobs),
                *((("interfaces", self._interfaces),) if interfaces else ()),
            )
        ]

    def run(self) -> None:
        """Work until SIGINT, SIGTERM or ``stop``."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: self.stop())
        # What is loaded stays, and a batch of claims makes many objects that are soon gone.
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        for thread in self._threads:
            thread.start()
        self.stopping.wait()
        for thread in self._threads:
            thread.join(timeout=10)

    def stop(self) -> None:
        """End the loops after what they are doing."""
        self.stopping.set()

    def _guard(self, step: Callable[[], None]) -> None:
        """Run ``step`` again and again; a fault is logged and the loop goes on."""
        while not self.stopping.is_set():
            try:
                step()
            except Exception as fault:  # the worker must outlive whatever one round meets
                _note(threading.current_thread().name, fault)
                self.stopping.wait(FAILURE_PAUSE)
        connection.close()

    def _outbox(self) -> None:
        """Deliver, then sleep until somebody says that there is more."""
        with psycopg.connect(database.dsn(), autocommit=True) as listener:
            listener.execute(f"LISTEN {outbox.CHANNEL}")
            while not self.stopping.is_set():
                while not self.stopping.is_set() and outbox.deliver():
                    pass
                for _ in listener.notifies(timeout=OUTBOX_PAUSE, stop_after=1):
                    pass

    def _subscriptions(self) -> None:
        """Number what changed and deliver what is due; a delivery that hangs holds up no other."""
        with psycopg.connect(database.dsn(), autocommit=True) as listener, Deliverer() as deliverer:
            listener.execute(f"LISTEN {CHANNEL}")
            while not self.stopping.is_set():
                while not self.stopping.is_set() and deliverer.round():
                    pass
                for _ in listener.notifies(timeout=OUTBOX_PAUSE, stop_after=1):
                    pass

    def _other_half(self) -> None:
        """Read what the other half told of, where it runs elsewhere and speaks FHIR."""
        with psycopg.connect(database.dsn(), autocommit=True) as listener:
            listener.execute(f"LISTEN {hearing.CHANNEL}")
            while not self.stopping.is_set():
                while not self.stopping.is_set() and following.work():
                    pass
                for _ in listener.notifies(timeout=OUTBOX_PAUSE, stop_after=1):
                    pass

    def _jobs(self) -> None:
        """The jobs, until the worker stops or the database is lost."""
        import asyncio

        from chartdesk.app.jobs import work

        asyncio.run(work(self.stopping))
        self.stopping.wait(FAILURE_PAUSE)

    def _interfaces(self) -> None:
        """The interface engine, until the worker stops."""
        from chartdesk.exchange.transports.program import Interfaces

        program = Interfaces(database.dsn)

        def end() -> None:
            self.stopping.wait()
            program.stop()

        threading.Thread(target=end, daemon=True).start()
        program.run()

    def _mailboxes(self) -> None:
        mailboxes(sweep=self._round % SWEEP_EVERY == 0)
        self._round += 1
        self.stopping.wait(MAILBOX_PAUSE)


def mailboxes(*, sweep: bool) -> None:
    """One look into the mailbox of every practice: read what came, post what balances, take in the bank's files.

    ``sweep``: send what was built and could not be handed over when it was.
    """
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.remittance import bank_inbox

    for number in Practice.objects.order_by("pk").values_list("pk", flat=True):
        subject = system(number, "mailbox")
        try:
            if sweep:
                claims.send_pending(subject)
            claims.collect(subject)
            bank_inbox.collect(subject)
        except Exception as fault:  # one practice's mailbox must not keep the others' waiting
            _note(f"mailbox of practice {number}", fault)


def _note(where: str, fault: Exception) -> None:
    """Log a fault, and begin with a new connection."""
    known = isinstance(fault, ChartdeskError)
    _log.error("%s: %s", where, str(fault) if known else type(fault).__name__, exc_info=not known)
    connection.close()
