"""Runs in the environment of pyx12: judges the files of each line of standard input, a JSON list; answers in a line.

The answer maps each file to its list of faults, empty where pyx12 accepts it.
"""

import functools
import io
import json
import logging
import sys
from pathlib import Path

import pyx12.map_if
import pyx12.map_index
import pyx12.params
import pyx12.x12n_document

# Reading a map takes longer than judging a file by it, and judging does not change it.
MAPS = {}
READ_MAP = pyx12.map_if.load_map_file


def map_of(name, *rest):
    """The map of that name, read once."""
    if name not in MAPS:
        MAPS[name] = READ_MAP(name, *rest)
    return MAPS[name]


pyx12.map_if.load_map_file = map_of
pyx12.map_index.map_index = functools.cache(pyx12.map_index.map_index)


def faults(path):
    """What pyx12 finds wrong with a file."""
    answer = io.StringIO()
    text = Path(path).read_text(encoding="ascii", errors="replace")
    try:
        accepted = pyx12.x12n_document.x12n_document(
            pyx12.params.params(), io.StringIO(text), None, None, fd_json=answer
        )
    except Exception as error:  # a crash of the validator is an answer too
        return [f"crashed: {type(error).__name__}: {error}"]
    found = list(told(json.loads(answer.getvalue() or "{}"), ""))
    return found or ([] if accepted else ["refused"])


def told(part, where):
    """Every error in pyx12's tree, with the segment it is at."""
    if isinstance(part, list):
        for one in part:
            yield from told(one, where)
    elif isinstance(part, dict):
        here = " ".join(str(part[key]) for key in ("seg_id", "seg_count", "ele_pos", "refdes") if part.get(key))
        place = f"{where} {here}".strip()
        if "err_str" in part or "err_cde" in part or "message" in part:
            code, text = part.get("err_cde", part.get("code", "")), part.get("err_str", part.get("message"))
            yield f"{place}: {code} {text}"
        for one in part.values():
            if isinstance(one, (list, dict)):
                yield from told(one, place)


logging.getLogger("pyx12").setLevel(logging.CRITICAL)
for line in sys.stdin:
    print(json.dumps({path: faults(path) for path in json.loads(line)}), flush=True)
