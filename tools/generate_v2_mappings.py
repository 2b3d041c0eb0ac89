"""Write `src/chartdesk/exchange/mappings/_generated/*.map`: the HL7 v2-to-FHIR guide's tables as compact rows.

    python tools/generate_v2_mappings.py ../shared/definitions/v2-to-fhir

Only facts are taken: places, targets, maps, codes, conditions. Slips of the pen are set right
(`v2_mapping_slips.py`); a row that R4 has no place for, or that nothing can be computed from, stands there as a
comment with the reason.
`--check` compares instead of writing and fails on a difference.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from pathlib import Path

import msgspec

import v2_mapping_slips as slips

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from chartdesk.exchange.mappings.conditions import NotACondition, condition
from chartdesk.exchange.mappings.paths import UnknownPathError, path
from chartdesk.exchange.mappings.tables import Row, line

TARGET = Path(__file__).parents[1] / "src/chartdesk/exchange/mappings/_generated"
HEAD = "# Written by tools/generate_v2_mappings.py from the tables of the HL7 v2-to-FHIR guide 1.0. Do not edit.\n"


class LeftOut(Exception):
    """Why a row is not taken."""


def main(arguments: list[str] | None = None) -> int:
    """Write or check the files; 1 when a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("guide", type=Path, help="folder with messages, segments, datatypes and codesystems")
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    made = {
        "guide.map": HEAD + rows_of(options.guide, counts),
        "codes.map": HEAD + codes_of(options.guide, counts),
        "messages.map": HEAD + messages_of(options.guide, counts),
    }
    different = [name for name, text in made.items() if _text(TARGET / name) != text]
    if options.check:
        for name in different:
            print(f"{name} differs from the guide; run this tool without --check", file=sys.stderr)
        return 1 if different else 0
    for name, text in made.items():
        (TARGET / name).write_text(text, encoding="utf-8")
    for what, count in sorted(counts.items()):
        print(f"{count:6,} {what}")
    return 0


def _text(file: Path) -> str:
    return file.read_text("utf-8") if file.exists() else ""


def _sheets(folder: Path) -> list[tuple[str, list[list[str]]]]:
    found = []
    for file in sorted(folder.glob("*.csv")):
        name = re.sub(r"^HL7 .*?(R4_|Map_) (.*?)( - .*)?\.csv$", r"\2", file.name)
        with file.open(encoding="utf-8-sig", newline="") as text:
            lines = [[cell.strip() for cell in one] + [""] * 20 for one in csv.reader(text)]
        found.append((name, lines[2:]))
    return found


def rows_of(guide: Path, counts: Counter[str]) -> str:
    """The maps of segments and data types."""
    made = []
    for folder in ("segments", "datatypes"):
        for name, lines in _sheets(guide / folder):
            made.append(f"\nmap {_map(name)}")
            seen = set()
            for cells in lines:
                if not any((cells[9], cells[10], cells[14])):
                    continue
                try:
                    text = line(_row(name, cells))
                    if text in seen:
                        raise LeftOut("said twice")
                    seen.add(text)
                    made.append("  " + text)
                    counts[f"rows of {folder}"] += 1
                except LeftOut as reason:
                    counts[f"left out: {str(reason).split(':')[0]}"] += 1
                    made.append(f"# {cells[1] or '-'} > {_flat(cells[9] or cells[10])}  [{reason}]")
    return "\n".join(made) + "\n"


def _row(name: str, cells: list[str]) -> Row:
    root = name.partition("[")[2].rstrip("]").partition("-")[0].partition(".")[0]
    root = slips.ROOTS.get(name, slips.TYPES.get(root, root))
    target, fixed = _flat(cells[9]), _flat(cells[16])
    target = slips.TARGETS.get((name, cells[1], target), slips.TARGETS.get((name, "", target), target))
    if not target:
        raise LeftOut("no place in R4: an extension that nobody defined")
    if "=" in target:
        target, _, fixed = (part.strip() for part in target.partition("="))
    for wrong, right in slips.SPELLINGS:
        target = target.replace(wrong, right)
    target = re.sub(r"^\[\d\](\.|$)", "", target) if name in slips.NUMBERED else target
    target += ")" * (target.count("(") - target.count(")"))
    via = _map(slips.MAPS.get(cells[14], cells[14]))
    row = Row(target, cells[1], via, _codes(cells[15]), _fixed(fixed), _when(name, cells))
    try:
        found = path(root, target)
    except UnknownPathError as fault:
        raise LeftOut(f"no place in R4: {fault}") from None
    if via and row.fixed and not found.kind[0].islower():
        row = msgspec.structs.replace(row, fixed="")
    if target == "$this" and not via and not row.fixed:
        raise LeftOut("nothing to go by")
    if found.kind == "Reference" and not via and not fixed:
        raise LeftOut("a reference to nothing that is named")
    return row


def _flat(text: str) -> str:
    return " ".join(text.split())


def _map(name: str) -> str:
    """``CWE[code]`` for CWE[Code] and the like: the guide writes them both ways."""
    kind, bracket, rest = name.partition("[")
    inner = rest.rstrip("]")
    return f"{kind.strip()}[{slips.TYPES.get(inner, inner)}]" if bracket else name


