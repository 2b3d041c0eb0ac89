"""A 271 in plain English: one sentence for each benefit and each refusal, for the front desk to read.

Our own short words stand for the codes; a code without words is shown as itself. Nothing is guessed: what the
payer did not say is not said here either.
"""

from __future__ import annotations

from decimal import Decimal

from chartdesk.kit.money import dollars
from chartdesk.standards.x12.codes import coverage
from chartdesk.standards.x12.eligibility_271 import details
from chartdesk.standards.x12.eligibility_271.model import Benefit, Refusal

_NETWORK = {"Y": "in network", "N": "out of network", "W": "in or out of network", "U": "network not known"}
_AUTHORIZATION = {
    "Y": "prior authorization needed",
    "N": "no prior authorization needed",
    "U": "whether prior authorization is needed is not known",
}
_WHERE = {
    "2000A": "The payer refused the request",
    "2100A": "The payer refused the request",
    "2100B": "The payer refused the provider",
    "2100C": "The payer refused the subscriber",
    "2100D": "The payer refused the patient",
    "2110C": "The payer refused the question",
    "2110D": "The payer refused the question",
}


def words(said: Benefit | Refusal) -> str:
    """One sentence for a benefit or a refusal, such as "Copay $10.00 per visit for physician's office
    visit, in network." """
    return _refusal(said) if isinstance(said, Refusal) else _benefit(said)


def service_types(codes: list[str]) -> str:
    """Service types as a list in words: "medical care, hospital and vision care"."""
    named = [coverage.SERVICE_TYPES.get(code, f"service type {code}") for code in codes]
    return named[0] if len(named) == 1 else " and ".join([", ".join(named[:-1]), named[-1]]) if named else ""


def _refusal(refusal: Refusal) -> str:
    where = _WHERE.get(refusal.level, "The payer refused the request")
    reason = coverage.REFUSALS.get(refusal.reason, f"reason {refusal.reason}")
    follow_up = coverage.FOLLOW_UP.get(refusal.follow_up, "")
    return f"{where}: {_lower(reason)}. {follow_up}." if follow_up else f"{where}: {_lower(reason)}."


def _lower(text: str) -> str:
    return text if text[:2].isupper() or text.startswith("We ") else text[:1].lower() + text[1:]


def _benefit(one: Benefit) -> str:
    parts = [coverage.BENEFIT_INFO.get(one.info, f"Benefit {one.info}"), *_figures(one)]
    subject = " ".join([one.code, *one.modifiers]).strip() or service_types(one.service_types)
    if subject:
        parts.append(f"for {subject}")
    head = " ".join(parts)
    notes = [
        _NETWORK.get(one.in_network, ""),
        coverage.COVERAGE_LEVELS.get(one.coverage_level, ""),
        _AUTHORIZATION.get(one.authorization, ""),
        one.plan,
        *details.notes(one),
        *(f"limited to {limit.text or _place(limit.qualifier, limit.code)}" for limit in one.limits),
        *one.messages,
    ]
    return ", ".join([head, *(note for note in notes if note)]).rstrip(".") + "."


def _figures(one: Benefit) -> list[str]:
    made = []
    if one.amount is not None:
        made.append(dollars(one.amount))
    if one.percent is not None:
        made.append(f"{_plain(one.percent * 100)} %")
    if one.quantity is not None:
        made.append(f"{_plain(one.quantity)} {coverage.QUANTITIES.get(one.quantity_qualifier, '')}".strip())
    if one.period:
        made.append(coverage.PERIODS.get(one.period, f"period {one.period}"))
    return made


def _place(qualifier: str, code: str) -> str:
    return details.place(code) if qualifier == "ZZ" else f"{qualifier} {code}".strip()


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
