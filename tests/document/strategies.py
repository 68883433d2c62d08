"""Any document at all, for properties that must hold whatever is printed."""

from __future__ import annotations

from hypothesis import strategies as st

from crisis_plan.document.blocks import (
    BulletList,
    Chapter,
    CheckItem,
    CheckList,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    TimeLine,
    Tone,
)
from crisis_plan.document.lanes import Band, Curve, Lane, Mark, Shape, Tick

words = st.text(max_size=40)
looks = st.booleans()
spans = st.builds(
    Span, words, looks, looks, st.sampled_from(["", "https://a.fr/é?b=1", "javascript:x", "tel:15"]), looks
)
texts = st.lists(spans, max_size=3).map(tuple)
cells = words | texts
facts = st.builds(Facts, st.lists(st.builds(Fact, words, cells, looks, looks), max_size=3).map(tuple), looks)
columns = st.builds(Column, words, st.floats(0, 9, allow_nan=False), looks, looks, looks, looks)
rows = st.builds(Row, st.lists(cells, max_size=4).map(tuple), words, looks)
tables = st.builds(
    Table, words, st.lists(columns, max_size=4).map(tuple), st.lists(rows, max_size=3).map(tuple), words, looks, looks
)
positions = st.floats(0, 1, allow_nan=False)
marks = st.builds(Mark, positions, words, words, st.integers(1, 5_000))
bands = st.builds(Band, positions, positions, words, words)
lanes = st.builds(
    Lane,
    words,
    st.sampled_from(Shape),
    st.lists(marks, max_size=3).map(tuple),
    st.lists(bands, max_size=3).map(tuple),
    looks,
    words,
)
curves = st.builds(Curve, words, st.lists(st.tuples(positions, st.integers(0, 900)), max_size=4).map(tuple), words)
ticks = st.builds(Tick, positions, words, looks)
time_lines = st.builds(
    TimeLine,
    words,
    words,
    words,
    st.lists(ticks, max_size=3).map(tuple),
    st.lists(lanes, max_size=3).map(tuple),
    st.none() | curves,
    tables,
    looks,
)
leaves = (
    st.builds(Heading, words, st.integers(2, 4), words, looks, looks)
    | st.builds(Paragraph, texts, looks)
    | facts
    | tables
    | time_lines
    | st.builds(Notice, texts, st.sampled_from(Tone), words, looks)
    | st.builds(
        CheckList, st.lists(st.builds(CheckItem, texts, words, words, words, looks), max_size=3).map(tuple), looks
    )
)
blocks = st.recursive(
    leaves,
    lambda inner: st.builds(
        BulletList,
        st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
        looks,
        st.integers(0, 99),
        looks,
    ),
    max_leaves=5,
)
concerns = st.lists(words, max_size=2).map(tuple)
chapters = st.builds(
    Chapter, words, words, st.lists(blocks, max_size=4).map(tuple), st.sampled_from(Part), looks, concerns, concerns
)
parts = st.lists(chapters, max_size=4).map(tuple)
documents = st.builds(Document, words, words, words, words, st.dates(), words, words, facts, parts, words, words)
