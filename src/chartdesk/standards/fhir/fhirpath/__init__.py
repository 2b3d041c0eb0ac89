"""FHIRPath, compiled to Python: the part of the language that rules of R4 and US Core are written in.

`condition` turns an expression into a test of a value, `selection` into a function that lists what it selects.
Both work on the structs of `r4` and on views of JSON alike. What goes beyond the subset raises UnsupportedError when
it is compiled, never when it runs. Guide section: FHIRPath (http://hl7.org/fhirpath/N1/).
"""

from .compiler import condition, selection
from .syntax import UnsupportedError, parse

__all__ = ["UnsupportedError", "condition", "parse", "selection"]
