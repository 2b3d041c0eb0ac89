"""A channel as a document: the same one is edited on pages and kept as a file under version control.

Transports are told apart by their ``type``. Nothing secret stands in a document: passwords, keys and tokens are kept
beside the channel under a name, and the document says the name (``secret``, ``certificate``).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Port = Annotated[int, Meta(ge=1, le=65535)]
Seconds = Annotated[int, Meta(ge=1, le=86_400)]
BatchMessages = Annotated[int, Meta(ge=1, le=500)]
BatchMinutes = Annotated[int, Meta(ge=0, le=1440)]
Days = Annotated[int, Meta(ge=1, le=36_500)]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The parent of every part of the document."""


# Where messages come from -----------------------------------------------------------------------------


class MllpSource(Part, frozen=True, tag="mllp"):
    """A port that partners connect to."""

    port: Port
    host: str = ""
    #: Networks or addresses that may connect; empty: all.
    allowed: list[str] = []
    tls: bool = False
    #: Name of the secret that holds our certificate and its key.
    certificate: str = ""
    #: Name of the secret that holds the authority whose client certificates are asked for; empty: none is asked for.
    client_authority: str = ""
    connections: Annotated[int, Meta(ge=1, le=10_000)] = 100
    #: How long a message that has begun may be silent before it counts as cut off.
    fragment_seconds: Seconds = 30


class FolderSource(Part, frozen=True, tag="folder"):
    """A folder that is looked into; what was read goes to ``done``, what could not be read to ``failed``."""

    path: str
    pattern: str = "*"
    done: str = "done"
    failed: str = "failed"
    every_seconds: Seconds = 5


class SftpSource(Part, frozen=True, tag="sftp"):
    """A folder on somebody's server."""

    host: str
    user: str
    path: str
    #: The server's public key, as in a known_hosts file; no other is spoken to.
    host_key: str
    port: Port = 22
    #: Name of the secret: a password, or a private key.
    secret: str = ""
    pattern: str = "*"
    done: str = "done"
    failed: str = "failed"
    every_seconds: Seconds = 60


class HttpsSource(Part, frozen=True, tag="https"):
    """An address of our own server, /interfaces/<practice>/<channel>, that partners post to."""

    #: Name of the secret that holds the token.
    secret: str = ""


class InternalSource(Part, frozen=True, tag="internal"):
    """What Chartdesk itself sends (``sending.send``)."""


Source = MllpSource | FolderSource | SftpSource | HttpsSource | InternalSource

# Where messages go ------------------------------------------------------------------------------------


class RecordTarget(Part, frozen=True, tag="record"):
    """The record of this practice: taken by the receivers that are registered for the kind of the message."""


class MllpTarget(Part, frozen=True, tag="mllp"):
    """A partner's port."""

    host: str
    port: Port
    tls: bool = False
    #: Names of the secrets that hold the authority to trust, and our certificate with its key.
    authority: str = ""
    certificate: str = ""
    connect_seconds: Seconds = 10
    answer_seconds: Seconds = 30


class FolderTarget(Part, frozen=True, tag="folder"):
    """A folder: one file a message, or one batch file for what is waiting."""

    path: str
    name: str = "{control_id}.hl7"
    batch: bool = False
    #: How many messages a batch may have, and how many minutes lie between two that are not full.
    batch_messages: BatchMessages = 200
    batch_minutes: BatchMinutes = 0


class SftpTarget(Part, frozen=True, tag="sftp"):
    """A folder on somebody's server."""

    host: str
    user: str
    path: str
    host_key: str
    port: Port = 22
    secret: str = ""
    name: str = "{control_id}.hl7"
    batch: bool = False
    batch_messages: BatchMessages = 200
    batch_minutes: BatchMinutes = 0


class HttpsTarget(Part, frozen=True, tag="https"):
    """An address that messages are posted to."""

    url: str
    #: Name of the secret that holds a token to show.
    secret: str = ""
    answer_seconds: Seconds = 30


