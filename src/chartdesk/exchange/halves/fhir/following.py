"""The rounds: what the other half told of is read there, made into facts, and acted on.

What is read is the present state, so it does not matter how often or in which order something was told. Reads happen
outside of any transaction; acting on them and forgetting the hint are one. A hint that was told anew meanwhile stays.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from django.db import connection
from django.db.models import Case, Max, QuerySet, When

from chartdesk.exchange.halves import intake, letting_go
from chartdesk.exchange.halves.facts import ChargesIn, Fact, MergeIn, Numbers, PatientIn
from chartdesk.exchange.halves.fhir import hearing
from chartdesk.exchange.halves.fhir.client import Server
from chartdesk.exchange.halves.fhir.models import Charged, Door, Ear, Hint, Joined, Peer
from chartdesk.exchange.halves.fhir.reading import Reader
from chartdesk.exchange.halves.fhir.topics import HEARTBEAT
from chartdesk.exchange.subscriptions import topics
from chartdesk.kit import apart, clock, database, outbox, worklist
from chartdesk.kit.errors import ChartdeskError, Conflict, Forbidden, Gone, NotFound, Unavailable
from chartdesk.kit.outbox import Event
from chartdesk.kit.transactions import alone, transaction
from chartdesk.record.access.subject import CONNECTORS, Subject, system
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities import unmatched
from chartdesk.record.identities.identifiers import PATIENT, Identifier

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_log = logging.getLogger(__name__)
#: Resources read in one round, and the order in which types are: patients before what is about them.
BATCH = 50
ORDER = {"ValueSet": 0, "Patient": 1, "RelatedPerson": 2, "Flag": 2, "Coverage": 3, "Appointment": 4, "Encounter": 5}
#: After so many failures a person has to look; the pauses between them, in seconds.
ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE = 10, 1, 300
#: A peer that was silent for so long is asked how our subscriptions stand: a heartbeat was not heard.
SILENCE = timedelta(seconds=HEARTBEAT + 300)
#: How long a new subscription may be silent before it is asked about.
GREETING = timedelta(seconds=5)
FAILED, UNREACHED = "other_half_failed", "other_half_unreached"


def subject_of(practice: int) -> Subject:
    """The subject that acts on what the other half tells."""
    return system(practice, "other half")


def connect() -> None:
    """Hear when a number that led to nobody was matched. Safe to call twice."""
    outbox.subscribe(unmatched.SETTLED, "halves.fhir", _settled)


def work(practice: int | None = None) -> int:
    """One round for ``practice``, or for all that have a peer; how many resources were read.

    A practice whose round fails keeps no other waiting; what it failed with is raised after the round.
    """
    found = [practice] if practice is not None else sorted(set(Door.objects.values_list("practice", flat=True)))
    return apart.each(found, _work, _tell)


def _tell(fault: Exception) -> None:
    _log.error("the other half: %s", type(fault).__name__, exc_info=fault)


def waiting(practice: int) -> int:
    """How many resources wait to be read, now or later."""
    with transaction(practice, lasting=False):
        ears = Ear.objects.filter(practice=practice).values_list("seen", "told", "begun")
        behind = sum(told - seen + (not begun) for seen, told, begun in ears)
        return behind + int(Hint.objects.filter(practice=practice, state="waiting").count())


def _work(practice: int) -> int:
    with alone("fhir half", practice) as taken:
        if not taken:
            return 0
        with transaction(practice, lasting=False):
            peer = Peer.objects.filter(practice=practice).first()
            rank = Case(*(When(type=type, then=place) for type, place in ORDER.items()), default=9)
            hints = list(_due(practice).order_by(rank, "pk")[:BATCH])
            ears = list(Ear.objects.filter(practice=practice))
        if peer is None:
            return 0
        server = Server(peer)
        try:
            caught = sum(_begin(server, ear) for ear in ears if not ear.begun)
            caught += sum(_catch_up(server, ear) for ear in ears if ear.begun and _is_behind(ear))
            read = _follow(peer, server, hints)
        except ChartdeskError as fault:
            _not_reached(peer, fault)
            return 0
        if caught or read:
            with transaction(practice):
                worklist.close_items(subject_of(practice), UNREACHED, [str(peer.pk)], by="system:other half")
        return caught + read


def _due(practice: int) -> QuerySet[Hint]:
    return Hint.objects.filter(practice=practice, state="waiting", due__lte=clock.now())


# ---------------------------------------------------------------------------------------- catching up


def ask_about(server: Server, ear: Ear) -> None:
    """Ask the other half how a subscription of ours stands, and keep it. Raises Unavailable, Forbidden."""
    said = server.get(f"Subscription/{ear.subscription}")
    ear.status, ear.error, ear.asked = str(said.get("status") or ""), str(said.get("error") or ""), clock.now()
    with transaction(ear.practice):
        Ear.objects.filter(pk=ear.pk).update(status=ear.status, error=ear.error, asked=ear.asked)


def _begin(server: Server, ear: Ear) -> int:
    """Once it is active nothing more is missed: read what stood there before; how much that is."""
    if ear.status != "active" and (ear.asked is None or ear.asked <= clock.now() - GREETING):
        # It may have greeted us before we knew under which id it keeps our subscription.
        ask_about(server, ear)
        if ear.status == "error":
            # Its greeting did not reach us so often that it gave us up.
            server.ask_again(ear.subscription)
    if ear.status != "active":
        return 0
    count = read_all(server, ear)
    with transaction(ear.practice):
        Ear.objects.filter(pk=ear.pk).update(begun=True)
    return count


def _is_behind(ear: Ear) -> bool:
    asked = max((one for one in (ear.heard, ear.asked) if one), default=None)
    return ear.told > ear.seen or asked is None or asked < clock.now() - SILENCE


def _catch_up(server: Server, ear: Ear) -> int:
    """Ask for the events behind the last that is known; how many there were."""
    path = f"Subscription/{ear.subscription}/$events?eventsSinceNumber={ear.seen + 1}"
    try:
        told = hearing.parsed(server.get(path))
    except (NotFound, Gone):
        return _lost(server, ear)
    with transaction(ear.practice):
        held = Ear.objects.select_for_update().get(pk=ear.pk)
        before = held.seen
        first = told.events[0][0] if told.events else 0
        missing = told.total > held.seen and (first == 0 or first > held.seen + 1)
        held.asked, held.status = clock.now(), told.status
        if missing:
            # Events are kept for a while only: what changed before is read anew, all of it.
            held.seen = first - 1 if first else told.total
        hearing.take(held, told)
    if missing:
        read_all(server, ear)
    if told.status == "error":
        server.ask_again(ear.subscription)
    return int(held.seen - before)


def _lost(server: Server, ear: Ear) -> int:
    """Our subscription is not there any more: say so, once."""
    with transaction(ear.practice):
        Ear.objects.filter(pk=ear.pk).update(status="off", asked=clock.now(), told=ear.seen)
        worklist.raise_item(
            subject_of(ear.practice),
            worklist.Task(
                kind=UNREACHED,
                key=str(server.peer.pk),
                role="manager",
                title=f"{server.peer.name} does not know our subscription any more",
                detail=f"Changes of {ear.topic} are not told to us.",
                cure="Connect again on Practice, Connection.",
                link=("connection", ""),
            ),
        )
    return 0


def read_all(server: Server, ear: Ear) -> int:
    """Have everything read that the topic is about; how many resources that is."""
    type = topics.topic(ear.topic).type
    asked = {"status": "finished"} if type == "Encounter" else {}
    named = [(type, found.id or "") for found in server.search(type, **asked)]
    with transaction(ear.practice):
        hearing.hint(ear.practice, named)
    return len(named)


# ------------------------------------------------------------------------------------------- following


def _follow(peer: Peer, server: Server, hints: Sequence[Hint]) -> int:
    reader = Reader(server, peer.authority, _known(peer.practice))
    done = 0
    for hint in hints:
        try:
            facts = _with_partings(peer.practice, hint, reader.tell(hint.type, hint.resource), peer.authority)
        except (Unavailable, Forbidden):
            raise
        except Exception as fault:
            _met(peer, hint, fault)
            continue
        try:
            done += _act(peer, hint, facts)
        except Exception as fault:
            _met(peer, hint, fault)
    return done


def _known(practice: int) -> Callable[[Numbers], bool]:
    def is_known(numbers: Numbers) -> bool:
        with transaction(practice, lasting=False):
            found = identities.resolve_many(subject_of(practice), PATIENT, [numbers])[0]
        return bool(found)

    return is_known


def _with_partings(practice: int, hint: Hint, facts: list[Fact], authority: str) -> list[Fact]:
    """Where the peer has taken back a merge, that comes first."""
    if hint.type != PATIENT or any(isinstance(one, MergeIn) for one in facts):
        return facts
    with transaction(practice, lasting=False):
        joined = Joined.objects.filter(practice=practice, source=hint.resource).first()
    own = next((one for one in facts if isinstance(one, PatientIn)), None)
    if joined is None or own is None:
        return facts
    survivor = Identifier(authority, joined.target, "PI")
    return [MergeIn(survivor=(survivor,), prior=own.numbers, at=own.at, undo=True), *facts]


def _act(peer: Peer, hint: Hint, facts: list[Fact]) -> int:
    """Act on what was read, and forget the hint; how many are done with. Raises what our commands refuse."""
    subject = subject_of(peer.practice)
    with transaction(subject):
        taken = _take(subject, peer, [one for one in facts if not _is_charged(peer, one)])
        if hint.type == PATIENT and not facts:
            letting_go.let_go(subject, [Identifier(peer.authority, hint.resource, "PI")])
        if taken.status in ("applied", "ignored"):
            _note_merges(peer, facts)
            _note_charges(peer, facts)
            Hint.objects.filter(pk=hint.pk, times=hint.times).delete()
        elif taken.status == "held":
            Hint.objects.filter(pk=hint.pk, times=hint.times).update(state="held", reason=taken.reason)
        else:
            # Nothing of an attempt that failed stays, its work item neither: it is tried again.
            raise Conflict(taken.reason)
    return 1


def _take(subject: Subject, peer: Peer, facts: list[Fact]) -> intake.Taken:
    """What came of the facts, each in its place: after a merge, or one that was taken back, a patient is another."""
    answers: list[intake.Taken] = []
    for part in _parts(facts):
        answers += intake.take(
            subject, [intake.Told(part, source=peer.authority, unknown_patient=intake.CREATE, own=True)]
        )
        if answers[-1].status not in ("applied", "ignored"):
            return answers[-1]
    return intake.Taken("applied" if answers else "ignored")


def _is_charged(peer: Peer, fact: Fact) -> bool:
    """Whether these very charges were taken: who they are for may have been merged since, which changes nothing."""
    if not isinstance(fact, ChargesIn):
        return False
    rows = Charged.objects.filter(practice=peer.practice, encounter=fact.encounter)
    return bool(rows.filter(digest=_digest(fact)).exists())


def _note_charges(peer: Peer, facts: list[Fact]) -> None:
    for one in facts:
        if isinstance(one, ChargesIn):
            Charged.objects.update_or_create(
                practice=peer.practice, encounter=one.encounter, defaults={"digest": _digest(one)}
            )


def _digest(fact: ChargesIn) -> str:
    said = msgspec.structs.replace(fact, at=_EPOCH, patient=(), visit=(), practitioner_name="")
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


def _parts(facts: list[Fact]) -> list[list[Fact]]:
    """The facts in their order, merges and patients alone: an intake looks patients up before all else."""
    parts: list[list[Fact]] = []
    for one in facts:
        apart = isinstance(one, MergeIn | PatientIn)
        if apart or not parts or isinstance(parts[-1][-1], MergeIn | PatientIn):
            parts.append([])
        parts[-1].append(one)
    return parts


def _note_merges(peer: Peer, facts: list[Fact]) -> None:
    for one in facts:
        if not isinstance(one, MergeIn):
            continue
        source, target = one.prior[0].value, one.survivor[0].value
        if one.undo:
            Joined.objects.filter(practice=peer.practice, source=source).delete()
        else:
            Joined.objects.update_or_create(practice=peer.practice, source=source, defaults={"target": target})


def _failed(peer: Peer, hint: Hint, reason: str) -> None:
    """It may pass: what it refers to may not have come yet. After some attempts somebody has to look."""
    attempts = hint.attempts + 1
    state = "error" if attempts >= ATTEMPTS else "waiting"
    pause = timedelta(seconds=min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE))
    with transaction(peer.practice):
        Hint.objects.filter(pk=hint.pk, times=hint.times).update(
            state=state, reason=reason, attempts=attempts, due=clock.now() + pause
        )
        if state == "error":
            worklist.raise_item(
                subject_of(peer.practice),
                worklist.Task(
                    kind=FAILED,
                    key=f"{hint.type}/{hint.resource}",
                    role="manager",
                    title=f"What {peer.name} told could not be taken in",
                    detail=f"{hint.type}/{hint.resource}: {reason}",
                    cure="Settle what it says, then read it again on Practice, Connection.",
                    link=("connection", ""),
                ),
            )


def _met(peer: Peer, hint: Hint, fault: Exception) -> None:
    """What one resource meets must not keep the others waiting."""
    if database.is_away(fault):
        raise fault  # nothing that was told is at fault
    if isinstance(fault, ChartdeskError | ValueError):
        _failed(peer, hint, str(fault))
        return
    _log.error("%s/%s of the other half: %s", hint.type, hint.resource, type(fault).__name__, exc_info=fault)
    _failed(peer, hint, f"Chartdesk failed inside ({type(fault).__name__}); the place is in its log.")


def _not_reached(peer: Peer, fault: ChartdeskError) -> None:
    """Everything waits: try again in a while, and say so when it lasts."""
    _log.warning("the other half of practice %s: %s", peer.practice, fault)
    with transaction(peer.practice):
        now, rows = clock.now(), _due(peer.practice)
        attempts = (rows.aggregate(most=Max("attempts"))["most"] or 0) + 1
        pause = timedelta(seconds=min(FIRST_PAUSE * 2 ** (attempts - 1), 60))
        Ear.objects.filter(peer=peer).update(asked=now)
        rows.update(due=now + pause, attempts=attempts if attempts < ATTEMPTS else ATTEMPTS - 1, reason=str(fault))
        # An answer that cannot be read does not get better by waiting.
        if attempts >= ATTEMPTS // 2 or not isinstance(fault, Unavailable):
            worklist.raise_item(
                subject_of(peer.practice),
                worklist.Task(
                    kind=UNREACHED,
                    key=str(peer.pk),
                    role="manager",
                    title=f"{peer.name} cannot be reached",
                    detail=str(fault),
                    cure="Nothing is lost: what changed there is read when it answers again.",
                    link=("connection", ""),
                ),
            )


def again(subject: Subject, hint_id: int | None = None) -> int:
    """Read what failed or was held once more, one or all; how many. Raises Forbidden."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        rows = Hint.objects.filter(practice=subject.practice).exclude(state="waiting")
        rows = rows.filter(pk=hint_id) if hint_id is not None else rows
        keys = [f"{type}/{id}" for type, id in rows.values_list("type", "resource")]
        worklist.close_items(subject, FAILED, keys, by=subject.actor)
        return int(rows.update(state="waiting", attempts=0, due=clock.now(), reason=""))


def _settled(event: Event) -> None:
    subject = subject_of(event.practice)
    with transaction(subject):
        Hint.objects.filter(practice=event.practice, state="held").update(state="waiting", attempts=0, due=clock.now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [hearing.CHANNEL])
