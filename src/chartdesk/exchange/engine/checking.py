"""What is wrong with a channel's document, beyond its shape: every fault in a sentence, before it may go live."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_network
from typing import Any

from chartdesk.exchange.engine import filters, mappers
from chartdesk.exchange.engine.documents import (
    ChannelDocument,
    Filter,
    InternalSource,
    MllpSource,
    RecordTarget,
)  # fmt: skip
from chartdesk.kit.errors import ChartdeskError
from chartdesk.standards.hl7v2.charsets import CODECS


def findings(document: ChannelDocument) -> list[str]:
    """Every fault, where it is and what it is; empty for a document that may work."""
    found: list[str] = []
    if document.character_set and document.character_set.strip().upper() not in CODECS:
        found.append(f"character_set: {document.character_set} is not known.")
    found += _part("filter", document.filter, "mapping", document.mapping)
    names = Counter(one.name for one in document.destinations)
    found += [f"destinations: {name} is there {count} times." for name, count in names.items() if count > 1]
    for one in document.destinations:
        here = f"destinations.{one.name}"
        found += _part(f"{here}.filter", one.filter, f"{here}.mapping", one.mapping)
        if one.retries.first_seconds > one.retries.longest_seconds:
            found.append(f"{here}.retries: the first pause is longer than the longest.")
    found += _direction(document)
    parts = {"source": document.source, **{f"destinations.{one.name}": one.transport for one in document.destinations}}
    hosts = {where: str(getattr(part, "host", "")) for where, part in parts.items()}
    found += [f"{where}.host: {host} is no host." for where, host in hosts.items() if not _is_host(host)]
    if isinstance(document.source, MllpSource):
        found += [fault for one in document.source.allowed if (fault := _network(one))]
        if document.source.client_authority and not document.source.tls:
            found.append("source.client_authority: client certificates need tls.")
        if document.source.tls and not document.source.certificate:
            found.append("source.certificate: tls needs a certificate of ours.")
    return found


def _direction(document: ChannelDocument) -> list[str]:
    found = []
    internal = isinstance(document.source, InternalSource)
    records = sum(isinstance(one.transport, RecordTarget) for one in document.destinations)
    if document.direction == "out" and not internal:
        found.append("source: an outgoing channel has what Chartdesk sends; leave the source out.")
    if document.direction == "out" and records:
        found.append("destinations: what Chartdesk sends does not go into its own record.")
    if document.direction == "in" and internal:
        found.append("source: where do the messages come from?")
    if records > 1:
        found.append("destinations: the record is there more than once.")
    if not document.destinations:
        found.append("destinations: there is none.")
    if document.answers_to == document.name:
        found.append("answers_to: answers go by another channel.")
    return found


def _part(where: str, wanted: Filter | None, there: str, mapping: dict[str, Any] | None) -> list[str]:
    found = [f"{where}: {fault}" for fault in filters.faults(wanted)]
    if mapping:
        try:
            found += [f"{there}: {fault}" for fault in mappers.mapper().check(mapping)]
        except ChartdeskError as fault:
            found.append(f"{there}: {fault}")
    return found


def _is_host(text: str) -> bool:
    """Whether a name can be looked up at all, known or not."""
    try:
        text.encode("idna")
    except UnicodeError:
        return False
    return True


def _network(text: str) -> str:
    try:
        ip_network(text)
    except ValueError:
        return f"source.allowed: {text} is neither an address nor a network."
    return ""
