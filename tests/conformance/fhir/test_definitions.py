"""Our tables against those of others: the fhirclient package, and the published search parameters."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator

from fhirclient import models
from fhirclient.models.fhirabstractbase import FHIRAbstractBase

from chartdesk.standards.fhir.facts import members_of, resource_types, type_facts
from chartdesk.standards.fhir.search import parameters


def classes() -> Iterator[type[FHIRAbstractBase]]:
    for _, name, _ in pkgutil.iter_modules(models.__path__):
        if name.endswith("_tests") or name == "fhirelementfactory":
            continue
        module = importlib.import_module(f"fhirclient.models.{name}")
        for found in vars(module).values():
            if inspect.isclass(found) and issubclass(found, FHIRAbstractBase) and found.__module__ == module.__name__:
                yield found


def test_elements_agree_with_fhirclient():
    """Names, whether an element repeats or is required, and which choice it belongs to."""
    compared = 0
    for found in classes():
        if type_facts(found.__name__) is None:
            continue
        theirs = {p[1]: (p[3], p[5], p[4]) for p in found().elementProperties()}
        ours = {
            name: (element.many, element.required, element.name if element.choice else None)
            for name, (element, _) in members_of(found.__name__).items()
        }
        assert ours == theirs, found.__name__
        compared += 1
    assert compared > 650


def plain(expression: str) -> str:
    """An expression without spaces and brackets, its casts in one spelling."""
    text = re.sub(r"\.as\((\w+)\)", r".ofType(\1)", expression)
    text = re.sub(r"\(([\w.]+) as (\w+)\)", r"\1.ofType(\2)", text)
    text = re.sub(r"([\w.]+) as (\w+)", r"\1.ofType(\2)", text)
    return re.sub(r"[\s()]", "", text)


def test_search_parameters_agree_with_the_published_ones(r4_examples):
    published = {}
    for path in r4_examples.glob("SearchParameter-*.json"):
        resource = json.loads(path.read_text(encoding="utf-8"))
        published[resource["url"]] = resource
    compared = 0
    for name in resource_types():
        for parameter in parameters(name).values():
            if "/us/core/" in parameter.url:
                continue
            theirs = published[parameter.url]
            assert (parameter.code, parameter.kind) == (theirs["code"], theirs["type"])
            assert all(part in plain(theirs["expression"]) for part in plain(parameter.expression).split("|"))
            compared += 1
    assert compared > 2000
