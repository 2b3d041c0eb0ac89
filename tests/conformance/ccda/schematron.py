"""HL7's own schematron of C-CDA R2.1, run as it stands: the rules of its phase "errors" over a document.

Of XPath it needs no more than version 1.0 and the lists of codes beside it, which are read once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

SCH = "http://purl.oclc.org/dsdl/schematron"
VOC = "http://www.lantanagroup.com/voc"
_CODES = re.compile(r"document\('voc\.xml'\)/voc:systems/voc:system\[@valueSetOid='([^']+)'\]/voc:code")
Assertion = tuple[str, Any, str]
Rule = tuple[Any, dict[str, Any], list[Assertion]]


class Schematron:
    """The rules of a schematron file. ``codes`` is the file of its value sets."""

    def __init__(self, file: Path, codes: Path) -> None:
        tree = etree.parse(str(file), etree.XMLParser(resolve_entities=False, no_network=True))
        self._names = {one.get("prefix"): one.get("uri") for one in tree.iter(f"{{{SCH}}}ns")}
        phase = next(one for one in tree.iter(f"{{{SCH}}}phase") if one.get("id") == "errors")
        active = {one.get("pattern") for one in phase}
        patterns = [one for one in tree.iter(f"{{{SCH}}}pattern") if one.get("id") in active]
        wanted = {oid for one in tree.iter(f"{{{SCH}}}assert") for oid in _CODES.findall(one.get("test"))}
        self._sets = _value_sets(codes, frozenset(wanted))
        etree.FunctionNamespace(VOC)["codes"] = lambda _, oid: self._sets.get(oid, [])
        # A rule may extend one of another pattern: the more exact template the wider one.
        rules = tree.iter(f"{{{SCH}}}rule")
        self._abstract = {one.get("id"): one for one in rules if one.get("abstract") == "true"}
        self.patterns = [self._pattern(one) for one in patterns]

    def _pattern(self, pattern: Any) -> list[Rule]:
        return [
            (self._compiled(_everywhere(rule.get("context"))), self._named(rule), self._assertions(rule))
            for rule in pattern
            if rule.get("context")
        ]

    def _named(self, rule: Any) -> dict[str, Any]:
        """What a rule gives a name to, as words."""
        named = [one for one in rule if one.tag == f"{{{SCH}}}let"]
        return {one.get("name"): self._compiled(f"string({one.get('value')})") for one in named}

    def _assertions(self, rule: Any) -> list[Assertion]:
        found: list[Assertion] = []
        for part in rule:
            if part.tag == f"{{{SCH}}}extends":
                found += self._assertions(self._abstract[part.get("rule")])
            elif part.tag == f"{{{SCH}}}assert":
                test = self._compiled(f"boolean({part.get('test')})")
                found.append(
                    ((part.get("id") or "").removeprefix("a-"), test, " ".join("".join(part.itertext()).split()))
                )
        return found

    def _compiled(self, path: str) -> Any:
        path = _CODES.sub(r"voc:codes('\1')", path)
        return etree.XPath(path, namespaces=self._names)

    def faults(self, raw: bytes) -> list[str]:
        """What the rules object to: number, line, words."""
        root = etree.fromstring(raw)
        found = []
        for rules in self.patterns:
            seen: set[Any] = set()
            for context, named, assertions in rules:
                # Of the rules of a pattern the first that fits an element is the one that counts.
                nodes = [node for node in context(root) if node not in seen]
                seen.update(nodes)
                for node in nodes:
                    given = {name: value(node) for name, value in named.items()}
                    failed = [(number, words) for number, test, words in assertions if not test(node, **given)]
                    found += [f"{number} line {node.sourceline}: {words}" for number, words in failed]
        return found


def _everywhere(context: str) -> str:
    """A pattern of XSLT as a path that finds what it matches."""
    return " | ".join(one if one.startswith("/") else f"//{one}" for one in _alternatives(context))


def _alternatives(context: str) -> list[str]:
    parts, depth, begin = [], 0, 0
    for place, letter in enumerate(context):
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(letter, 0)
        if letter == "|" and depth == 0:
            parts.append(context[begin:place].strip())
            begin = place + 1
    return [*parts, context[begin:].strip()]


@cache
def _value_sets(file: Path, wanted: frozenset[str]) -> dict[str, list[Any]]:
    """The code elements of each value set that is asked for; the file has tens of megabytes."""
    found: dict[str, list[Any]] = {}
    for _, system in etree.iterparse(str(file), tag=f"{{{VOC}}}system", no_network=True):
        oid = system.get("valueSetOid")
        if oid in wanted:
            kept = etree.Element("system")
            for code in system:
                etree.SubElement(kept, "code", value=code.get("value") or "")
            found[oid] = list(kept)
        system.clear()
        while system.getprevious() is not None:
            del system.getparent()[0]
    return found
