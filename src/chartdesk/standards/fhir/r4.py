"""The R4 types by name: `r4.Patient(name=[r4.HumanName(family="Moss")])`.

Attributes are named as FHIR names them; Python keywords get a trailing underscore (`class_`, `for_`). A
choice element is one attribute per type (`valueQuantity`, `valueString`), a primitive's id and extensions
stand beside it (`_birthDate`). What is absent is None, or an empty sequence.
"""

from ._generated.datatypes import *  # noqa: F403
from ._generated.datatypes import __all__ as _datatypes
from ._generated.resources import *  # noqa: F403
from ._generated.resources import __all__ as _resources

__all__ = _datatypes + _resources  # noqa: PLE0605
