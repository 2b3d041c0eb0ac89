"""A patient whom the other half has deleted: deleted here too, where nothing was ever written about them."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.kit.transactions import transaction
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.identities import commands, queries
from chartdesk.record.identities.identifiers import PATIENT, Identifier
from chartdesk.record.merging import references, rows

#: Tables whose rows say no more than that the patient is known, or that messages came about them.
_SAY_NOTHING = frozenset({"identities_patientnumber", "engine_interfacemessage"})


def let_go(subject: Subject, numbers: Sequence[Identifier]) -> tuple[str, bool]:
    """Delete the patient with these numbers; our id of them ("" for nobody), and whether they are gone.

    One with a visit, a policy, a note or anything else stays as they are. Raises Ambiguous.
    """
    with transaction(subject):
        patient = queries.resolve(subject, PATIENT, numbers)
        if not patient:
            return "", False
        about = set(references.pointing(subject, patient)) - {(PATIENT, patient)}
        if about or set(rows.counted(subject, patient)) - _SAY_NOTHING:
            return patient, False
        for one in queries.of(subject, PATIENT, patient):
            commands.unlink(subject, PATIENT, one)
        store.delete(subject, PATIENT, patient, why="deleted at the other half")
        return patient, True
