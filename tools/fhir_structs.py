"""Write the msgspec structs of the R4 types from the facts."""

from __future__ import annotations

import keyword
from collections.abc import Iterator

from fhir_definitions import Element, Facts, TypeFacts

PYTHON_TYPES = {
    "boolean": "bool",
    "decimal": "Decimal",
    "integer": "Integer",
    "positiveInt": "PositiveInt",
    "unsignedInt": "UnsignedInt",
}
OPTIONS = "kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False"

HEADER = '''"""{what} Written by tools/generate_fhir.py; do not edit."""

# ruff: noqa

from __future__ import annotations

{imports}
'''

DATATYPE_IMPORTS = """from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import msgspec

Integer = Annotated[int, msgspec.Meta(ge=-2147483648, le=2147483647)]
PositiveInt = Annotated[int, msgspec.Meta(ge=1, le=2147483647)]
UnsignedInt = Annotated[int, msgspec.Meta(ge=0, le=2147483647)]
String = Annotated[str, msgspec.Meta(min_length=1)]
Filled = msgspec.Meta(min_length=1)
"""

RESOURCE_IMPORTS = """from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Union

import msgspec

from .datatypes import *
from .datatypes import Filled, Integer, PositiveInt, String, UnsignedInt
"""


def is_primitive(kind: str) -> bool:
    return kind[0].islower()


def takes_extension(kind: str) -> bool:
    """Whether a primitive has a sibling member with an underscore for its id and extensions."""
    return is_primitive(kind) and not kind.startswith("system.") and kind != "xhtml"


def attribute(name: str) -> str:
    """The Python attribute of a JSON member: keywords get a trailing underscore."""
    return name + "_" if keyword.iskeyword(name) else name


def is_resource(facts: Facts, item: TypeFacts) -> bool:
    """Whether the type, or the type that it is nested in, is a resource."""
    return facts.types[item.path.partition(".")[0]].kind == "resource"


def datatypes(facts: Facts) -> str:
    """Source text of the module with all data types."""
    items = [t for t in facts.types.values() if not is_resource(facts, t)]
    return _module("Data types of FHIR R4.", DATATYPE_IMPORTS, facts, items, "")


def resources(facts: Facts) -> str:
    """Source text of the module with all resource types."""
    items = [t for t in facts.types.values() if is_resource(facts, t)]
    names = [t.name for t in items if t.kind == "resource" and not t.abstract]
    union = "\n\n# To a type checker any resource is a Resource; to msgspec it is one of these.\n"
    union += "if TYPE_CHECKING:\n    AnyResource = Resource\nelse:\n    AnyResource = Union[\n"
    union += "".join(f"        {name},\n" for name in sorted(names)) + "    ]\n"
    return _module("Resource types of FHIR R4.", RESOURCE_IMPORTS, facts, items, union)


def _module(what: str, imports: str, facts: Facts, items: list[TypeFacts], tail: str) -> str:
    local = {t.name for t in items}
    order: list[str] = []
    for item in items:
        _place(facts, item.name, local, order)
    exported = "__all__ = [\n" + "".join(f'    "{name}",\n' for name in sorted(order)) + "]\n"
    classes = "".join("\n\n" + "\n".join(_class(facts.types[name])) + "\n" for name in order)
    return HEADER.format(what=what, imports=imports) + "\n" + exported + classes + tail


def _place(facts: Facts, name: str, local: set[str], order: list[str]) -> None:
    """Parents before children."""
    if name in order or name not in local:
        return
    _place(facts, facts.types[name].parent, local, order)
    order.append(name)


def _class(item: TypeFacts) -> Iterator[str]:
    options = OPTIONS
    if item.kind == "resource" and not item.abstract:
        options += f', tag_field="resourceType", tag="{item.name}"'
    renamed = [n for e in item.elements for n, _ in e.fields() if keyword.iskeyword(n)]
    if renamed:
        options += ", rename={" + ", ".join(f'"{attribute(n)}": "{n}"' for n in renamed) + "}"
    yield f"class {item.name}({item.parent or 'msgspec.Struct'}, {options}):"
    if item.kind == "resource":
        yield f'    resourceType: ClassVar[str] = "{item.name}"'
    for element in item.elements:
        yield from _fields(element)
    if not item.elements and item.kind != "resource":
        yield "    pass"


def _fields(element: Element) -> Iterator[str]:
    for name, kind in element.fields():
        if element.many:
            member = python_type(kind) + (" | None" if is_primitive(kind) else "")
            yield f"    {attribute(name)}: Annotated[Sequence[{member}], Filled] = ()"
            if takes_extension(kind):
                yield f"    _{name}: Annotated[Sequence[Element | None], Filled] = ()"
        else:
            yield f"    {attribute(name)}: {python_type(kind)} | None = None"
            if takes_extension(kind):
                yield f"    _{name}: Element | None = None"


def python_type(kind: str) -> str:
    """The Python annotation of one value of a FHIR type."""
    if is_primitive(kind):
        return PYTHON_TYPES.get(kind, "String")
    return "AnyResource" if kind == "Resource" else kind
