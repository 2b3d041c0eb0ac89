"""Runs in the environment of linuxforhealth-x12: judges files named on standard input, one a line; prints
JSON.

The answer maps each file to its list of faults, empty where the models accept it.
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


print(json.dumps({line.strip(): faults(line.strip()) for line in sys.stdin if line.strip()}))
