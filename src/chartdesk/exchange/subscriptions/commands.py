"""What is done to subscriptions: written by a program, paused, resumed and sent again by the practice.

A program writes its Subscription resource; the rule here, in the transaction of that write, checks it, takes the
secrets out of it and keeps what is asked for. Only the worker makes a subscription active, after a handshake.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from chartdesk.exchange.subscriptions import owners, requests, rules
from chartdesk.exchange.subscriptions.guards import CHANNEL
from chartdesk.exchange.subscriptions.models import Event, Subscriber, Turn
from chartdesk.exchange.subscriptions.requests import Asked
from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, store
from chartdesk.record import rules as record_rules
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import CONNECTORS, Role, Subject, system
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

#: Subscriptions of one practice that are not off.
MOST = 200
PAUSED = "Paused by the practice."
TASK = "subscription_error"
_WORKER = "system:subscriptions"


def register() -> None:
    """Let every write of a Subscription pass this room."""
    record_rules.before_write("Subscription", take)
    record_rules.before_delete("Subscription", forget)


def worker(practice: int) -> Subject:
    """The subject that writes the states of Subscriptions."""
    return system(practice, "subscriptions")


def take(subject: Subject, old: Stored | None, new: r4.Resource) -> r4.Resource | None:
    """Accept a Subscription as a program writes it; gives it without its secrets, in the state it is in.

    Raises Invalid with every reason why it cannot be served, Forbidden where the writer is no program, may not
    read what it asks for, or the Subscription is somebody else's, Conflict where there are too many.
    """
    if subject.actor == _WORKER or not isinstance(new, r4.Subscription):
        return None
    if scopes.is_person(subject):
        return _brought_in(subject, new)
    now = clock.now()
    asked = requests.read(new, now)
    owners.check_lasting(subject)
    owners.check_reach(subject, asked.topic.type)
    one = Subscriber.objects.select_for_update().filter(practice=subject.practice, subscription=new.id).first()
    if one is None:
        _check_number(subject)
        one = Subscriber(practice=subject.practice, subscription=new.id, created=now, owner=owners.kept(subject))
    else:
        _check_owner(subject, one)
    headers = _headers(subject, one, asked)
    same_door = one.endpoint == asked.endpoint and one.headers == headers
    status = rules.status_after(asked.status, one.status or None, same_door=same_door)
    _keep(one, asked, headers)
    one.owner = owners.kept(subject)
    if status != one.status or status == "requested":
        one.attempts, one.error, one.error_code, one.paused = 0, "", "", False
    one.status = status
    one.listening = one.listening and status != "off"
    one.edition += 1
    one.save()
    set_turn(one)
    requests.hide(new)
    new.status, new.error = status, one.error or None
    return new


def forget(subject: Subject, old: Stored) -> None:
    """Stop what a Subscription that is being deleted had under way."""
    one = Subscriber.objects.filter(practice=subject.practice, subscription=old.id).first()
    if one is None:
        return
    _check_owner(subject, one)
    Turn.objects.filter(subscriber=one.pk).delete()
    one.delete()
    worklist.close_items(subject, TASK, [old.id], by=subject.actor)


def pause(subject: Subject, subscription: str) -> None:
    """Hold the notifications back; events go on being counted, and are sent on ``resume``. Raises NotFound."""
    with _steered(subject, subscription) as one:
        if one.status not in ("active", "requested", "error"):
            raise Conflict("The subscription is off.", cure="Its program must ask for it again.")
        one.paused, one.status, one.error = True, "off", PAUSED


def resume(subject: Subject, subscription: str) -> None:
    """Let a paused or failed subscription go on, beginning with a handshake. Raises NotFound, Conflict."""
    with _steered(subject, subscription) as one:
        if one.status != "error" and not one.paused:
            raise Conflict("The subscription is neither paused nor in error.", cure="Reload the list.")
        one.paused, one.status, one.error, one.error_code, one.attempts = False, "requested", "", "", 0
    worklist.close_items(subject, TASK, [subscription], by=subject.actor)


def send_again(subject: Subject, subscription: str, since: int) -> int:
    """Deliver the events from number ``since`` on once more; returns how many. Raises NotFound, Invalid, Conflict."""
    with _steered(subject, subscription) as one:
        if one.status != "active":
            raise Conflict("Only an active subscription can send.", cure="Resume it first.")
        kept = Event.objects.filter(subscriber=one)
        first = kept.order_by("number").values_list("number", flat=True).first()
        if first is None or not first <= since <= one.number:
            known = f"Events {first} to {one.number} are kept." if first else "No events are kept."
            raise Invalid(f"There is no event {since}.", cure=known, where="since")
        one.delivered, one.attempts, one.error = min(one.delivered, since - 1), 0, ""
        count = kept.filter(number__gte=since).count()
    return int(count)


@contextmanager
def _steered(subject: Subject, subscription: str) -> Iterator[Subscriber]:
    """One subscriber, changed by a manager or an integrator. Raises Forbidden, NotFound."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        one = locked(subject.practice, subscription)
        yield one
        one.edition += 1
        one.save()
        show(one)
        set_turn(one)
        audit.record(subject, "U", "Subscription", resource_id=subscription, detail="subscription steered")


