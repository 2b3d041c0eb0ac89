"""What the worker does for exports. Loaded by the worker alone; whoever asks for an export names the job."""

from __future__ import annotations

from procrastinate.contrib.django import app

from chartdesk.record.bulk import exporting, exports


@app.task(name=exports.TASK, pass_context=False)
def export(practice: int, job: str) -> None:
    """Carry out one export."""
    exporting.run(practice, job)


@app.periodic(cron="* * * * *")
@app.task(name="bulk.resume", queueing_lock="bulk.resume", lock=exports.LOCK, pass_context=False)
def resume(timestamp: int) -> None:
    """Go on with exports whose process was killed, and take away what has expired (every minute)."""
    exports.prune()
    for practice, job in exports.under_way():
        exporting.run(practice, job)
