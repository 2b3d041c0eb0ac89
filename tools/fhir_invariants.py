"""Which rules of the R4 definitions are checked, and how: those to compile, and the table of all for the reader."""

from __future__ import annotations

from chartdesk.standards.fhir.invariants import RULES
from fhir_definitions import Constraint, Facts, class_name

# Rules that stand in code of their own, with the module.
BUILT_IN = {
    "ele-1": "checking, explanation",
    "dom-2": "checking, explanation",
    "dom-3": "validation, explanation",
    "dom-4": "checking, explanation",
    "dom-5": "checking, explanation",
    "ref-1": "checking, explanation",
    "txt-2": "narrative",
}
# Rules that say nothing about R4 as it is.
NOT_CHECKED = {"evv-1": "names elements that R4 does not have (an addition of the package)"}

HEADING = """# Rules of FHIR R4

Every rule that the R4 definitions mark as an error, and how it is checked. Written by `tools/generate_fhir.py`; do not
edit.

- **compiled**: the FHIRPath of the definition, compiled to Python by `standards/fhir/fhirpath`;
- **by hand**: a function of our own with the same meaning, in the module named: faster, or with a better sentence.

| rule | at | how |
|---|---|---|
"""


def errors(facts: Facts) -> list[Constraint]:
    return [c for c in facts.constraints if c.severity == "error"]


def table(facts: Facts) -> str:
    """The table as Markdown."""
    return HEADING + "".join(f"| {c.key} | {c.path} | {how(facts, c)} |\n" for c in errors(facts))


def how(facts: Facts, constraint: Constraint) -> str:
    """In words, how a rule is checked."""
    if constraint.key in NOT_CHECKED:
        return f"not checked: {NOT_CHECKED[constraint.key]}"
    if constraint.key in BUILT_IN:
        return f"by hand: {BUILT_IN[constraint.key]}"
    if _has_rule(facts, constraint):
        return "by hand: invariants"
    return "compiled"


def compiled(facts: Facts) -> dict[str, list[list[str]]]:
    """Type → [key, sentence, expression] of the rules to compile, each for a value of that type."""
    found: dict[str, list[list[str]]] = {}
    for constraint in errors(facts):
        if how(facts, constraint) == "compiled":
            type, expression = place(facts, constraint)
            found.setdefault(type, []).append([constraint.key, constraint.human.rstrip(".") + ".", expression])
    return found


def place(facts: Facts, constraint: Constraint) -> tuple[str, str]:
    """(type, expression for a value of it): a rule moves up where its element is no type, or it names %resource."""
    paths = {t.path: t.name for t in facts.types.values()}
    owner, below = constraint.path, ""
    whole = "%resource" in constraint.expression or "%rootResource" in constraint.expression
    while owner not in paths or (whole and "." in owner):
        owner, _, leaf = owner.rpartition(".")
        below = leaf.removesuffix("[x]") + ("." + below if below else "")
    expression = " ".join(constraint.expression.split())
    return paths[owner], f"{below}.all({expression})" if below else expression


def _has_rule(facts: Facts, constraint: Constraint) -> bool:
    """Whether a rule by hand has this key, at the type of the element or at one that it is nested in."""
    parts = constraint.path.split(".")
    owners = [class_name(".".join(parts[:n])) for n in range(len(parts), 0, -1)]
    return any(rule.key == constraint.key for owner in owners for rule in RULES.get(owner, ()))
