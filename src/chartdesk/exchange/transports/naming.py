"""Names of the files that messages are written to."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from itertools import chain

from chartdesk.exchange.engine.transports import Content
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_MARK = re.compile(r"\{(\w+)\}")
#: Numbers that are tried for a name, and letters that are drawn after them: partners write the same name every day.
_NUMBERS, _DRAWN = 20, 20


def plain(name: str) -> str:
    """A plain file name. Raises Invalid for one that could leave its folder."""
    if not _PLAIN.fullmatch(name) or ".." in name:
        raise Invalid(f"{name!r} is not a file name.", cure="Use letters, digits, dot, dash and underscore.")
    return name


def numbered(name: str) -> Iterator[str]:
    """``name``, then the same with a number before its ending, then with letters that nobody has used yet."""
    yield name
    stem, dot, ending = name.rpartition(".")
    for mark in chain(range(2, _NUMBERS), (secrets.token_hex(6) for _ in range(_DRAWN))):
        yield f"{stem}-{mark}.{ending}" if dot and stem else f"{name}-{mark}"


def file_names(template: str, content: Content) -> tuple[str, str]:
    """The name of a message's file, and the one that it gets where another message's file has that name.

    ``template`` may hold ``{control_id}``, ``{kind}``, ``{message}`` (its number in our log) and ``{day}``. Raises
    Invalid for a name that is none.
    """
    known = {
        "control_id": content.control_id or str(content.message),
        "kind": content.kind.replace("^", "_"),
        "message": str(content.message),
        "day": f"{clock.now():%Y%m%d}",
    }
    unknown = [mark for mark in _MARK.findall(template) if mark not in known]
    if unknown:
        cure = "Use {control_id}, {kind}, {message} or {day}."
        raise Invalid(f"The file name holds {{{unknown[0]}}}, which is not known.", cure=cure, where="name")
    made = plain(re.sub(r"[^A-Za-z0-9._-]", "_", _MARK.sub(lambda mark: known[mark[1]], template)).lstrip("._-"))
    stem, dot, ending = made.rpartition(".")
    return made, f"{stem}-{content.message}.{ending}" if dot and stem else f"{made}-{content.message}"
