"""Every search parameter that our rows can fill finds what it should, and does not find what it should not."""

from __future__ import annotations

from typing import Any

import pytest

from chartdesk.record import projected
from chartdesk.standards.fhir import search

NOWHERE = "00000000-0000-7000-8000-000000000000"

#: (type, parameter, a value that finds, a value that does not). Names in braces are those of the scene.
TABLE = [
    ("Account", "identifier", "urn:chartdesk:account|{patient}", "urn:chartdesk:account|x"),
    ("Account", "name", "patient acc", "other"),
    ("Account", "owner", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("Account", "patient", "{patient}", NOWHERE),
    ("Account", "period", "2026-03-02", "lt2020-01-01"),
    ("Account", "status", "active", "inactive"),
    ("Account", "subject", "Patient/{patient}", f"Patient/{NOWHERE}"),
    ("Account", "type", "PBILLACCT", "ACCTRECEIVABLE"),
    ("ChargeItem", "account", "Account/account-{patient}", "Account/account-x"),
    ("ChargeItem", "code", "http://www.ama-assn.org/go/cpt|99213", "99999"),
    ("ChargeItem", "entered-date", "2026-03-16", "2020-01-01"),
    ("ChargeItem", "identifier", "urn:chartdesk:charge-line|{charge}", "urn:chartdesk:charge-line|0"),
    ("ChargeItem", "occurrence", "2026-03-02", "2026-03-03"),
    ("ChargeItem", "patient", "{patient}", NOWHERE),
    ("ChargeItem", "performer-actor", "Practitioner/{practitioner}", f"Practitioner/{NOWHERE}"),
    ("ChargeItem", "performer-function", "PPRF", "SPRF"),
    ("ChargeItem", "performing-organization", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("ChargeItem", "price-override", "140", "141"),
    ("ChargeItem", "quantity", "1", "2"),
    ("ChargeItem", "subject", "Patient/{patient}", f"Patient/{NOWHERE}"),
    ("Claim", "care-team", "Practitioner/{practitioner}", f"Practitioner/{NOWHERE}"),
    ("Claim", "created", "2026-03-16", "lt2026-03-16"),
    ("Claim", "identifier", "urn:chartdesk:claim|{number}", "urn:chartdesk:claim|X"),
    ("Claim", "insurer", "Organization/{payer}", f"Organization/{NOWHERE}"),
    ("Claim", "patient", "{patient}", NOWHERE),
    ("Claim", "payee", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("Claim", "priority", "normal", "stat"),
    ("Claim", "provider", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("Claim", "status", "active", "draft"),
    ("Claim", "use", "claim", "preauthorization"),
    ("ClaimResponse", "created", "2026-03-16", "lt2026-03-16"),
    ("ClaimResponse", "disposition", "Processed as", "Denied"),
    ("ClaimResponse", "identifier", "urn:chartdesk:claim-payment|{payment}", "urn:chartdesk:claim-payment|0"),
    ("ClaimResponse", "identifier", "P{number}", "P0"),
    ("ClaimResponse", "insurer", "Organization/{payer}", f"Organization/{NOWHERE}"),
    ("ClaimResponse", "outcome", "complete", "queued"),
    ("ClaimResponse", "patient", "{patient}", NOWHERE),
    ("ClaimResponse", "payment-date", "2026-03-02", "2026-03-03"),
    ("ClaimResponse", "request", "Claim/claim-{claim}", "Claim/claim-0"),
    ("ClaimResponse", "requestor", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("ClaimResponse", "status", "active", "cancelled"),
    ("ClaimResponse", "use", "claim", "predetermination"),
    ("ExplanationOfBenefit", "care-team", "Practitioner/{practitioner}", f"Practitioner/{NOWHERE}"),
    ("ExplanationOfBenefit", "claim", "Claim/claim-{claim}", "Claim/claim-0"),
    ("ExplanationOfBenefit", "coverage", "Coverage/{coverage}", f"Coverage/{NOWHERE}"),
    ("ExplanationOfBenefit", "created", "2026-03-16", "lt2026-03-16"),
    ("ExplanationOfBenefit", "disposition", "Processed as", "Denied"),
    ("ExplanationOfBenefit", "identifier", "P{number}", "P0"),
    ("ExplanationOfBenefit", "patient", "{patient}", NOWHERE),
    ("ExplanationOfBenefit", "payee", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("ExplanationOfBenefit", "provider", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("ExplanationOfBenefit", "status", "active", "cancelled"),
    ("Invoice", "account", "Account/account-{patient}", "Account/account-x"),
    ("Invoice", "date", "2026-03-02", "2026-03-03"),
    ("Invoice", "identifier", "urn:chartdesk:superbill|{superbill}", "urn:chartdesk:superbill|0"),
    ("Invoice", "issuer", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("Invoice", "participant", "Practitioner/{practitioner}", f"Practitioner/{NOWHERE}"),
    ("Invoice", "participant-role", "PPRF", "SPRF"),
    ("Invoice", "patient", "{patient}", NOWHERE),
    ("Invoice", "recipient", "Organization/{payer}", f"Organization/{NOWHERE}"),
    ("Invoice", "status", "issued", "balanced"),
    ("Invoice", "subject", "Patient/{patient}", f"Patient/{NOWHERE}"),
    ("Invoice", "totalgross", "172", "171"),
    ("Invoice", "totalnet", "132", "172"),
    ("Invoice", "type", "visit", "other"),
    ("PaymentReconciliation", "created", "2026-03-16", "lt2026-03-16"),
    ("PaymentReconciliation", "disposition", "Posted", "Refused"),
    ("PaymentReconciliation", "identifier", "urn:chartdesk:remittance|{remittance}", "urn:chartdesk:remittance|0"),
    ("PaymentReconciliation", "outcome", "complete", "error"),
    ("PaymentReconciliation", "payment-issuer", "Organization/{payer}", f"Organization/{NOWHERE}"),
    ("PaymentReconciliation", "requestor", "Organization/{practice}", f"Organization/{NOWHERE}"),
    ("PaymentReconciliation", "status", "active", "cancelled"),
]
#: Parameters for which our rows have nothing, and why. Those of visits are seen in another test.
NOTHING = {
    "context": "the scene has no visit", "encounter": "the scene has no visit",
    "enterer": "who typed is in the audit, not in the rows", "factor-override": "prices are not scaled",
    "requesting-organization": "nobody else asks for charges", "service": "charges do not name what they are for",
    "detail-udi": "no devices", "item-udi": "no devices", "procedure-udi": "no devices", "subdetail-udi": "no devices",
    "subitem-udi": "no devices", "facility": "the scene names no site", "request": "a payer pays without being asked",
}  # fmt: skip
_EVERYWHERE = {"_id", "_lastUpdated", "_profile", "_security", "_source", "_tag", "_text", "_content", "_query"}
_ELIGIBILITY = ("CoverageEligibilityRequest", "CoverageEligibilityResponse")


def names(scene: Any) -> dict[str, str]:
    """What the table's values are made of."""
    claim = scene.shown("Claim", f"claim-{scene.claim.claim_id}")
    return {
        "patient": scene.claim.patient, "number": scene.claim.number, "claim": str(scene.claim.claim_id),
        "superbill": str(scene.claim.superbill), "charge": str(scene.claim.lines[0][0]),
        "practitioner": scene.office.practitioner, "payment": str(scene.payment), "remittance": str(scene.remittance),
        "practice": claim.provider.reference.partition("/")[2], "payer": claim.insurer.reference.partition("/")[2],
        "coverage": claim.insurance[0].coverage.reference.partition("/")[2],
    }  # fmt: skip


@pytest.mark.parametrize(("type", "parameter", "hit", "miss"), TABLE)
def test_a_parameter_finds_and_does_not_find(standing, type, parameter, hit, miss):
    known = names(standing)
    assert standing.found(type, parameter, hit.format(**known))
    assert not standing.found(type, parameter, miss.format(**known))


def test_every_parameter_is_in_the_table_or_explained():
    shown = [type for type in projected.types() if type not in _ELIGIBILITY]
    every = {(type, one) for type in shown for one in search.parameters(type)} - {
        (type, one) for type in shown for one in _EVERYWHERE
    }
    told = {(type, parameter) for type, parameter, _, _ in TABLE}
    assert {one for one in every - told if one[1] not in NOTHING} == set()
    assert told <= every
