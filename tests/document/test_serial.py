"""What is frozen comes back equal."""

import json

import pytest
from hypothesis import given, settings

from crisis_plan.document.blocks import Document
from crisis_plan.document.serial import UnknownFormat, canonical_bytes, from_json, to_json
from tests.document.documents import plan
from tests.document.strategies import documents


@settings(max_examples=60, deadline=None)
@given(documents)
def test_any_document_comes_back_equal_from_its_json(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


@settings(max_examples=20, deadline=None)
@given(documents)
def test_its_canonical_bytes_are_those_of_the_document_read_back(document: Document) -> None:
    assert canonical_bytes(from_json(json.loads(canonical_bytes(document)))) == canonical_bytes(document)


def test_half_a_character_does_not_stop_the_hash() -> None:
    assert canonical_bytes(plan(title="cassé \ud83d"))


def test_a_plain_row_costs_little_more_than_its_words() -> None:
    assert len(canonical_bytes(plan(701))) - len(canonical_bytes(plan(1))) < 700 * 95


def test_a_format_from_the_future_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        from_json(to_json(plan()) | {"format": 99})
