"""A clearinghouse reached through two folders, as most batch connections are.

FOLDER/<mailbox>/to_clearinghouse/      we put files here, each by a rename, so that none is seen half written
FOLDER/<mailbox>/from_clearinghouse/    the clearinghouse puts its answers here
FOLDER/<mailbox>/from_bank/             the practice's bank puts its files here
FOLDER/<mailbox>/archive/               answers and bank files that we have stored
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from chartdesk.kit import disk
from chartdesk.kit.errors import Conflict, Invalid, NotFound, Unavailable

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
#: Where answers, and files of the bank, are put.
ANSWERS, BANK = "from_clearinghouse", "from_bank"
#: What marks a file that its writer has not finished.
UNFINISHED = (".tmp", ".part", ".partial", ".filepart")


class FolderConnection:
    """The mailbox ``mailbox`` under ``folder``. The folders are made where they are missing. ``incoming`` is the one
    that is looked into.

    ``archive`` keeps what came; ``to_clearinghouse/taken`` (the clearinghouse's doing) keeps what went.
    """

    def __init__(self, folder: Path, mailbox: str, incoming: str = ANSWERS) -> None:
        root = Path(folder) / _checked(mailbox)
        self._out, self._in = root / "to_clearinghouse", root / _checked(incoming)
        self._taken, self._archive = self._out / "taken", root / "archive"
        try:
            for place in (self._out, self._in, self._archive):
                place.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise Unavailable(
                f"The clearinghouse folder cannot be used: {fault.strerror}.",
                cure="Check the folder of the clearinghouse connection and who may write there.",
                where=str(root),
            ) from fault

    def send(self, name: str, content: bytes) -> None:
        """Hand over a file. It appears whole or not at all, and survives a power cut.

        The same content under the same name again changes nothing: a sender that was killed does not know how
        far it came. Raises Conflict where another file of that name is there or was sent before, Unavailable
        where the folder cannot be written.
        """
        target = self._out / _checked(name)
        if self._lies_there(name, content):
            return
        unfinished = self._out / f".{name}.{secrets.token_hex(6)}.tmp"  # of this sender alone
        try:
            disk.write(unfinished, content)
            os.link(unfinished, target)  # unlike a rename, a link refuses to replace a file
            disk.sync(self._out)
        except FileExistsError as fault:
            if not self._lies_there(name, content):
                raise _sent(name) from fault
        except OSError as fault:
            raise _unusable(self._out, fault) from fault
        finally:
            unfinished.unlink(missing_ok=True)

    def _lies_there(self, name: str, content: bytes) -> bool:
        """Whether that file waits there or was taken. Raises Conflict where another one has its name."""
        # In this order: between the two looks it can be taken, and never come back.
        for place in (self._out, self._taken):
            try:
                if (place / name).read_bytes() == content:
                    return True
            except FileNotFoundError:
                continue
            except OSError as fault:
                raise _unusable(place, fault) from fault
            raise _sent(name)
        return False

    def waiting(self) -> list[str]:
        """The names of the answers that are there and finished, in the order of their names."""
        try:
            return sorted(
                path.name
                for path in self._in.iterdir()
                if path.is_file() and not path.name.startswith(".") and path.suffix not in UNFINISHED
            )
        except OSError as fault:
            raise _unusable(self._in, fault) from fault

    def fetch(self, name: str) -> bytes:
        """The bytes of a waiting answer. Raises NotFound, Unavailable."""
        try:
            return (self._in / _checked(name)).read_bytes()
        except FileNotFoundError as fault:
            raise NotFound(f"No file {name} is waiting.", where=str(self._in)) from fault
        except OSError as fault:
            raise _unusable(self._in, fault) from fault

    def done(self, name: str) -> None:
        """Put an answer away, once its bytes are stored. Doing it again changes nothing."""
        source, number = self._in / _checked(name), 1
        target = self._archive / name
        while source.exists() and target.exists():
            number += 1
            target = self._archive / f"{name}.{number}"
        try:
            source.rename(target)
        except FileNotFoundError:
            return  # another worker put it away first
        except OSError as fault:
            raise _unusable(self._archive, fault) from fault


def _checked(name: str) -> str:
    """A plain file name. Raises Invalid for one that could leave the folder."""
    if not NAME.fullmatch(name) or ".." in name:
        raise Invalid(f"{name!r} is not a file name.", cure="Use letters, digits, dot, dash and underscore.")
    return name


def _sent(name: str) -> Conflict:
    return Conflict(
        f"A file {name} was already sent to the clearinghouse.",
        cure="Send it under a new name with a new control number.",
    )


def _unusable(place: Path, fault: OSError) -> Unavailable:
    return Unavailable(
        f"The clearinghouse folder cannot be used: {fault.strerror or type(fault).__name__}.",
        cure="Check the folder, its free space and who may write there; the file is sent again later.",
        where=str(place),
    )
