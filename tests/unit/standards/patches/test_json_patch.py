"""JSON Patch: the cases of RFC 6902's appendix and the ones that hurt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards import patches
from chartdesk.standards.patches.json_patch import applied

KEPT = b'{"resourceType":"Observation","id":"o","valueQuantity":{"value":72.50}}'


@pytest.mark.parametrize(
    ("document", "operations", "expected"),
    [
        ({"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux"}], {"baz": "qux", "foo": "bar"}),
        ({"foo": ["bar", "baz"]}, [{"op": "add", "path": "/foo/1", "value": "qux"}], {"foo": ["bar", "qux", "baz"]}),
        ({"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
        ({"foo": ["bar", "qux", "baz"]}, [{"op": "remove", "path": "/foo/1"}], {"foo": ["bar", "baz"]}),
        ({"baz": "qux"}, [{"op": "replace", "path": "/baz", "value": "boo"}], {"baz": "boo"}),
        (
            {"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}},
            [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
            {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
        ),
        (
            {"foo": ["all", "grass", "cows", "eat"]},
            [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
            {"foo": ["all", "cows", "eat", "grass"]},
        ),
        ({"baz": "qux"}, [{"op": "test", "path": "/baz", "value": "qux"}], {"baz": "qux"}),
        (
            {"foo": "bar"},
            [{"op": "add", "path": "/child", "value": {"a": {}}, "xyz": 1}],
            {"foo": "bar", "child": {"a": {}}},
        ),
        ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
        ({"foo": ["bar"]}, [{"op": "add", "path": "/foo/-", "value": ["abc"]}], {"foo": ["bar", ["abc"]]}),
        ({"a": 1}, [{"op": "add", "path": "", "value": {"b": 2}}], {"b": 2}),
        ({"a": {"b": [1]}}, [{"op": "copy", "from": "/a", "path": "/c"}], {"a": {"b": [1]}, "c": {"b": [1]}}),
        ({"": 1}, [{"op": "replace", "path": "/", "value": 2}], {"": 2}),
        ({"a": 1}, [{"op": "test", "path": "/a", "value": 1.0}], {"a": 1}),
        ({"a": [1, 2]}, [{"op": "move", "from": "/a/0", "path": "/a/0"}], {"a": [1, 2]}),
    ],
)
def test_what_each_operation_does(document: Any, operations: list[dict[str, Any]], expected: Any) -> None:
    assert applied(document, operations) == expected


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ({"op": "test", "path": "/foo", "value": "other"}, "another"),
        ({"op": "test", "path": "/one", "value": True}, "another"),
        ({"op": "add", "path": "/nothing/here", "value": 1}, "'nothing'"),
        ({"op": "add", "path": "/list/2", "value": 1}, "no place 2"),
        ({"op": "add", "path": "/list/01", "value": 1}, "not a place"),
        ({"op": "add", "path": "/foo/x", "value": 1}, "holds no other"),
        ({"op": "add", "path": "/x"}, "value is missing"),
        ({"op": "replace", "path": "/x", "value": 1}, "'x'"),
        ({"op": "remove", "path": "/list/-"}, "not a place"),
        ({"op": "remove", "path": ""}, "whole"),
        ({"op": "remove", "path": "foo"}, "slash"),
        ({"op": "remove", "path": "/a~2"}, "tilde"),
        ({"op": "remove", "path": 7}, "path"),
        ({"op": "move", "path": "/list/x", "from": "/list"}, "into itself"),
        ({"op": "move", "path": "/a"}, "from"),
        ({"op": "sing", "path": "/a"}, "op must be"),
        ({"path": "/a"}, "op must be"),
    ],
)
def test_what_cannot_be_done_is_said(operation: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said) as refusal:
        applied({"foo": "bar", "one": 1, "list": [1]}, [operation])
    assert "Operation 0" in refusal.value.message


def test_values_added_are_not_shared() -> None:
    operations = [
        {"op": "copy", "from": "/a", "path": "/b"},
        {"op": "add", "path": "/b/-", "value": 2},
    ]
    assert applied({"a": [1]}, operations) == {"a": [1], "b": [1, 2]}


def test_a_patch_that_doubles_is_stopped() -> None:
    operations = [{"op": "copy", "from": "/a", "path": "/a/-"}] * 60
    with pytest.raises(Invalid, match="more than"):
        applied({"a": list(range(50))}, operations)


def test_a_patch_that_nests_without_end_is_stopped() -> None:
    operations = [{"op": "add", "path": "/a" * depth, "value": {}} for depth in range(1, 1001)]
    with pytest.raises(Invalid, match="too deeply"):
        patches.read(patches.JSON, json.dumps(operations).encode()).applied(KEPT)


def test_numbers_keep_their_digits() -> None:
    patch = patches.read(patches.JSON, b'[{"op":"add","path":"/valueQuantity/unit","value":"kg"}]')
    changed = patch.applied(KEPT)
    assert b'"value":72.50' in changed
    patch = patches.read(patches.JSON, b'[{"op":"replace","path":"/valueQuantity/value","value":1.200}]')
    assert b'"value":1.200' in patch.applied(KEPT)


@pytest.mark.parametrize("path", ["/id", "/resourceType"])
def test_a_resource_stays_who_it_is(path: str) -> None:
    for operation in ({"op": "replace", "path": path, "value": "x"}, {"op": "remove", "path": path}):
        with pytest.raises(Invalid, match="type or the id"):
            patches.read(patches.JSON, json.dumps([operation]).encode()).applied(KEPT)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"[1]", b'{"op":"add"}', b"\xff", b"[" * 5000])
def test_what_is_no_patch_is_refused(text: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        patches.read(patches.JSON, text)
    assert refusal.value.issues[0].code == "structure"


def test_a_patch_of_too_many_operations_is_refused() -> None:
    text = json.dumps([{"op": "test", "path": "/id", "value": "o"}] * 1001).encode()
    with pytest.raises(Invalid, match="at most 1000"):
        patches.read(patches.JSON, text)
