"""Channels in words: where messages come from and go to; and the channels that a new one may begin from."""

from __future__ import annotations

from dataclasses import dataclass

from chartdesk.exchange.engine.documents import (
    Alerts,
    ChannelDocument,
    Destination,
    FhirTarget,
    FolderSource,
    FolderTarget,
    HttpsSource,
    HttpsTarget,
    MllpSource,
    MllpTarget,
    RecordTarget,
    SftpSource,
    SftpTarget,
)

#: The name that presets give to the partner's secret; what it is, is kept beside the channel.
PARTNERS = "partner"

#: Transports by their type.
TRANSPORTS = {
    "record": "The record of this practice",
    "mllp": "MLLP",
    "folder": "A folder",
    "sftp": "A folder on a server, by SFTP",
    "https": "HTTPS",
    "fhir": "A FHIR server",
}

#: Parts of a channel's document, as a form calls them.
FIELDS = {
    "title": "Title",
    "kinds": "Kinds of messages",
    "acknowledgement": "How they are acknowledged",
    "unknown_patient": "A patient nobody knows",
    "behind_held": "Messages after one that is held",
    "name": "Name",
    "attempts": "Attempts",
    "port": "Port",
    "host": "Host",
    "allowed": "Who may connect",
    "tls": "TLS",
    "certificate": "Our certificate",
    "client_authority": "Authority of clients' certificates",
    "authority": "Authority to trust",
    "connections": "Connections at most",
    "fragment_seconds": "Seconds until it counts as cut off",
    "path": "Folder",
    "pattern": "Which files",
    "done": "Folder of what was read",
    "failed": "Folder of what could not be read",
    "every_seconds": "Look every, seconds",
    "user": "User",
    "host_key": "The server's key",
    "secret": "Its secret",
    "url": "Address",
    "batch": "Batch files",
    "batch_messages": "Messages of a batch at most",
    "batch_minutes": "Minutes between two batches",
    "client": "Client id",
    "token_url": "Address for tokens",
    "connect_seconds": "Seconds to connect",
    "answer_seconds": "Seconds to answer",
    "age_minutes": "The oldest waits, minutes",
    "silence_minutes": "Nothing came, minutes",
    "error_percent": "Errors in an hour, percent",
    "content_days": "Contents, days",
    "metadata_days": "What is known of a message, days",
}
HINTS = {
    "kinds": "Parted by commas: ADT^A04, SIU^*. Empty: all.",
    "allowed": "Networks or addresses, parted by commas. Empty: all.",
    "certificate": "The name of a secret of this channel.",
    "client_authority": "The name of a secret. Empty: no certificate is asked for.",
    "authority": "The name of a secret.",
    "secret": "The name of a secret of this channel.",
    "host_key": "As in a known_hosts file.",
}


@dataclass(frozen=True)
class Preset:
    """A channel to begin from: what it is for, and its document."""

    title: str
    words: str
    document: ChannelDocument


def source_words(document: ChannelDocument) -> str:
    """Where a channel's messages come from: ``MLLP on port 6661, TLS``."""
    source = document.source
    if isinstance(source, MllpSource):
        guarded = ", TLS with client certificates" if source.client_authority else ", TLS" if source.tls else ""
        return f"MLLP on port {source.port}{guarded}"
    if isinstance(source, FolderSource):
        return f"files in {source.path}"
    if isinstance(source, SftpSource):
        return f"files of {source.host} in {source.path}, SFTP"
    if isinstance(source, HttpsSource):
        return "posted over HTTPS"
    return "what Chartdesk sends"


def target_words(route: Destination) -> str:
    """Where a destination is: ``MLLP to ehr.example:6661``."""
    target = route.transport
    if isinstance(target, RecordTarget):
        return "the record of this practice"
    if isinstance(target, MllpTarget):
        return f"MLLP to {target.host}:{target.port}{', TLS' if target.tls else ''}"
    if isinstance(target, FolderTarget):
        return f"{'batch files' if target.batch else 'files'} in {target.path}"
    if isinstance(target, SftpTarget):
        return f"{'batch files' if target.batch else 'files'} on {target.host} in {target.path}, SFTP"
    if isinstance(target, HttpsTarget):
        return f"posted to {target.url}"
    assert isinstance(target, FhirTarget)
    return f"FHIR resources to {target.url}"


def presets() -> dict[str, Preset]:
    """The channels that are offered to begin from, by their key."""
    record = [Destination(name="record", transport=RecordTarget())]
    return {
        "registration-in": Preset(
            "Patients and visits from another system",
            "ADT and SIU by MLLP into the record.",
            ChannelDocument(
                name="partner-adt", title="Patients and visits", source=MllpSource(port=6661), kinds=["ADT^*", "SIU^*"],
                unknown_patient="create", destinations=record,
            ),
        ),
        "results-in": Preset(
            "Results from a laboratory",
            "ORU by MLLP into the in-box. Results of unknown patients wait until somebody says whose they are.",
            ChannelDocument(
                name="partner-results", title="Laboratory", source=MllpSource(port=6662), kinds=["ORU^R01"],
                unknown_patient="hold", behind_held="pass", destinations=record,
            ),
        ),
        "charges-in": Preset(
            "Charges from another health record",
            "DFT by MLLP into charge review.",
            ChannelDocument(
                name="partner-charges", title="Charges", source=MllpSource(port=6663), kinds=["DFT^P03"],
                unknown_patient="hold", destinations=record,
            ),
        ),
        "folder-in": Preset(
            "Files from a folder",
            "Single messages or FHS/BHS batches that somebody puts into a folder.",
            ChannelDocument(
                name="partner-files", title="Files", source=FolderSource(path="partner/in"), destinations=record,
            ),
        ),
        "sftp-in": Preset(
            "Files from somebody's server",
            "The same by SFTP. The server's key has to be written down.",
            ChannelDocument(
                name="partner-sftp", title="Files by SFTP", destinations=record,
                source=SftpSource(
                    host="files.example", user="chartdesk", path="out", host_key="ssh-ed25519 …", secret=PARTNERS
                ),
            ),
        ),
        "mllp-out": Preset(
            "What happens here, to another system",
            "The messages that Chartdesk sends, by MLLP.",
            ChannelDocument(
                name="partner-out", title="To the partner", direction="out", alerts=Alerts(age_minutes=5),
                destinations=[
                    Destination(name="partner", transport=MllpTarget(host="partner.example", port=6661, tls=True))
                ],
            ),
        ),
        "fhir-out": Preset(
            "Patients and visits to a FHIR server",
            "What comes by MLLP is converted by the published tables and written there.",
            ChannelDocument(
                name="partner-fhir", title="To a FHIR server", source=MllpSource(port=6664), kinds=["ADT^*"],
                destinations=[
                    Destination(
                        name="server", transport=FhirTarget(url="https://fhir.example/r4", secret=PARTNERS),
                        mapping={"name": "to-fhir", "makes": "fhir"},
                    )
                ],
            ),
        ),
    }  # fmt: skip
