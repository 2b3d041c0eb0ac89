"""Killed between any two steps: what was acknowledged is there, once, in order; what was not is sent again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.unit.exchange.engine import victim
from tests.unit.exchange.engine.conftest import RECORD, names, out_to

ROOT = Path(__file__).resolve().parents[4]
KILLS = 12


def test_killed_again_and_again(subject, opened, taker, partner, tmp_path):
    from chartdesk.exchange.engine.models import InterfaceMessage, MessageTurn
    from chartdesk.kit.transactions import transaction

    opened(destinations=[RECORD, out_to("archive")])
    program = [sys.executable, "-m", "tests.unit.exchange.engine.victim"]
    words = [str(subject.practice), str(tmp_path), str(KILLS)]
    done = subprocess.run(
        [*program, *words], cwd=ROOT, env={**os.environ, "CHARTDESK_DB_POOL": "0"}, capture_output=True, text=True,
        timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int((tmp_path / "kills").read_text()) >= KILLS // 2
    sent = victim.controls()
    assert sorted(set(victim.lines(tmp_path / "acknowledged"))) == [control for control, _ in sent]
    delivered = victim.lines(tmp_path / "delivered")
    for patient in range(victim.PATIENTS):
        mine = [control for control, whose in sent if whose == f"{patient}^MRB"]
        assert names(subject, f"p{patient}") == mine
        assert [control for control in delivered if control in set(mine)] == mine
    with transaction(subject):
        rows = InterfaceMessage.objects.filter(practice=subject.practice)
        assert set(rows.values_list("status", flat=True)) == {"applied"} and rows.count() == victim.MESSAGES
        assert not MessageTurn.objects.filter(practice=subject.practice).exists()
