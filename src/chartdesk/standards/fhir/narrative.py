"""The XHTML that a narrative may hold: formatting, and nothing that acts.

Guide section: narrative (https://hl7.org/fhir/R4/narrative.html), rules txt-1 and txt-2.
"""

from __future__ import annotations

from xml.parsers import expat

_ELEMENTS = """
a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6
hr i img li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var
"""
_ATTRIBUTES = """
abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff
charset cite class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc
name nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type valign
value vspace width xml:lang xml:space xmlns
"""
_elements = frozenset(_ELEMENTS.split())
_attributes = frozenset(_ATTRIBUTES.split())
_LINKS = ("href", "src", "style")
_ACTING = ("javascript:", "vbscript:", "data:text")


class _Refused(Exception):
    """The narrative holds something it must not."""


def is_narrative(text: str) -> bool:
    """Whether `text` is a `div` of formatting elements that says or shows something."""
    # A document type, which could define entities without end, cannot follow the root's begin.
    if not text.lstrip().startswith("<div"):
        return False
    shown = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal shown
        shown = shown or name == "img"
        if name not in _elements:
            raise _Refused
        for attribute, value in attributes.items():
            if attribute not in _attributes and not attribute.startswith("xmlns:"):
                raise _Refused
            if attribute in _LINKS and _acts(value):
                raise _Refused

    def characters(data: str) -> None:
        nonlocal shown
        shown = shown or not data.isspace()

    parser = expat.ParserCreate()
    parser.UseForeignDTD(True)  # named entities of HTML are left as they are
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(text.strip().encode(), True)
    except (expat.ExpatError, UnicodeEncodeError, _Refused):
        return False
    return shown


def _acts(link: str) -> bool:
    bare = "".join(link.split()).lower()
    return bare.startswith(_ACTING) or "javascript:" in bare or "expression(" in bare
