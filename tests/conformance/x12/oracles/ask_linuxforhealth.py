"""Runs in the environment of linuxforhealth-x12: judges the files of each line of standard input, a JSON list.

The answer, a line, maps each file to its list of faults, empty where the models accept it.
"""

import json
import sys
from pathlib import Path

from linuxforhealth.x12.io import X12ModelReader
from pydantic import ValidationError


def faults(path):
    """What the models find wrong with a file."""
    try:
        with X12ModelReader(Path(path).read_text(encoding="ascii")) as reader:
            count = sum(1 for _ in reader.models())
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    except Exception as error:  # a crash of the validator is an answer too
        return [f"crashed: {type(error).__name__}: {error}"]
    return [] if count else ["no transaction set found"]


for line in sys.stdin:
    print(json.dumps({path: faults(path) for path in json.loads(line)}), flush=True)
