"""Conditions of the tables, read and made into functions.

The guide writes them in a notation of its own (``IF PV1-2.1 NOT EQUALS "P" AND PV1-45 VALUED``) without saying its
grammar; this is the one that all of them follow. A condition that begins with ``@`` is one in words and names a
function in ``words``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

#: What a condition is asked of: it gives the text at a place, and how many repetitions stand there.
Asked = Any
Test = Callable[[Asked], bool]
#: Makes of a place the function that gets the text there.
Access = Callable[[str], Callable[[Asked], str]]

_TOKENS = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\")|(?P<place>[A-Z][A-Z0-9]{1,2}[-.]\d+(?:\[\d+\])?(?:\.\d+){0,2})|(?P<number>\d+)"
    r"|(?P<segment>(?!IS\b|IN\b|IF\b|OR\b|AND\b|NOT\b|LST\b)[A-Z][A-Z0-9]{2}(?=\s+(?:IS |NOT )*VALUED))"
    r"|(?P<sign><=|>=|[()=,<>])|(?P<word>[A-Za-z_]+(?:\.[A-Za-z]+)?))"
)
_FILLERS = frozenset({"IF", "IS", "TO", "DOES", "THEN", "LST"})
_VALUED = frozenset({"VALUED", "VALUE", "EXIST", "EXISTS"})
_EQUAL = frozenset({"EQUALS", "EQUAL", "="})
_COUNT = frozenset({"LST.COUNT", "COUNT", "LENGTH"})


class NotACondition(ValueError):
    """The text cannot be read as a condition; the message says where."""


class Token(NamedTuple):
    """A piece of a condition."""

    kind: str
    text: str


def _asking(place: str) -> Callable[[Asked], str]:
    return lambda asked: str(asked.value(place))


def condition(text: str, own: str = "", access: Access = _asking) -> Test:
    """``text`` as a function; ``own`` is the place that a condition without one speaks of. Raises NotACondition."""
    reader = _Reader(_tokens(text), own, access)
    found = reader.whole()
    if reader.left:
        raise NotACondition(f"{reader.left[0].text!r} in {text!r}")
    return found


def within(text: str) -> bool:
    """Whether a condition asks about parts of the value at hand only, as ``CX.4 VALUED`` does."""
    kinds = {token.kind if token.kind != "place" or "-" not in token.text else "segment" for token in _tokens(text)}
    words = {token.text for token in _tokens(text) if token.kind == "word"}
    return "segment" not in kinds and "place" in kinds and not words & _COUNT


def _tokens(text: str) -> list[Token]:
    made, at = [], 0
    while text[at:].strip():
        found = _TOKENS.match(text, at)
        if found is None:
            raise NotACondition(f"{text[at:].strip()[:20]!r}")
        kind = str(found.lastgroup)
        word = found[kind]
        at = found.end()
        if kind == "word":
            word = word.upper()
            if word in _FILLERS:
                continue
        made.append(Token(kind, word.strip('"') if kind == "text" else word))
    return made


class _Reader:
    """Reads by the grammar: any of all of (bracketed, or places with a verb)."""

    def __init__(self, tokens: list[Token], own: str, access: Access) -> None:
        self.left = tokens
        self.own = own
        self.access = access

    def whole(self) -> Test:
        """Conditions joined by OR."""
        found = [self._all()]
        while self._takes("OR"):
            found.append(self._all())
        return found[0] if len(found) == 1 else lambda asked: any(one(asked) for one in found)

    def _all(self) -> Test:
        found = [self._one()]
        while self._takes("AND"):
            found.append(self._one())
        return found[0] if len(found) == 1 else lambda asked: all(one(asked) for one in found)

    def _one(self) -> Test:
        if self._takes("("):
            found = self.whole()
            if not self._takes(")"):
                raise NotACondition("a bracket that is not closed")
            return found
        places, join = self._places()
        return self._verb(places, join)

    def _places(self) -> tuple[list[str], str]:
        """The places that a verb speaks of: ``PID-33 AND PID-34 VALUED``, or the own one."""
        places, join = [], "AND"
        while self.left and self.left[0].kind in ("place", "segment"):
            places.append(self.left.pop(0).text)
            following = [token.text for token in self.left[:1]], [token.kind for token in self.left[1:2]]
            if following[0] and following[0][0] in ("AND", "OR") and following[1] == ["place"] and self._shared():
                join = self.left.pop(0).text
                continue
            break
        if not places:
            if not self.own:
                raise NotACondition("no place")
            places = [self.own]
        return places, join

    def _shared(self) -> bool:
        """Whether no verb stands before the next place: then it shares the one that comes."""
        return (len(self.left) > 2 and (self.left[2].kind != "sign" or self.left[2].text == "=")) or len(self.left) == 2

    def _verb(self, places: list[str], join: str) -> Test:
        negated = self._takes("NOT")
        if not self.left:
            raise NotACondition("no verb")
        token = self.left.pop(0)
        test = self._said(token, places, join)
        # "IS VALUED NOT EQUAL PID-12": valued, and other than that.
        if token.text in _VALUED and self.left and self.left[0].text == "NOT":
            self.left.pop(0)
            other = self._said(self.left.pop(0), places, join)
            return lambda asked: test(asked) and not other(asked)
        # "VALUED AND NOT "SEL"": the same.
        following = [token.text if token.kind != "text" else '"' for token in self.left[:3]]
        if token.text in _VALUED and following == ["AND", "NOT", '"']:
            other = self._among(places, [self.left[2].text])
            del self.left[:3]
            return lambda asked: test(asked) and not other(asked)
        if negated and token.text in _VALUED and join == "AND" and len(places) > 1:
            gets = [self.access(one) for one in places]
            return lambda asked: not any(get(asked) for get in gets)
        return (lambda asked: not test(asked)) if negated else test

    def _said(self, token: Token, places: list[str], join: str) -> Test:
        gets = [self.access(one) for one in places]
        if token.text in _VALUED:
            if len(gets) == 1:
                one_get = gets[0]
                return lambda asked: one_get(asked) != ""
            quantor = any if join == "OR" else all
            return lambda asked: quantor(get(asked) for get in gets)
        if token.text == "EMPTY":
            return lambda asked: not any(get(asked) for get in gets)
        if token.kind == "text":
            return self._among(places, [token.text])
        if token.text in _EQUAL:
            other = self.left.pop(0)
            if other.kind == "place":
                other_get = self.access(other.text)
                return lambda asked: all(get(asked) == other_get(asked) for get in gets)
            return self._among(places, [other.text])
        if token.text == "IN":
            return self._among(places, self._list())
        if token.text in _COUNT:
            return self._count(token.text, places[0])
        raise NotACondition(repr(token.text))

    def _among(self, places: list[str], texts: list[str]) -> Test:
        wanted = frozenset(texts)
        gets = [self.access(one) for one in places]
        if len(gets) == 1:
            get = gets[0]
            return lambda asked: get(asked) in wanted
        return lambda asked: all(one(asked) in wanted for one in gets)

    def _list(self) -> list[str]:
        if not self._takes("("):
            raise NotACondition("IN without a list")
        found = []
        while self.left and not self._takes(")"):
            token = self.left.pop(0)
            if token.kind != "sign":
                found.append(token.text)
        return found

    def _count(self, what: str, place: str) -> Test:
        signs = []
        while self.left and self.left[0].kind != "number":
            signs.append(self.left.pop(0).text)
        if not self.left:
            raise NotACondition("a count without a number")
        number = int(self.left.pop(0).text)
        said = " ".join(signs)
        length = what == "LENGTH"

        def counted(asked: Asked) -> int:
            return len(asked.value(place)) if length else int(asked.count(place))

        if said in ("GREATER THAN", ">"):
            return lambda asked: counted(asked) > number
        if said in ("LESS THAN OR EQUALS", "<="):
            return lambda asked: counted(asked) <= number
        if said in ("EQUALS", "="):
            return lambda asked: counted(asked) == number
        raise NotACondition(f"{said!r}")

    def _takes(self, text: str) -> bool:
        if self.left and self.left[0].text == text and self.left[0].kind != "text":
            self.left.pop(0)
            return True
        return False
