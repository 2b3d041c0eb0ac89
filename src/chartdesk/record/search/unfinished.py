"""What a search says, or refuses, while the index of one of its parameters is being built."""

from __future__ import annotations

from chartdesk.kit.errors import Unavailable
from chartdesk.record.access.subject import Subject
from chartdesk.record.definitions import state
from chartdesk.standards.fhir.search import Query


def warnings(subject: Subject, query: Query, *, strict: bool) -> list[str]:
    """A sentence about the parameters that do not find everything yet. Raises Unavailable under ``strict``."""
    names, done = state.pending(subject.practice, query)
    if not names:
        return []
    sentence = f"The index of {', '.join(names)} is being built ({done} % done); matches may be missing."
    if strict:
        raise Unavailable(sentence, cure="Try again later, or leave the parameter out.")
    return [sentence]
