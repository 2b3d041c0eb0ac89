"""Every setting that Chartdesk reads from the environment, with its meaning and its default.

``docs/operator.md`` lists the same names; a test compares the two.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, what it means, and its default as text."""

    name: str
    meaning: str
    default: str


SETTINGS = (
    Setting("CHARTDESK_HOME", "folder for everything Chartdesk keeps outside the database", "~/.chartdesk"),
    Setting("DATABASE_URL", "PostgreSQL 15 or newer to use instead of the embedded server", ""),
    Setting("HOST", "address to listen on", "127.0.0.1"),
    Setting("PORT", "port to listen on", "8000"),
    Setting("SANDBOX_PORT", "port of the sandbox payer; 0 for the port after PORT", "0"),
    Setting(
        "CHARTDESK_SECRET_KEY",
        "key that signs cookies and wraps other keys; made and kept in the home folder when unset",
        "",
    ),
    Setting(
        "CHARTDESK_ALLOWED_HOSTS",
        "host names, with commas, under which the pages are served",
        "127.0.0.1,localhost,[::1]",
    ),
    Setting("CHARTDESK_HTTPS", "1 when served over HTTPS: cookies and redirects become strict", "0"),
    Setting(
        "CHARTDESK_PROXIES",
        "addresses or networks, with commas, of the reverse proxies whose X-Forwarded-For is believed",
        "",
    ),
    Setting("CHARTDESK_ELIGIBILITY_URL", "where 270 inquiries are sent; empty for the sandbox payer", ""),
    Setting("CHARTDESK_REVIEWS_URL", "where requests for authorization (278) go; empty for the sandbox payer", ""),
    Setting(
        "CHARTDESK_CLEARINGHOUSE_FOLDER",
        "folder exchanged with the clearinghouse; empty for the one in the home folder",
        "",
    ),
    Setting("GATEWAY_PORT", "port of the sandbox card gateway; 0 for the second port after PORT", "0"),
    Setting("CHARTDESK_CARDS_URL", "the card gateway; empty for the sandbox's, none for no gateway", ""),
    Setting("CHARTDESK_CARDS_KEY", "key that the card gateway knows the practice by", "sandbox"),
    Setting("CHARTDESK_CARDS_SECRET", "secret that the card gateway signs its events with", "sandbox"),
    Setting("CHARTDESK_LOGOUT_MINUTES", "minutes without activity after which a person is logged out", "30"),
    Setting(
        "CHARTDESK_DB_POOL",
        "largest number of database connections of one process; 0 for one per thread",
        "20",
    ),
    Setting("CHARTDESK_PUBLIC_URL", "address under which others reach us; empty for the HOST and PORT", ""),
    Setting("CHARTDESK_SUBSCRIPTION_HTTP", "1 lets notifications go to http endpoints, not only to https", "0"),
    Setting(
        "CHARTDESK_SUBSCRIPTION_NETWORKS",
        "private networks, with commas, to which notifications may go, such as 10.1.0.0/16",
        "",
    ),
    Setting(
        "CHARTDESK_INTERFACE_NETWORKS",
        "private networks, with commas, that interfaces may connect to, such as 10.1.0.0/16",
        "",
    ),
    Setting("CHARTDESK_INTERFACE_HTTP", "1 lets interfaces use http addresses, not only https", "0"),
    Setting("CHARTDESK_INTERFACE_HOST", "address that channels listen on where they name none", "127.0.0.1"),
    Setting(
        "CHARTDESK_INTERFACE_FOLDER", "folder with the files of channels; empty for the one in the home folder", ""
    ),
    Setting("CHARTDESK_FHIR_ORIGINS", "origins, with commas, whose pages may ask in a browser; * for any", ""),
    Setting("CHARTDESK_FHIR_RATE", "requests a second of one FHIR client in one process; 0 for any number", "5000"),
    Setting("CHARTDESK_FHIR_FAILURES", "failed logins a minute of one address in one process; 0 for any number", "300"),
    Setting("CHARTDESK_FHIR_BODY_MB", "largest body of a FHIR request, unpacked, in MB", "64"),
    Setting("CHARTDESK_FHIR_RESOURCE_MB", "largest single resource in MB", "16"),
    Setting("CHARTDESK_FHIR_ENTRIES", "most entries of a transaction or batch", "5000"),
    Setting("CHARTDESK_FHIR_DELETES", "most resources that one conditional delete may take", "1"),
    Setting(
        "CHARTDESK_REGISTRATION_PRACTICE",
        "short name of the practice where programs may register themselves; empty: nowhere",
        "",
    ),
    Setting("CHARTDESK_SEARCH_SECONDS", "seconds after which a search that is still at work is stopped", "15"),
    Setting("CHARTDESK_EXPORT_HOURS", "hours for which the files of a bulk export are kept", "24"),
    Setting("CHARTDESK_LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO"),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def value(name: str) -> str:
    """The text of a setting: from the environment, else its default. KeyError for an unknown name."""
    return os.environ.get(name, "") or _DEFAULTS[name]


def number(name: str) -> int:
    """The same as a whole number."""
    return int(value(name))


def home() -> Path:
    """The home folder, made when it is missing."""
    folder = Path(value("CHARTDESK_HOME")).expanduser()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def sandbox_port() -> int:
    """The sandbox payer's port."""
    return number("SANDBOX_PORT") or number("PORT") + 1


def eligibility_url() -> str:
    """Where 270 inquiries go."""
    return value("CHARTDESK_ELIGIBILITY_URL") or f"http://127.0.0.1:{sandbox_port()}/eligibility"


def reviews_url() -> str:
    """Where requests for authorization (278) go."""
    return value("CHARTDESK_REVIEWS_URL") or f"http://127.0.0.1:{sandbox_port()}/reviews"


def gateway_port() -> int:
    """The sandbox card gateway's port."""
    return number("GATEWAY_PORT") or number("PORT") + 2


def cards_url() -> str:
    """Where cards are charged; empty for nowhere."""
    named = value("CHARTDESK_CARDS_URL")
    return "" if named == "none" else named or f"http://127.0.0.1:{gateway_port()}"


def clearinghouse_folder() -> Path:
    """The folder exchanged with the clearinghouse: one mailbox per practice below it."""
    return _folder("CHARTDESK_CLEARINGHOUSE_FOLDER", "clearinghouse")


def interface_folder() -> Path:
    """The folder with the files of channels: one for each practice below it."""
    return _folder("CHARTDESK_INTERFACE_FOLDER", "interfaces")


def _folder(name: str, usual: str) -> Path:
    named = value(name)
    return Path(named).expanduser() if named else home() / usual


def public_url() -> str:
    """The address under which others reach the server, without a slash at the end."""
    return value("CHARTDESK_PUBLIC_URL").rstrip("/") or f"http://{value('HOST')}:{number('PORT')}"


def secret_key() -> str:
    """The signing key: from the environment, else one that is made once and kept in the home folder."""
    given = value("CHARTDESK_SECRET_KEY")
    if given:
        return given
    file = home() / "secret-key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as handle:
        key = secrets.token_urlsafe(50)
        handle.write(key)
    return key
