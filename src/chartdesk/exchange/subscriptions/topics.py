"""The topics that can be subscribed to, and what their events can be filtered by.

Guide section: topics (https://hl7.org/fhir/uv/subscriptions-backport/components.html). R4 has no SubscriptionTopic;
a topic is named by its canonical URL, and described as a Basic resource with the elements of R5 as extensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CANONICAL = "urn:chartdesk:subscription-topic:"
_R5 = "http://hl7.org/fhir/5.0/StructureDefinition/"
_ELEMENT = f"{_R5}extension-SubscriptionTopic."
#: The filter that every topic knows, also where the resource's own parameter has another name.
PATIENT = "patient"


@dataclass(frozen=True)
class Topic:
    """One topic: every create, update and delete of resources of ``type``. ``filters`` are search parameters."""

    code: str
    type: str
    title: str
    filters: tuple[str, ...]

    @property
    def url(self) -> str:
        """The canonical URL by which a Subscription names the topic."""
        return CANONICAL + self.code

    def parameter(self, name: str) -> str:
        """The search parameter of the type that the filter ``name`` (without modifier) stands for."""
        return "_id" if name == PATIENT and self.type == "Patient" else name


TOPICS = (
    Topic(
        "patient", "Patient", "A patient was registered or changed",
        (PATIENT, "_id", "identifier", "active", "general-practitioner", "organization"),
    ),
    Topic(
        "appointment", "Appointment", "An appointment was booked, moved, cancelled or took a step",
        (PATIENT, "status", "date", "actor", "practitioner", "location", "service-type", "appointment-type"),
    ),
    Topic(
        "encounter", "Encounter", "An encounter was planned, began, ended or changed",
        (PATIENT, "status", "class", "type", "date", "practitioner", "location"),
    ),
    Topic(
        "coverage", "Coverage", "A coverage was added or changed",
        (PATIENT, "beneficiary", "status", "type", "payor", "identifier"),
    ),
    Topic(
        "claim", "Claim", "A claim was built, sent or changed its state",
        (PATIENT, "status", "use", "priority", "created", "insurer", "provider", "identifier"),
    ),
    Topic(
        "related-person", "RelatedPerson", "Who pays for a patient, or holds a policy, was written down or changed",
        (PATIENT, "active"),
    ),
    Topic(
        "flag", "Flag", "An alert about a patient was written down or changed",
        (PATIENT, "subject"),
    ),
    Topic(
        "value-set", "ValueSet", "A value set was written, such as that of the procedures charged for",
        ("status",),
    ),
)  # fmt: skip
_BY_URL = {topic.url: topic for topic in TOPICS}
_BY_CODE = {topic.code: topic for topic in TOPICS}
TYPES = tuple(topic.type for topic in TOPICS)


def named(url: str) -> Topic | None:
    """The topic with this canonical URL; a version behind a bar is left out of account."""
    return _BY_URL.get(url.partition("|")[0])


def topic(code: str) -> Topic:
    """The topic with this code. KeyError where there is none."""
    return _BY_CODE[code]


def described(one: Topic) -> dict[str, Any]:
    """The topic as a Basic resource, R5's SubscriptionTopic in extensions."""
    trigger = [
        {"url": "description", "valueMarkdown": f"{one.title}."},
        {"url": "resource", "valueUri": f"http://hl7.org/fhir/StructureDefinition/{one.type}"},
        *({"url": "supportedInteraction", "valueCode": code} for code in ("create", "update", "delete")),
    ]
    filters = [
        {
            "url": f"{_ELEMENT}canFilterBy",
            "extension": [
                {"url": "description", "valueMarkdown": f"Events whose {one.type} has this {name}."},
                {"url": "resource", "valueUri": one.type},
                {"url": "filterParameter", "valueString": name},
            ],
        }
        for name in one.filters
    ]
    return {
        "resourceType": "Basic",
        "id": f"topic-{one.code}",
        "extension": [
            {"url": f"{_ELEMENT}url", "valueUri": one.url},
            {"url": f"{_ELEMENT}title", "valueString": one.title},
            {"url": f"{_ELEMENT}resourceTrigger", "extension": trigger},
            *filters,
        ],
        "modifierExtension": [{"url": f"{_ELEMENT}status", "valueCode": "active"}],
        "code": {"coding": [{"system": "http://hl7.org/fhir/fhir-types", "code": "SubscriptionTopic"}]},
    }
