"""Summaries between two practices: written here, sent by a channel, reconciled there; and documents that come alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.exchange.halves.pair import Half

from chartdesk.kit.errors import Invalid
from chartdesk.standards.hl7v2 import Message

HOSPITAL = Path(__file__).resolve().parents[3] / "samples" / "ccda" / "hospital_transition.xml"


def _channel(half: Half, name: str, *, documents: bool = True) -> None:
    from chartdesk.exchange.engine import steering
    from chartdesk.exchange.engine.documents import ChannelDocument, Destination, FolderTarget

    partner = Destination(name="partner", transport=FolderTarget(path="nowhere"))
    options = {"clinical": {"documents": documents, "receiving_facility": "LAKESIDE"}}
    made = ChannelDocument(name=name, title=name.title(), direction="out", options=options, destinations=[partner])
    steering.save(half.subject, made)


@pytest.fixture
def here(halves) -> Half:
    """A practice that sends documents to a partner, and orders to a laboratory."""
    half = halves("unified")
    _channel(half, "lakeside")
    _channel(half, "lab", documents=False)
    return half


@pytest.fixture
def there(halves) -> Half:
    """A practice that takes documents."""
    from chartdesk.exchange.engine import steering
    from chartdesk.exchange.engine.documents import ChannelDocument, Destination, HttpsSource, RecordTarget

    half = halves("unified")
    record = Destination(name="record", transport=RecordTarget())
    steering.save(half.subject, ChannelDocument(name="letters", source=HttpsSource(), destinations=[record]))
    return half


def _waiting(half: Half):
    from chartdesk.ehr.reconciling import queries

    return queries.waiting(half.clinician)


def test_a_referral_reaches_the_partner_and_is_laid_beside_their_chart(here, there):
    from chartdesk.ehr.charting import problems
    from chartdesk.ehr.reconciling import commands, queries
    from chartdesk.exchange.halves import clinical_summaries
    from chartdesk.record.identities import commands as identities
    from chartdesk.record.identities.identifiers import PATIENT, Identifier, own_authority

    patient = here.register("Moss", "Ivy")
    problems.add(here.clinician, patient, "E11.9")
    asked = commands.Referral("Carl Hart", "Lakeside", "Please see.")
    number = commands.write_referral(here.clinician, patient, asked)
    assert [one.channel for one in clinical_summaries.partners(here.clinician)] == ["lakeside"]
    with pytest.raises(Invalid, match="takes no documents"):
        clinical_summaries.send(here.clinician, number, "lab")
    clinical_summaries.send(here.clinician, number, "lakeside")
    (raw,) = here.said()
    message = Message(raw)
    assert (message.type, message.get("MSH-6"), message.get("TXA-17")) == ("MDM^T02", "LAKESIDE", "AU")
    assert not message.get("PID-19")
    (view,) = queries.summaries(here.clinician, patient)
    assert view.channel == "lakeside" and view.sent is not None

    theirs = there.register("Moss", "Ivy")
    known = Identifier(own_authority(here.subject), message.get("PID-3.1"))
    identities.link(there.subject, PATIENT, theirs, [known])
    there.hear([raw], "letters")
    (waits,) = _waiting(there)
    assert waits.patient_id == theirs
    found = queries.reconciliation(there.clinician, waits.incoming_id)
    assert [(line.theirs.words, line.state) for line in found.lines["problems"]] == [
        ("Type 2 diabetes mellitus without complications", "new")
    ]
    assert found.document.sections[0].text == "Please see."


def test_a_file_that_comes_alone_waits_until_somebody_says_whose_it_is(there):
    from chartdesk.exchange.transports.files import messages_of
    from chartdesk.record.identities import unmatched

    raws = messages_of(HOSPITAL.read_bytes()).messages
    there.hear(list(raws), "letters")
    assert _waiting(there) == []
    (missing,) = unmatched.waiting(there.subject)
    assert "Moss" in missing.words and missing.value == "88106"
    patient = there.register("Moss", "Ivy")
    unmatched.match(there.subject, missing.pk, patient)
    there.deliver()
    there.hear([], "letters")
    (waits,) = _waiting(there)
    assert (waits.patient_id, waits.title) == (patient, "Transition of Care")
    there.hear(list(messages_of(HOSPITAL.read_bytes()).messages), "letters")
    assert len(_waiting(there)) == 1
