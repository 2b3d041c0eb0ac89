"""The files of an export: packed NDJSON below the home folder, which nobody else can read.

A file appears under its name when it is whole. Packed once when it is written, it is sent as it lies there to those
who take gzip, and unpacked on the way to others.
"""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

#: The quickest level; half the size would take four times as long.
_LEVEL = 1
_GZIP = 31
_PIECE = 256 * 1024
_PACKED, _UNFINISHED = ".gz", ".part"


def folder(practice: int, job: str) -> Path:
    """Where the files of a job lie, made when it is missing."""
    place = Path(settings.EXPORT_FOLDER) / str(practice) / job
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(practice: int, job: str, name: str) -> Path:
    """Where the file lies that the manifest calls ``name``."""
    return folder(practice, job) / (name + _PACKED)


def remove(practice: int, job: str) -> None:
    """Take a job's files away."""
    shutil.rmtree(folder(practice, job), ignore_errors=True)


def tidy(place: Path, known: set[str]) -> None:
    """Take away what a killed process left: files whose names are not ``known``."""
    for path in place.iterdir():
        if path.name.removesuffix(_PACKED) not in known:
            path.unlink(missing_ok=True)


class Writer:
    """One file while it is written. ``keep`` gives it its name; without that it is no file."""

    def __init__(self, place: Path, name: str) -> None:
        self._path = place / (name + _PACKED)
        self._part = place / (name + _UNFINISHED)
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)

    def write(self, text: bytes) -> None:
        """Add lines, each with its end."""
        self._file.write(self._packer.compress(text))

    def keep(self) -> None:
        """The file is whole: bring it to the disk and give it its name."""
        self._file.write(self._packer.flush())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self._path)

    def drop(self) -> None:
        """Leave nothing."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def pieces(path: Path, *, packed: bool) -> Iterator[bytes]:
    """The bytes of a file, as it lies there or unpacked, never much at once."""
    with path.open("rb") as file:
        unpacker = zlib.decompressobj(_GZIP)
        while piece := file.read(_PIECE):
            if packed:
                yield piece
                continue
            text = unpacker.decompress(piece, _PIECE)
            while text:
                yield text
                text = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
