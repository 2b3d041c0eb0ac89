"""Whether two people are the same person: a score with its reasons, from plain data.

Each part of a person's data adds points when it agrees and takes points when it plainly differs; what is not
known on one side says nothing. The sum is held between 0 and 100. From ``SUSPECT`` on, registering stops and
asks; from ``SHOW`` on, the pair is worth a look. The weights are set so that

* the same name and birth date are suspect, whatever else differs;
* one slip in the birth date, or another spelling of the name, still is;
* twins, and a father and a son at one address, are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chartdesk.pms.registration.names import are_nicknames, closeness, plain, sound
from chartdesk.pms.registration.people import Person

SUSPECT = 70
SHOW = 50
#: From here on two records are taken for one person's; below it a person has to look.
CERTAIN = 90

FAMILY, FAMILY_SOUND, FAMILY_DIFFERS = 26, 20, -16
GIVEN, GIVEN_NEAR, GIVEN_DIFFERS = 22, 18, -16
BIRTH, BIRTH_SWAPPED, BIRTH_DIGIT, BIRTH_DIFFERS = 34, 26, 24, -20
PHONE, ADDRESS, EMAIL, SSN, IDENTIFIER = 10, 6, 4, 30, 30
SEX, SEX_DIFFERS = 4, -8
#: Jaro-Winkler closeness from which two names count as spellings of one.
ALIKE = 0.90


@dataclass(frozen=True)
class Match:
    """How likely two records are one person: 0 to 100, and why, in words."""

    score: int
    reasons: tuple[str, ...]

    @property
    def suspect(self) -> bool:
        """Whether registering the one must stop because of the other."""
        return self.score >= SUSPECT


def grade(score: int) -> str:
    """A score in the words of FHIR: ``certain``, ``probable``, ``possible`` or ``certainly-not``."""
    steps = ((CERTAIN, "certain"), (SUSPECT, "probable"), (SHOW, "possible"))
    return next((word for least, word in steps if score >= least), "certainly-not")


@dataclass(frozen=True)
class _Part:
    """What one part of the data adds; ``reason`` is empty where it says nothing."""

    points: int = 0
    reason: str = ""


def match(one: Person, other: Person, *, same_ssn: bool = False, same_identifier: bool = False) -> Match:
    """Compare two people. ``same_ssn`` says that both carry the same social security number, ``same_identifier``
    that they share another identifier, such as a record number.
    """
    parts = [
        *_names(one, other),
        _birth_dates(one.birth_date, other.birth_date),
        _phones(one, other),
        _addresses(one, other),
        _emails(one.email, other.email),
        _sexes(one.sex, other.sex),
        _Part(SSN, "same social security number") if same_ssn else _Part(),
        _Part(IDENTIFIER, "same identifier") if same_identifier else _Part(),
    ]
    score = sum(part.points for part in parts)
    return Match(max(0, min(100, score)), tuple(part.reason for part in parts if part.reason))


def _names(one: Person, other: Person) -> list[_Part]:
    straight = [_family(one.family, other.family), _given(one, other)]
    family, given = plain(one.family), plain(one.given)
    if family and given and (family, given) == (plain(other.given), plain(other.family)):
        swapped = _Part(FAMILY + GIVEN - 4, "given and family name swapped")
        return [swapped] if swapped.points > sum(part.points for part in straight) else straight
    return straight


def _family(one: str, other: str) -> _Part:
    first, second = plain(one), plain(other)
    if not first or not second:
        return _Part()
    if first == second:
        return _Part(FAMILY, "same family name")
    if first.replace(" ", "") == second.replace(" ", ""):
        return _Part(FAMILY, "same family name but for spaces")
    if set(first.split()) & {word for word in second.split() if len(word) > 3}:
        return _Part(FAMILY_SOUND, "family names share a part")
    if sound(first) and sound(first) == sound(second):
        return _Part(FAMILY_SOUND, "family names sound alike")
    if closeness(first, second) >= ALIKE:
        return _Part(FAMILY_SOUND, "family names spelled alike")
    return _Part(FAMILY_DIFFERS, "family names differ")


def _given(one: Person, other: Person) -> _Part:
    ours = {plain(name) for name in (one.given, one.preferred) if plain(name)}
    theirs = {plain(name) for name in (other.given, other.preferred) if plain(name)}
    if not ours or not theirs:
        return _Part()
    if ours & theirs:
        return _Part(GIVEN, "same given name")
    pairs = [(first, second) for first in ours for second in theirs]
    if any(are_nicknames(first, second) for first, second in pairs):
        return _Part(GIVEN_NEAR, "one given name is short for the other")
    if any(first.split()[0] == second.split()[0] for first, second in pairs):
        return _Part(GIVEN_NEAR, "same first given name")
    if any(sound(first) and sound(first) == sound(second) for first, second in pairs):
        return _Part(GIVEN_NEAR, "given names sound alike")
    if any(closeness(first, second) >= ALIKE for first, second in pairs):
        return _Part(GIVEN_NEAR, "given names spelled alike")
    if any(first[0] == second[0] and 1 in (len(first), len(second)) for first, second in pairs):
        return _Part(GIVEN_NEAR // 2, "same initial")
    return _Part(GIVEN_DIFFERS, "given names differ")


def _birth_dates(one: date | None, other: date | None) -> _Part:
    if one is None or other is None:
        return _Part()
    if one == other:
        return _Part(BIRTH, "same birth date")
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return _Part(BIRTH_SWAPPED, "birth dates with day and month swapped")
    first, second = _digits(one), _digits(other)
    places = [place for place in range(8) if first[place] != second[place]]
    if len(places) == 1:
        return _Part(BIRTH_DIGIT, "birth dates one digit apart")
    if len(places) == 2 and second == _turned(first, places[0]):
        return _Part(BIRTH_DIGIT, "birth dates with two digits swapped")
    return _Part(BIRTH_DIFFERS, "birth dates differ")


def near_dates(day: date) -> set[date]:
    """Every date that one slip makes of ``day``: day and month swapped, one digit, two neighbors swapped."""
    text = _digits(day)
    slips = {text[:4] + text[6:] + text[4:6]}
    slips |= {_turned(text, place) for place in range(7)}
    slips |= {f"{text[:place]}{digit}{text[place + 1 :]}" for place in range(8) for digit in "0123456789"}
    return {found for slip in slips if (found := _date(slip)) is not None and found != day}


def _digits(day: date) -> str:
    """CCYYMMDD, eight digits also for a year before 1000."""
    return day.isoformat().replace("-", "")


def _turned(text: str, place: int) -> str:
    """``text`` with the characters at ``place`` and after it swapped."""
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _phones(one: Person, other: Person) -> _Part:
    return _Part(PHONE, "same phone") if set(one.phones) & set(other.phones) else _Part()


def _addresses(one: Person, other: Person) -> _Part:
    first, second = one.address, other.address
    if not first.line1 or not second.line1:
        return _Part()
    street = plain(first.line1) == plain(second.line1)
    same_zip = first.postal_code[:5] == second.postal_code[:5] != ""
    same_city = plain(first.city) == plain(second.city) != ""
    if street and (same_zip or same_city):
        return _Part(ADDRESS, "same address")
    return _Part()


def _emails(one: str, other: str) -> _Part:
    return _Part(EMAIL, "same e-mail address") if one and one.casefold() == other.casefold() else _Part()


def _sexes(one: str, other: str) -> _Part:
    if "unknown" in (one, other) or not one or not other:
        return _Part()
    return _Part(SEX, "same sex") if one == other else _Part(SEX_DIFFERS, "sex differs")
