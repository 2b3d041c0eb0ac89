"""Many clients of one process that book the same slot at the same moment; run by test_booking_race.

Reads one line of JSON from standard input: the practice, the requests (keyword arguments of BookingRequest) and the
present moment. Says ``ready`` when every client has its connection, waits for the next line, and prints one JSON list:
for each request the appointment, or what was refused and offered instead, and the seconds that it took.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import django


def main() -> None:
    """Book everything at once."""
    django.setup()
    task = json.loads(sys.stdin.readline())
    count = len(task["requests"])
    connected, begin = threading.Barrier(count + 1), threading.Event()
    with ThreadPoolExecutor(count) as clients:
        answers = clients.map(lambda request: _book(task, request, connected, begin), task["requests"])
        connected.wait()
        print("ready", flush=True)
        sys.stdin.readline()
        begin.set()
        print(json.dumps(list(answers)), flush=True)


def _book(
    task: dict[str, Any], request: dict[str, Any], connected: threading.Barrier, begin: threading.Event
) -> dict[str, Any]:
    from django.db import connection

    from chartdesk.kit import clock
    from chartdesk.pms.scheduling import commands
    from chartdesk.record.access.subject import system

    subject = system(task["practice"], "race")
    wanted = commands.BookingRequest(**{**request, "starts": datetime.fromisoformat(request["starts"])})
    connection.ensure_connection()
    connected.wait()
    begin.wait()
    began = time.perf_counter()
    try:
        with clock.at(datetime.fromisoformat(task["now"])):
            answer: dict[str, Any] = {"booked": commands.book(subject, wanted).appointment_id}
    except commands.BookingConflict as refused:
        answer = {
            "conflicts": [item.what for item in refused.conflicts],
            "alternatives": [item.starts.isoformat() for item in refused.alternatives],
        }
    except Exception as fault:
        answer = {"fault": f"{type(fault).__name__}: {fault}"}
    finally:
        connection.close()
    return {**answer, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    main()
