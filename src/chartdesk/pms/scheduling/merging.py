"""What scheduling has to say when two records of one patient are merged.

Nobody is at two visits at one time: visits of both records that are not over and overlap stand against it. Visits that
are over may overlap, as what happened happened; those of the record that goes are put into lanes of their own, beyond
all that a booking takes, and go back with an undo.
"""

from __future__ import annotations

from chartdesk.kit import clock
from chartdesk.pms.scheduling import directory, rules
from chartdesk.record import database
from chartdesk.record.access import Subject
from chartdesk.record.merging import rooms

#: Added to the lane of a past visit that overlaps one of the other record's.
ASIDE = 1000
_OVERLAPPING = """
      FROM scheduling_patientbooking b
      JOIN scheduling_patientbooking o ON o.practice = b.practice AND o.patient = %(target)b AND o.during && b.during
     WHERE b.practice = %(practice)s AND b.patient = %(source)b
"""
_TOGETHER = (
    f"SELECT b.starts, b.ends {_OVERLAPPING} AND b.ends > %(now)s AND o.ends > %(now)s ORDER BY b.starts LIMIT 5"
)
_ASIDE = f"""
    UPDATE scheduling_patientbooking SET lane = lane + {ASIDE}
     WHERE lane < {ASIDE} AND practice = %(practice)s AND id IN (SELECT b.id {_OVERLAPPING})
"""
_RETURN = f"""
    UPDATE scheduling_patientbooking SET lane = lane - {ASIDE}
     WHERE practice = %(practice)s AND patient = %(source)b AND lane >= {ASIDE}
"""


def register() -> None:
    """Take part in merges. Called once, when the program starts."""
    rooms.objects(together)
    rooms.arranges(before=put_aside, after_undo=take_back)


def together(subject: Subject, source: str, target: str) -> list[str]:
    """Visits of both patients that are still to come or under way and overlap."""
    zone = directory.zone(subject)
    found = database.rows(_TOGETHER, _values(subject, source, target))
    return [
        f"Both have a visit at one time, {rules.when(starts, ends, zone)}: move or cancel one."
        for starts, ends in found
    ]


def put_aside(subject: Subject, source: str, target: str) -> None:
    """Give the source's past visits that overlap the target's lanes where they disturb nothing."""
    values = _values(subject, source, target)
    values.pop("now")
    database.execute(_ASIDE, values)


def take_back(subject: Subject, source: str, target: str) -> None:
    """Put the source's visits back into their lanes."""
    database.execute(_RETURN, {"practice": subject.practice, "source": source})


def _values(subject: Subject, source: str, target: str) -> dict[str, object]:
    return {"practice": subject.practice, "source": source, "target": target, "now": clock.now()}