def _codes(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9\[\].-]", "", name) if name and "http" not in name else ""


def _fixed(text: str) -> str:
    if text in slips.FIXED:
        text = slips.FIXED[text]
    if text.startswith(("/", "#")):
        raise LeftOut("what is to stand there is left to whoever does it")
    if text and text[0] != "@" and '"' not in text and not re.search(r"[A-Z]{2,3}[.-]?\d", text):
        text = f'"{text}"'
    return re.sub(r'"\s+|\s+"', '"', text) if text.count('"') == 2 and "+" not in text else text


def _when(name: str, cells: list[str]) -> str:
    computable, words = _flat(cells[6]), _flat(cells[8])
    for wrong, right in slips.CONDITIONS:
        computable = computable.replace(wrong, right)
    if computable.startswith("IF CX.4 IN http"):
        computable = "@system"
    if not computable and words:
        known = next((meaning for begin, meaning in slips.WORDS if words.casefold().startswith(begin)), None)
        if known is None:
            raise LeftOut(f"a condition in words that is not known: {words[:60]}")
        if known == "never":
            raise LeftOut("a condition that never holds here")
        computable = slips.ROLES.get((name, cells[9]), known)
    if computable == "always":
        return ""
    if computable and not computable.startswith("@"):
        try:
            condition(computable, cells[1])
        except NotACondition as fault:
            raise LeftOut(f"a condition that cannot be read: {fault}") from None
    return computable.removeprefix("IF ").removeprefix("If ")


def codes_of(guide: Path, counts: Counter[str]) -> str:
    """The code tables."""
    made = []
    for name, lines in _sheets(guide / "codesystems"):
        made.append(f"\ncodes {_codes(name)}")
        for cells in lines:
            code, to, display, system = cells[0], cells[6], cells[8] or cells[7], cells[9]
            if code and to and " " not in to and len(to) < 50:
                made.append(f"  {_flat(code)} > {to} | {_flat(display)} | {system.split(' ')[0]}".rstrip(" |"))
                counts["codes"] += 1
    return "\n".join(made) + "\n"


def messages_of(guide: Path, counts: Counter[str]) -> str:
    """What stands where in a message, and what is made of it."""
    made = []
    for name, lines in _sheets(guide / "messages"):
        made.append(f"\nmessage {name}")
        opened: list[str] = []
        before = ""
        for cells in lines:
            identifier, syntax = cells[1].replace(":follow:", "."), cells[2]
            # A prior result begins like the next order; nothing is made of it.
            if not identifier or ".PRIOR_RESULT" in identifier:
                continue
            if identifier.startswith("/"):
                while opened and identifier.split(".")[-1] in opened:
                    made.append(f"{'  ' * len(opened)}}}")
                    if opened.pop() == identifier.split(".")[-1]:
                        break
                continue
            segment = re.sub(r"[^A-Z0-9]", "", syntax.split(",")[0])
            last = identifier.split(".")[-1]
            if not re.fullmatch(r"[A-Z][A-Z0-9]{2}", segment):
                if re.search(r"[\[{<]", syntax) and last not in opened:
                    opened.append(last)
                    made.append(f"{'  ' * len(opened)}{last} {{")
                continue
            margin = "  " * (len(opened) + 1)
            if identifier + segment != before:
                made.append(margin + segment)
            before = identifier + segment
            for text in _making(cells, counts):
                made.append(f"{margin}  -> {text}")
    return "\n".join(made) + "\n"


def _making(cells: list[str], counts: Counter[str]) -> list[str]:
    label, name = _flat(cells[9]), _map(cells[10])
    if label.endswith("].note"):
        label = label.removesuffix(".note")
        name = "NTE[Observation]" if label.startswith("Observation") else name
    label = label.replace("[1..n]", "[n]").replace("[each]", "[n]")
    if not name or name in slips.NOT_MADE or not re.fullmatch(r"[A-Za-z]+(\[\w+\])?", label):
        counts["makings left out"] += bool(name)
        return []
    when = _flat(cells[6])
    for wrong, right in slips.CONDITIONS:
        when = when.replace(wrong, right)
    if not when and _flat(cells[8]).startswith("If in context of a episode"):
        return []
    links = []
    for link in re.split(r"[;\n]", cells[11]):
        text = re.sub(r"\.(reference|id)(?==|$)", "", _flat(link))
        text = (
            re.sub(r"\[PID\]|\[SPM\]", "", text)
            .replace("Immunzation", "Immunization")
            .replace(".subject.id", ".subject")
        )
        text = re.sub(r"\.(reference|id)(?==|$)", "", text)
        if re.fullmatch(r"[A-Za-z]+(\[\w+\])?\.[A-Za-z.]+=[A-Za-z]+(\[\w+\])?", text):
            links.append(text)
    counts["makings"] += 1
    return ["; ".join([f"{label} {name}", *links]) + (f" ? {when.removeprefix('IF ')}" if when else "")]


if __name__ == "__main__":
    sys.exit(main())
