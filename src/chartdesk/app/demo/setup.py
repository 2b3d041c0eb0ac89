"""Opening the demo practice: people, places, hours, payers, fees. By commands, in the order a manager would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chartdesk.app.demo import fees, story
from chartdesk.exchange.sandbox import directory
from chartdesk.kit import clock, outbox
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import contract_commands
from chartdesk.pms.charges.contract_commands import Terms
from chartdesk.pms.charges.contract_rules import Term
from chartdesk.pms.claims import revenue, split_trials
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.scheduling import setup as scheduling
from chartdesk.pms.splits import commands as splits
from chartdesk.pms.splits.rules import Rule
from chartdesk.record.access import people, practices
from chartdesk.record.access.models import Practice, User
from chartdesk.record.access.subject import Role, Subject, system


@dataclass(frozen=True)
class Place:
    """The practice as the replay needs it: identifiers of what was set up."""

    practice: Practice
    sites: list[int]
    providers: list[int]
    practitioners: list[str]
    rooms: list[tuple[int, int]]

    def subject(self, name: str = "demo loader") -> Subject:
        """Chartdesk at work here."""
        return system(self.practice.pk, name)

    def person(self, role: Role) -> Subject:
        """The same, in the name of who works as ``role`` here: what they take lies in their drawer."""
        login = next(one for one in story.LOGINS if one.role == role)
        user = User.objects.get(username=login.username)
        return replace(self.subject(), actor=f"user:{user.pk}", name=login.name)


def open_demo(first: date, slug: str = story.SLUG) -> Place:
    """Open Riverbend Family Medicine with everything it needs from ``first`` on."""
    practice = people.open_practice(slug, story.NAME, **story.DETAILS)
    subject = system(practice.pk, "demo loader")
    sites = [
        scheduling.add_site(
            subject,
            name=name,
            line1=line,
            city=city,
            state="OH",
            postal_code=code,
            phone=phone,
            place_of_service=place,
        )
        for name, line, city, code, phone, place in story.SITES
    ]
    for kind in story.KINDS:
        scheduling.add_visit_type(
            subject,
            kind.code,
            kind.name,
            kind.minutes,
            color=kind.color,
            note_template=kind.template,
            new_patient=kind.new_patient,
        )
    providers = [
        scheduling.add_provider(
            subject,
            family=one.family,
            given=one.given,
            credential=one.credential,
            npi=one.npi,
            taxonomy=one.taxonomy,
            color=one.color,
        )
        for one in story.CLINICIANS
    ]
    rooms = [(scheduling.add_room(subject, name, sites[site], color="gray"), site) for name, site in story.ROOMS]
    _hours(subject, sites, [provider.resource_id for provider in providers], first)
    _payers(subject, first)
    charges.set_fees(subject, "Standard", first, fees.fees())
    _splitting(system(practice.pk, story.MANAGER), sites[story.RURAL])
    outbox.deliver_all(practice.pk)
    _logins(
        practice,
        {one.username: made.practitioner for one, made in zip(story.CLINICIANS, providers, strict=True)},
    )
    return Place(practice, sites, [p.resource_id for p in providers], [p.practitioner for p in providers], rooms)


def _splitting(subject: Subject, rural: int) -> None:
    """The rural clinic's visits go on institutional claims from the first day on. And a draft that a manager can try on
    the visits of the demo; nothing is billed by it yet."""
    today = clock.today(story.ZONE)
    splits.begin(subject)
    clinic = Rule(
        "", "Rural health clinic", "institutional", codes=story.RURAL_CODES, payers=story.RURAL_PAYERS,
        sites=(str(rural),), bill_type="71", revenue="0521",
    )  # fmt: skip
    splits.put(subject, clinic)
    split_trials.attempt(subject, today, today)
    splits.go_live(subject, today, "The clinic in Logan is certified as a rural health clinic.")
    practices.switch(subject, **{revenue.SETTING: revenue.kept([revenue.Row(("36415",), (), "0300")])})
    splits.begin(subject)
    splits.put(subject, Rule("", "Spirometry in components", "components", codes=("94010",), share=40))


def open_second() -> None:
    """A second, tiny practice: it sees nothing of the first."""
    practice = people.open_practice(
        story.SECOND_SLUG,
        story.SECOND_NAME,
        zone="America/Chicago",
        npi="1999999943",
        tax_id="362345678",
        taxonomy="208000000X",
        phone="3125550150",
        line1="75 Lakeview Drive",
        city="Chicago",
        state="IL",
        postal_code="606011234",
    )
    login = next(one for one in story.LOGINS if one.username == story.SECOND_SLUG)
    people.add_member(practice, login.username, login.role, password=login.password, name=login.name)
    people.add_member(practice, login.username, Role.FRONT_DESK, password=login.password, name=login.name)


def _hours(subject: Subject, sites: list[int], providers: list[int], first: date) -> None:
    rural = (story.RURAL_CLINICIAN, story.RURAL_WEEKDAY, story.RURAL, *story.RURAL_HOURS)
    for who, weekday, site, starts, ends in (*story.HOURS, rural):
        scheduling.set_hours(
            subject,
            providers[who],
            site_id=sites[site],
            weekday=weekday,
            starts=starts,
            ends=ends,
            valid_from=first,
        )
    for year in (first.year, first.year + 1):
        for day, name in story.holidays(year):
            scheduling.add_holiday(subject, day, name)


def _payers(subject: Subject, first: date) -> None:
    for payer in directory.payers():
        coverage.add_payer(
            subject,
            coverage.PayerDetails(
                payer_id=payer.id,
                name=payer.name.title().replace("Hmo", "HMO"),
                filing_indicator="CI" if payer.filing == "12" else payer.filing,
                phone=payer.phone,
                line1=payer.address[0].title(),
                city=payer.address[1].title(),
                state=payer.address[2],
                postal_code=payer.address[3],
                timely_filing_days=payer.timely_filing_days,
            ),
        )
        rest = Terms([Term("charge", payer.percent_of_charge)], name="Demo contract")
        contract_commands.save_contract(subject, payer.id, first, rest)
        charges.set_contract(subject, payer.id, directory.allowed_amounts(payer.id), first)


def _logins(practice: Practice, practitioners: dict[str, str]) -> None:
    for login in story.LOGINS:
        if login.username != story.SECOND_SLUG:
            people.add_member(
                practice,
                login.username,
                login.role,
                password=login.password,
                name=login.name,
                practitioner=practitioners.get(login.username, ""),
            )
