"""The narrative of a section: made safe to show, and looked up by the entries that point into it.

What comes out is built anew from a short list of elements and attributes; every text is escaped. No link, image, style
or script of a sender reaches a page. Guide section: CDA R2 4.3.5 (section narrative block).
"""

from __future__ import annotations

from html import escape

from chartdesk.standards.ccda.parsing import Element, local, plain

_SAME = {
    **{name: name for name in ("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "sub", "sup", "br")},
    "paragraph": "p",
    "item": "li",
    "footnote": "small",
    "linkHtml": "span",
    "footnoteRef": "span",
    # HTML that vendors put where CDA has names of its own.
    **{name: name for name in ("p", "ul", "ol", "li", "b", "i", "u", "strong", "em", "span", "div", "pre")},
}
_EMPTY = frozenset({"br"})
#: Elements whose content is dropped with them.
_DROPPED = frozenset({"renderMultiMedia", "script", "style", "object", "iframe", "embed", "form", "input"})
_STYLES = {"Bold": "strong", "Italics": "em", "Underline": "u", "Emphasis": "em"}
_SPANS = ("colspan", "rowspan")
_DEEPEST = 60


def html(text: Element | None) -> str:
    """A narrative block as HTML that is safe to show; empty where there is none."""
    if text is None:
        return ""
    parts: list[str] = []
    _content(text, parts, 0)
    return "".join(parts).strip()


class Narrative:
    """The places of all narratives of a document that entries may point to."""

    def __init__(self, root: Element) -> None:
        self._places: dict[str, Element] = {}
        for node in root.iter():
            name = node.get("ID") or (node.get("id") if isinstance(node.tag, str) and local(node) in _SAME else None)
            if name:
                self._places.setdefault(name, node)

    def text(self, reference: str) -> str:
        """The words at ``#name`` (or ``name``, as some send it); empty where nothing is there."""
        found = self._places.get(reference.removeprefix("#")) if reference else None
        return plain(found) if found is not None else ""


def _content(node: Element, parts: list[str], depth: int) -> None:
    if node.text:
        parts.append(escape(node.text))
    for child in node:
        if isinstance(child.tag, str) and depth < _DEEPEST:
            _element(child, parts, depth)
        if child.tail:
            parts.append(escape(child.tail))


def _element(node: Element, parts: list[str], depth: int) -> None:
    name = local(node)
    if name in _DROPPED:
        return
    if name in _EMPTY:
        parts.append(f"<{_SAME[name]}>")
        return
    shown = _shown(node, name)
    if not shown:
        _content(node, parts, depth + 1)
        return
    spans = "".join(f' {span}="{number}"' for span in _SPANS if (number := node.get(span) or "").isdigit())
    table = ' class="table table-sm table-vcenter"' if shown == "table" else ""
    parts.append(f"<{shown}{table}{spans}>")
    _content(node, parts, depth + 1)
    parts.append(f"</{shown}>")


def _shown(node: Element, name: str) -> str:
    """The element of HTML that shows one of the narrative; empty where its content stands alone."""
    if name == "list":
        return "ol" if node.get("listType") == "ordered" else "ul"
    if name == "caption" and (parent := node.getparent()) is not None and local(parent) != "table":
        return "strong"
    if name == "content":
        styles = (node.get("styleCode") or "").split()
        if node.get("revised") == "delete":
            return "del"
        return next((_STYLES[style] for style in styles if style in _STYLES), "")
    return _SAME.get(name, "")