def locked(practice: int, subscription: str) -> Subscriber:
    """The subscriber, locked after its resource, as a write of the resource locks them. Raises NotFound."""
    store.lock(worker(practice), "Subscription", subscription)
    one = Subscriber.objects.select_for_update().filter(practice=practice, subscription=subscription).first()
    if one is None:
        raise NotFound(f"There is no subscription {subscription}.")
    return one


def show(one: Subscriber) -> None:
    """Write the subscriber's state into its Subscription resource where it says another."""
    subject = worker(one.practice)
    found = store.lock(subject, "Subscription", one.subscription)
    if found is None or found[1].deleted:
        return
    resource = found[1].resource
    assert isinstance(resource, r4.Subscription)
    if (resource.status, resource.error or "") != (one.status, one.error if one.status != "active" else ""):
        resource.status = one.status
        resource.error = (one.error if one.status != "active" else "") or None
        store.put(subject, resource, why="state of the subscription")


def set_turn(one: Subscriber, wait: timedelta = timedelta()) -> None:
    """Write down when the worker looks at the subscriber next, and wake it where that is now."""
    now = clock.now()
    due = rules.next_turn(one, now, wait)
    Turn.objects.update_or_create(subscriber=one.pk, defaults={"practice": one.practice, "due": due})
    if due is not None and due <= now:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _brought_in(subject: Subject, new: r4.Subscription) -> r4.Subscription:
    """A Subscription from another system, as an import writes it: kept for the record, it must not send."""
    if new.status != "off":
        raise Forbidden(
            "Only a program with a token subscribes: what it may hear follows from its scopes.",
            cure="Bring the Subscription in with the status off, and let its program write it.",
        )
    one = Subscriber.objects.select_for_update().filter(practice=subject.practice, subscription=new.id).first()
    if one is not None:
        one.status, one.paused, one.listening = "off", False, False
        one.edition += 1
        one.save()
        set_turn(one)
    requests.hide(new)
    return new


def _keep(one: Subscriber, asked: Asked, headers: list[list[str]]) -> None:
    one.topic, one.type, one.filters = asked.topic.code, asked.topic.type, list(asked.filters)
    one.reason, one.endpoint, one.headers = asked.reason, asked.endpoint, headers
    one.content, one.heartbeat, one.timeout = asked.content, asked.heartbeat, asked.timeout
    one.max_count, one.ends = asked.max_count, asked.ends


def _headers(subject: Subject, one: Subscriber, asked: Asked) -> list[list[str]]:
    """The headers with their values; a hidden one is what was kept, for the same endpoint only."""
    known = {name.lower(): value for name, value in one.headers or ()} if one.endpoint == asked.endpoint else {}
    found = []
    for place, (name, value) in enumerate(asked.headers):
        secret = known.get(name.lower()) if value is None else value
        if secret is None:
            raise Invalid(
                f"The value of the header {name} is not known.",
                cure="Send it again: values are kept for the endpoint they were given for.",
                where=f"Subscription.channel.header[{place}]",
            )
        found.append([name, secret])
    return found


def _check_owner(subject: Subject, one: Subscriber) -> None:
    if Role.CLIENT in subject.roles and one.owner["actor"] != subject.actor:
        raise Forbidden("The Subscription belongs to another program.", cure="Write one of your own.")


def _check_number(subject: Subject) -> None:
    if Subscriber.objects.filter(practice=subject.practice).exclude(status="off").count() >= MOST:
        raise Conflict(f"The practice has {MOST} subscriptions already.", cure="Delete those that nobody needs.")
