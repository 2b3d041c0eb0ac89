"""What our clinical messages have in common: by which channel they go, from whom to whom, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chartdesk.exchange.engine.channels import document
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.halves.hl7v2 import parties, segments
from chartdesk.exchange.halves.hl7v2.parties import Known
from chartdesk.exchange.halves.hl7v2.segments import Envelope
from chartdesk.kit.errors import NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import reading
from chartdesk.pms.registration.people import Person
from chartdesk.record.access import Subject
from chartdesk.record.identities import telling
from chartdesk.record.identities.identifiers import own_authority


@dataclass(frozen=True)
class Line:
    """The way to a partner. Options of the channel, under ``clinical``: ``receiving_application`` and
    ``receiving_facility`` (MSH-5, MSH-6), ``order_message`` (``OML^O21`` or ``ORM^O01``), ``reporter`` (how a registry
    calls this practice, MSH-4).
    """

    channel: ChannelDocument

    def option(self, name: str, default: str = "") -> str:
        """One option of the channel."""
        options = self.channel.options.get("clinical")
        return str(options.get(name, default)) if isinstance(options, dict) else default


def line(subject: Subject, channel: str) -> Line:
    """The channel of that name. Raises NotFound."""
    with reading(subject):
        row = Channel.objects.filter(practice=subject.practice, name=channel).first()
    if row is None:
        raise NotFound(
            f"There is no channel {channel!r}.", where="channel", cure="Make it, or choose another in the catalog."
        )
    return Line(document(row.document))


def envelope(subject: Subject, line: Line, patient_id: str) -> Envelope:
    """Who sends to whom, now."""
    receiver = (line.option("receiving_application"), line.option("receiving_facility"))
    own = line.option("reporter") or own_authority(subject)
    about = f"Patient/{patient_id}"
    return Envelope(own, receiver, telling.stamp(subject, about), new_id().replace("-", "")[:20].upper())


def pid(known: Known) -> str:
    """The patient as laboratories and registries need them: all that is known but for the social security number."""
    return segments.pid(known.numbers, _plain(known.view.person), whole=False)


def gt1(subject: Subject, known: Known) -> str:
    """Who pays what insurance does not."""
    guarantor = known.view.guarantor
    if guarantor.person is not None:
        guarantor = replace(guarantor, person=_plain(guarantor.person))
    return segments.gt1(guarantor, _plain(known.view.person), parties.guarantor_numbers(subject, known))


def stream(known: Known) -> str:
    """Whose order a message keeps."""
    return f"Patient/{known.view.patient_id}"


def patient(subject: Subject, patient_id: str) -> Known:
    """A patient with the numbers that others know them by."""
    return parties.patient(subject, patient_id)


def _plain(person: Person) -> Person:
    """A person without the number that no laboratory needs."""
    return replace(person, ssn="")
