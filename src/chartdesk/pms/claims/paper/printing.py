"""CMS-1500 forms as a PDF, with the form drawn or for the red forms, and paper claims on their way to a payer.

A payer whose setting ``paper`` is on gets its claims so: they wait in a file to print instead of an 837P, and somebody
says when they were mailed. The practice's setting ``paper_shift`` moves the print by points, right and down.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from importlib import resources

import typst

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.money import dollars, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import reading, transaction
from chartdesk.kit.wording import counted
from chartdesk.pms.claims import timeline
from chartdesk.pms.claims.content import ClaimContent, restored
from chartdesk.pms.claims.models import Claim, Interchange
from chartdesk.pms.claims.paper import boxes
from chartdesk.pms.claims.paper.content import forms
from chartdesk.pms.coverage import parties
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

KIND = "CMS-1500"
#: The work item about forms that wait to be printed and mailed.
PAPER_WORK = "paper_claims"
#: The type is one column wide: DejaVu Sans Mono is 1233 of 2048 wide and its capitals 1493 high.
_SIZE = boxes.COLUMN * 2048 / 1233
_CAPITALS = _SIZE * 1493 / 2048
_SMALL_CAPITALS = 48 * 1493 / 2048
#: Tenths of a point between the lower edge of a line and the letters that stand on it.
_BASE = 22


def pdf(contents: Sequence[ClaimContent], on: date, *, drawn: bool, shift: tuple[int, int] = (0, 0)) -> bytes:
    """The forms of the claims, signed ``on`` a day, one after the other.

    Raises Invalid where a number does not fit its place.
    """
    right, down = shift
    made = [
        [[x + 10 * right, y + 10 * down, text] for x, y, text in (_placed(name, text) for name, text in values.items())]
        for content in contents
        for values in forms(content, on)
    ]
    edges = [(box.corners, box.caption) for box in boxes.BOXES.values()] if drawn else []
    data = {
        "paper": boxes.PAPER,
        "size": _SIZE,
        "boxes": [[left, top, end - left, bottom - top, caption] for (left, top, end, bottom), caption in edges],
        "labels": [_label(*one) for one in boxes.labels()] if drawn else [],
        "forms": made,
    }
    source = resources.files("chartdesk.pms.claims.paper").joinpath("form.typ").read_bytes()
    compiled = typst.compile(source, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    assert isinstance(compiled, bytes)
    return compiled


def claim_pdf(subject: Subject, claim_id: int, *, drawn: bool) -> bytes:
    """One claim on its forms, for a look or to print. Raises NotFound, Invalid."""
    with reading(subject):
        claim = Claim.objects.filter(practice=subject.practice, pk=claim_id).first()
        if claim is None or not claim.content:
            raise NotFound(f"There is no claim {claim_id} to print.")
        audit.record(subject, "R", "claim on paper", patient=claim.patient, resource_id=str(claim.pk))
        return pdf([restored(claim.content)], _today(subject), drawn=drawn, shift=shift_of(subject))


def put_to_print(subject: Subject, claims: Sequence[Claim], contents: Sequence[ClaimContent]) -> Interchange:
    """A file of forms for claims that were locked and may be sent; they count as submitted. Raises Invalid."""
    content = pdf(contents, _today(subject), drawn=False, shift=shift_of(subject))
    number = next_number(subject, "paper batch")
    file = Interchange.objects.create(
        practice=subject.practice, direction="out", kind=KIND,
        name=f"{practice_of(subject).slug}-{number:06d}-{KIND}.pdf", content=content,
        digest=hashlib.sha256(content + str(number).encode()).hexdigest(), status="to_print", at=clock.now(),
        detail=f"{counted(len(claims), 'claim')}, {dollars(total(one.total for one in claims))}",
    )  # fmt: skip
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=PAPER_WORK, key=str(file.pk), role="biller",
            title=f"{counted(len(claims), 'paper claim')} to be mailed",
            detail=f"{file.name}: {file.detail}.",
            cure="Print the file on the red forms, mail them, and say so on its page.",
            link=("interchange", str(file.pk)), amount=total(one.total for one in claims),
        ),
    )  # fmt: skip
    return file


def mailed(subject: Subject, interchange_id: int) -> None:
    """The forms of a file were printed and mailed. Raises NotFound, Conflict where they were before."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        rows = Interchange.objects.select_for_update().filter(practice=subject.practice, kind=KIND)
        file = rows.filter(pk=interchange_id).first()
        if file is None:
            raise NotFound(f"There is no file {interchange_id} of paper claims.")
        if file.status != "to_print":
            raise Conflict("These claims were mailed before.", cure="Print a claim again from its page.")
        file.status, file.sent_at = "sent", clock.now()
        file.save(update_fields=["status", "sent_at"])
        for claim in Claim.objects.filter(practice=subject.practice, interchange=file.pk).order_by("pk"):
            timeline.note(subject, claim, "sent", "Mailed on paper.", interchange=file)
        worklist.close_items(subject, PAPER_WORK, [str(file.pk)], by=subject.actor)


def on_paper(subject: Subject, payer_id: str) -> bool:
    """Whether a payer takes claims on paper only."""
    payer = parties.known(subject, payer_id)
    return bool(payer and (payer.settings or {}).get("paper"))


def shift_of(subject: Subject) -> tuple[int, int]:
    """How far the practice's printer is off, in points."""
    right, down = (practice_of(subject).settings.get("paper_shift") or (0, 0))[:2]
    return int(right), int(down)


def _today(subject: Subject) -> date:
    return clock.today(practice_of(subject).zone)


def _label(column: int, line: int, words: str) -> tuple[float, float, str]:
    """Where a small word of the drawn form begins, in tenths of a point."""
    return boxes.LEFT + (column - 1) * boxes.COLUMN + 8, boxes.TOP + line * boxes.LINE - _BASE - _SMALL_CAPITALS, words


def _placed(name: str, text: str) -> tuple[float, float, str]:
    """Where a text begins: its left edge and the top of its capitals, in tenths of a point."""
    field = boxes.FIELDS[name]
    column = field.column + (field.width - len(text) if field.right else 0)
    x = boxes.LEFT + (column - 1) * boxes.COLUMN
    return x, boxes.TOP + field.line * boxes.LINE - _BASE - _CAPITALS, text