class FhirTarget(Part, frozen=True, tag="fhir"):
    """A FHIR server that the mapped resources are written to."""

    url: str
    secret: str = ""
    client: str = ""
    token_url: str = ""
    answer_seconds: Seconds = 30


Target = RecordTarget | MllpTarget | FolderTarget | SftpTarget | HttpsTarget | FhirTarget

# What happens in between ------------------------------------------------------------------------------


class Condition(Part, frozen=True):
    """What must be at a place of the message, such as ``PV1-2`` or ``PID-3.4``."""

    place: str
    test: Literal["is", "is not", "begins", "contains", "present", "absent"] = "is"
    #: One of them is enough (for ``is not``: none may be).
    values: list[str] = []


class Filter(Part, frozen=True):
    """Which messages pass: of these kinds (``ADT^A04``, ``ADT^*``; none named: all), meeting every condition."""

    kinds: list[str] = []
    conditions: list[Condition] = []


class Retries(Part, frozen=True):
    """How a delivery that failed is tried again: after ``first_seconds``, doubling up to ``longest_seconds``.

    ``attempts`` counts for a message that the partner could not take; one that cannot be reached is tried for ever.
    """

    first_seconds: Seconds = 1
    longest_seconds: Seconds = 600
    attempts: Annotated[int, Meta(ge=1, le=1000)] = 8


class Destination(Part, frozen=True):
    """One place a message goes to, after its own filter and mapping."""

    name: Name
    transport: Target
    filter: Filter | None = None
    #: A mapping document (``mappers``) that follows the channel's, or none: the message goes on as that made it.
    mapping: dict[str, Any] | None = None
    retries: Retries = Retries()


class Alerts(Part, frozen=True):
    """When somebody is told; 0: never."""

    #: The oldest message that waits, in minutes.
    age_minutes: Annotated[int, Meta(ge=0)] = 15
    #: No message has come for so many minutes.
    silence_minutes: Annotated[int, Meta(ge=0)] = 0
    #: Share of the last hour's messages that ended in error, in percent.
    error_percent: Annotated[int, Meta(ge=0, le=100)] = 10


class Retention(Part, frozen=True):
    """How long the contents of finished messages are kept, and how long what is known of them."""

    content_days: Days = 90
    metadata_days: Days = 2557


class ChannelDocument(Part, frozen=True):
    """One channel."""

    name: Name
    title: str = ""
    direction: Literal["in", "out"] = "in"
    source: Source = InternalSource()
    #: What the partner sends (``ADT^A04``, ``ADT^*``); anything else is refused. Empty: what somebody here takes.
    kinds: list[str] = []
    acknowledgement: Literal["original", "enhanced", "asked"] = "asked"
    #: Name of the outgoing channel that application acknowledgements of the enhanced mode go to; empty: none are sent.
    answers_to: str = ""
    #: Name of table 0211 for messages that do not say theirs.
    character_set: str = ""
    largest: Annotated[int, Meta(ge=1_000, le=1_000_000_000)] = 20_000_000
    #: A control id that came before: ``check`` it (same content: same answer; other content: error), or ``accept``.
    duplicates: Literal["check", "accept"] = "check"
    #: A control id that is older than this counts as a new one.
    duplicate_days: Days = 30
    #: Whether an end block without its carriage return, or junk before a start block, is put up with.
    bare_ends: bool = True
    unknown_patient: Literal["create", "hold", "refuse"] = "hold"
    #: Whether later messages of a patient wait behind one that is held, or pass it.
    behind_held: Literal["wait", "pass"] = "wait"
    #: What the record's receivers want to know of this partner, by the name each gives its own options.
    options: dict[str, Any] = {}
    filter: Filter | None = None
    mapping: dict[str, Any] | None = None
    destinations: list[Destination] = []
    alerts: Alerts = Alerts()
    retention: Retention = Retention()
