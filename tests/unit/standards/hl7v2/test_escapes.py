"""Characters that would part a message, written and read."""

from __future__ import annotations

import pytest

from chartdesk.standards.hl7v2.escapes import escape, unescape
from chartdesk.standards.hl7v2.separators import STANDARD, Separators


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a\\F\\b", "a|b"), ("\\S\\\\R\\\\T\\\\E\\", "^~&\\"), ("Smith \\T\\ Sons", "Smith & Sons"),
        ("one\\.br\\two", "one\ntwo"), ("one\\.sp2\\two", "one\n\ntwo"), ("\\X41C3A9\\", "Aé"), ("\\X0D0A\\", "\r\n"),
        ("\\H\\bold\\N\\", "\\H\\bold\\N\\"), ("\\Zown\\", "\\Zown\\"), ("\\XZZ\\", "\\XZZ\\"), ("\\XFF\\", "\\XFF\\"),
        ("C:\\temp", "C:\\temp"), ("\\\\server\\share", "\\\\server\\share"), ("ends\\", "ends\\"), ("", ""),
    ],
)  # fmt: skip
def test_sequences_are_read_and_unknown_ones_kept(written, meant):
    assert unescape(written, STANDARD) == meant


@pytest.mark.parametrize("text", ["", "plain", "a|b^c~d\\e&f", "line\nline", "\\F\\", "C:\\temp", "#"])
def test_what_is_escaped_reads_as_it_was(text):
    assert unescape(escape(text, STANDARD), STANDARD) == text
    assert not set("|^~&\r\n") & set(escape(text, STANDARD))


def test_without_an_escape_character_nothing_breaks_the_message():
    bare = Separators("|", "^", "~", "", "")
    assert escape("a|b^c\nd", bare) == "a b c d"
    assert unescape("\\F\\", bare) == "\\F\\"
