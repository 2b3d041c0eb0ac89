"""Parts of a resource: ``_elements`` and ``_summary``.

What is left out is marked as such. Guide section: summary (https://hl7.org/fhir/R4/search.html#summary).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.facts import elements_of, members_of

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
_SUBSETTED = {"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"}
_ALWAYS = ("resourceType", "id", "meta")


def shaped(stored: Stored, query: Mapping[str, str]) -> bytes:
    """The text of a resource as ``_elements`` or ``_summary`` of ``query`` want it."""
    elements = [name.strip() for name in query.get("_elements", "").split(",") if name.strip()]
    summary = query.get("_summary", "")
    if elements:
        return _kept(stored, elements)
    if summary == "true":
        return _kept(stored, search.summary(stored.type))
    if summary == "text":
        return _kept(stored, ["text"])
    if summary == "data":
        return _without_text(stored)
    return stored.body


def _kept(stored: Stored, elements: Collection[str]) -> bytes:
    """The elements asked for and those that are required."""
    # A name may carry its type, as in Patient.name.
    wanted = {name.rpartition(".")[2] for name in elements}
    wanted |= {name for name, element in elements_of(stored.type).items() if element.required}
    known = members_of(stored.type)
    members = _members.decode(stored.body)
    kept = {}
    for name, text in members.items():
        bare = name.removeprefix("_")
        element = known[bare][0].name if bare in known else bare
        if name in _ALWAYS or bare in wanted or element in wanted:
            kept[name] = text
    return _marked(kept)


def _without_text(stored: Stored) -> bytes:
    members = _members.decode(stored.body)
    if members.pop("text", None) is None:
        return stored.body
    return _marked(members)


def _marked(members: dict[str, msgspec.Raw]) -> bytes:
    meta = msgspec.json.decode(members["meta"])
    meta["tag"] = [*(tag for tag in meta.get("tag", ()) if tag.get("code") != "SUBSETTED"), _SUBSETTED]
    members["meta"] = msgspec.Raw(msgspec.json.encode(meta))
    return msgspec.json.encode(members)
