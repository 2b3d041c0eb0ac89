"""What the practice orders: laboratory tests, imaging, referrals; and by when results must be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from chartdesk.ehr.orders.content import LOINC
from chartdesk.ehr.orders.models import KINDS, CatalogItem, Deadlines
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

#: What a practice begins with: key | kind | name | LOINC | specimen.
_STARTER = """
cbc       | lab      | Complete blood count with differential    | 57021-8 | Whole blood, EDTA
cmp       | lab      | Comprehensive metabolic panel             | 24323-8 | Serum
bmp       | lab      | Basic metabolic panel                     | 24321-2 | Serum
lipid     | lab      | Lipid panel                               | 57698-3 | Serum
a1c       | lab      | Hemoglobin A1c                            | 4548-4  | Whole blood, EDTA
tsh       | lab      | Thyroid stimulating hormone               | 3016-3  | Serum
ua        | lab      | Urinalysis with microscopy                | 24356-8 | Urine
culture   | lab      | Urine culture                             | 630-4   | Urine
strep     | lab      | Throat culture                            | 626-2   | Throat swab
psa       | lab      | Prostate specific antigen                 | 2857-1  | Serum
inr       | lab      | Prothrombin time and INR                  | 34528-0 | Plasma, citrate
cxr       | imaging  | Chest X-ray, two views                    | 36643-5 |
mammogram | imaging  | Screening mammogram, both sides           | 24606-6 |
headct    | imaging  | CT of the head                            | 24725-4 |
cardio    | referral | Referral to cardiology                    |         |
ortho     | referral | Referral to orthopedics                   |         |
pt        | referral | Referral to physical therapy              |         |
"""
_LONGEST = 365


@dataclass(frozen=True)
class Entry:
    """One thing of the catalog. ``channel`` is the name of the channel that carries it, empty for paper."""

    key: str
    kind: str
    name: str
    system: str = ""
    code: str = ""
    specimen: str = ""
    performer: str = ""
    channel: str = ""
    instructions: str = ""
    active: bool = True


@dataclass(frozen=True)
class Days:
    """Days until a result must be signed (0: hours), and after which an order has waited too long."""

    normal: int = 7
    abnormal: int = 2
    critical: int = 0
    waiting: int = 14
    registry: str = ""

    @property
    def by_level(self) -> tuple[int, int, int]:
        """For normal, abnormal, critical."""
        return self.normal, self.abnormal, self.critical


def put(subject: Subject, entry: Entry) -> int:
    """Add to the catalog, or change what has that key; returns its number. Raises Invalid with where."""
    subject.require(Role.MANAGER, Role.CLINICIAN)
    key = entry.key.strip().lower()
    if not key or len(key) > 40 or not key.replace("-", "").replace("_", "").isalnum():
        raise Invalid(f"{entry.key[:40]!r} is no short name.", where="key", cure="Letters and digits, such as a1c.")
    if entry.kind not in KINDS:
        raise Invalid(f"{entry.kind!r} cannot be ordered.", where="kind", cure=f"One of {', '.join(KINDS)}.")
    if not entry.name.strip():
        raise Invalid("What is it called?", where="name", cure="Write it as the clinician should read it.")
    system = entry.system.strip() or (LOINC if entry.code.strip() else "")
    if system and not urlsplit(system).scheme:
        raise Invalid(f"{system!r} is no code system.", where="system", cure="Its URL, such as http://loinc.org.")
    values = {
        "kind": entry.kind,
        "name": " ".join(entry.name.split()),
        "system": system,
        "code": entry.code.strip(),
        "specimen": entry.specimen.strip(),
        "performer": entry.performer.strip(),
        "channel": entry.channel.strip(),
        "instructions": entry.instructions.strip(),
        "active": entry.active,
    }
    with transaction(subject):
        row, _ = CatalogItem.objects.update_or_create(practice=subject.practice, key=key, defaults=values)
        audit.record(subject, "U", "order catalog", resource_id=key)
    return int(row.pk)


def begin(subject: Subject, *, performer: str = "", channel: str = "") -> int:
    """Fill an empty catalog with what most practices order; returns how many entries there are then."""
    with transaction(subject):
        if not CatalogItem.objects.filter(practice=subject.practice).exists():
            for line in _STARTER.strip().splitlines():
                key, kind, name, code, specimen = (part.strip() for part in line.split("|"))
                by, over = (performer, channel) if kind == "lab" else ("", "")
                put(subject, Entry(key, kind, name, code=code, specimen=specimen, performer=by, channel=over))
        return int(CatalogItem.objects.filter(practice=subject.practice).count())


def items(subject: Subject, *, all: bool = False) -> list[CatalogItem]:
    """What can be ordered, by kind and name; with ``all`` also what no longer can."""
    with reading(subject):
        rows = CatalogItem.objects.filter(practice=subject.practice)
        found = list(rows if all else rows.filter(active=True))
    return sorted(found, key=lambda row: (KINDS.index(row.kind), row.name.casefold()))


def item(subject: Subject, key: str) -> CatalogItem:
    """One thing of the catalog. Raises NotFound."""
    with reading(subject):
        found = CatalogItem.objects.filter(practice=subject.practice, key=key).first()
    if found is None:
        raise NotFound(f"There is no {key!r} in the catalog.", where="item", cure="Choose from the list.")
    return found


def days(subject: Subject) -> Days:
    """What the practice has decided about results."""
    with reading(subject):
        row = Deadlines.objects.filter(practice=subject.practice).first()
    return Days(row.normal, row.abnormal, row.critical, row.waiting, row.registry) if row else Days()


def decide(subject: Subject, decided: Days) -> None:
    """Decide by when results must be signed, and when an order has waited too long. Raises Invalid."""
    subject.require(Role.MANAGER)
    for name in ("normal", "abnormal", "critical", "waiting"):
        value = getattr(decided, name)
        if not 0 <= value <= _LONGEST or (name == "waiting" and not value):
            raise Invalid(f"{value} is no number of days.", where=name, cure=f"At most {_LONGEST}.")
    with transaction(subject):
        values = {name: getattr(decided, name) for name in ("normal", "abnormal", "critical", "waiting", "registry")}
        Deadlines.objects.update_or_create(practice=subject.practice, defaults=values)
        audit.record(subject, "U", "result deadlines")
