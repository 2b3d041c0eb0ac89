"""Identity is set in the stored text; every other byte stays."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import encode, r4, splice, stamp

WHEN = "2024-05-31T14:30:00.000Z"


def spliced(body: bytes | str) -> bytes:
    return splice(body, id="new", version=7, last_updated=WHEN)


def test_other_members_keep_their_bytes():
    value = b'[ {"family" : "Mo\\u00df", "period":{"start":"2020"} } ]'
    body = b'{"name":' + value + b', "resourceType":"Patient","multipleBirthInteger" : 2,"id":"old"}'
    expected = (
        b'{"resourceType":"Patient","id":"new","meta":{"versionId":"7","lastUpdated":"' + WHEN.encode() + b'"},'
        b'"name":' + value + b',"multipleBirthInteger":2}'
    )
    assert spliced(body) == expected


def test_other_members_of_meta_are_kept():
    meta = b'{"profile":["http://p"],"versionId":"1","tag":[ {"code":"t"} ],"security":[],"lastUpdated":"x"}'
    out = spliced(b'{"resourceType":"Patient","meta":' + meta + b"}")
    raw = msgspec.json.decode(out, type=dict[str, msgspec.Raw])
    kept = msgspec.json.decode(raw["meta"], type=dict[str, msgspec.Raw])
    assert list(kept) == ["versionId", "lastUpdated", "profile", "tag", "security"]
    assert bytes(kept["tag"]) == b'[ {"code":"t"} ]'


def test_it_can_be_repeated():
    once = spliced(b'{"resourceType":"Patient","valueX":72.50}')
    assert spliced(once) == once


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"meta":1}', b'{"meta":null}', b'{"a":1', b'{"a":1}}', b"[" * 90_000]
)
def test_what_is_no_object_is_refused(body):
    with pytest.raises(Invalid) as caught:
        spliced(body)
    assert caught.value.issues


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=6), values), st.dictionaries(st.text(max_size=6), values), st.booleans())
def test_any_object_keeps_all_but_its_identity(members, meta, ascii_only):
    value = {"resourceType": "Patient", **members, "meta": meta}
    result = json.loads(spliced(json.dumps(value, ensure_ascii=ascii_only)))
    assert result == {
        **value,
        "id": "new",
        "meta": {**meta, "versionId": "7", "lastUpdated": WHEN},
    }


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_spliced_or_refused(body):
    try:
        spliced(body)
    except Invalid as error:
        assert error.issues


@pytest.mark.parametrize(
    "resource",
    [
        r4.Patient(id="p-1", active=True),
        r4.Patient(id="p-1"),
        r4.Patient(id="p-1", meta=r4.Meta(profile=["http://p"], versionId="3"), active=True),
        r4.Patient(active=True),
        r4.Basic(id="other", language="en", code=r4.CodeableConcept(text='"meta":{}')),
    ],
)
def test_a_text_that_encode_wrote_is_stamped_as_it_is_spliced(resource):
    text = encode(resource)
    stamped = stamp(text, type=resource.resourceType, id="p-1", version=7, last_updated=WHEN)
    assert stamped == splice(text, id="p-1", version=7, last_updated=WHEN)
