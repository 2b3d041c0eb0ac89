"""The demo's rural health clinic: who comes, and that its visits go on institutional claims and professional ones."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.money.office import NOW

from chartdesk.app.demo import plan, setup, story
from chartdesk.app.demo.people import Maker
from chartdesk.exchange.sandbox import directory
from chartdesk.kit import clock


@pytest.mark.parametrize("today", [date(2026, 3, 18), date(2026, 11, 22), date(2027, 1, 5)])
def test_known_patients_of_the_payers_that_take_it_come_on_its_weekday(today):
    chance = random.Random(20_260)
    people = Maker(chance, today).households(200)
    planned = plan.diary(chance, people, today)
    found = plan.rural(planned, today)
    zone, closed = (
        ZoneInfo(story.ZONE),
        {day for year in (today.year, today.year + 1) for day, _ in story.holidays(year)},
    )
    assert 4 <= len(found) <= len(plan.RURAL_WEEKS)
    assert len({id(one.invented) for one in found}) == len(found)
    assert {one.invented.cards[0].payer_id for one in found} == set(story.RURAL_PAYERS)
    for one in found:
        assert (one.site, one.clinician, one.starts.weekday()) == (story.RURAL, story.RURAL_CLINICIAN, 2)
        assert one.starts.date() not in closed and story.RURAL_HOURS[0] <= one.starts.timetz().replace(tzinfo=None)
        assert one.booked < datetime.combine(today, datetime.min.time(), zone) and one.booked < one.starts
        earlier = [visit for visit in planned if visit.invented is one.invented and visit.starts < one.starts]
        assert earlier and all(visit.starts.date() != one.starts.date() for visit in planned
                               if visit.invented is one.invented)  # fmt: skip
    assert any(one.starts.date() < today - timedelta(weeks=5) for one in found)
    assert any(one.starts.date() > today for one in found)


@pytest.mark.parametrize(("payer", "forms"), [("MCR05", ["71", ""]), ("MCD77", ["71", ""]), ("NPHP1", [""])])
def test_a_visit_there_makes_an_institutional_claim_and_the_test_a_professional_one(database, tmp_path, payer, forms):
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.claims import queries
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.registration import commands as registration
    from chartdesk.pms.registration.people import Address, Person, Registration
    from chartdesk.pms.splits import queries as splits

    with clock.at(NOW):
        place = setup.open_demo(NOW.date() - timedelta(days=30), slug=f"rural-{payer}-{tmp_path.name}"[:50].lower())
        subject = place.subject()
        draft = splits.draft(subject, NOW.date())
        assert draft is not None and draft.rules[-1].name == "Spirometry in components" and not draft.tried
        home = Address("1 Canal Road", "", "Logan", "OH", "431380001")
        person = Person(family="Hale", given="Ruth", birth_date=date(1950, 2, 3), sex="female", address=home)
        patient = registration.register(subject, Registration(person), confirmed_distinct=True).patient_id
        number = directory.member_id(payer, directory.plans(payer)[0].id, 77)
        coverage.add_coverage(subject, patient, coverage.Card(payer, 1, number))
        bill = charges.capture(
            subject,
            charges.EncounterCharges(
                "rural", "", "", patient, place.practitioners[2], NOW.date(), "72", NOW, 22, ["I10"],
                [charges.Procedure(code, pointers=[1], amount=Decimal(10)) for code in ("99213", "80053", "36415")],
                site=str(place.sites[story.RURAL]),
            ),
        )  # fmt: skip
        charges.approve(subject, bill)
        made = [queries.claim(subject, one).content for one in claims.build_all(subject, bill)]
    assert [one.institutional.bill_type if one.institutional else "" for one in made] == forms
    if len(made) == 2:
        assert [(line.code, line.revenue) for line in made[0].lines] == [("99213", "0521"), ("36415", "0300")]
        assert [line.code for line in made[1].lines] == ["80053"]
