"""What a time line draws, as JSON and back; a default value is left out, as in the rest of a document."""

from __future__ import annotations

from typing import Any

from crisis_plan.document.blocks import TimeLine
from crisis_plan.document.lanes import Band, Curve, Lane, Mark, Shape, Tick

Json = dict[str, Any]


def written_parts(line: TimeLine) -> Json:
    """All of it but its table."""
    return {
        "caption": line.caption,
        "starts": line.starts,
        "ends": line.ends,
        "ticks": [_write_tick(tick) for tick in line.ticks],
        "lanes": [_write_lane(lane) for lane in line.lanes],
    } | ({"curve": _write_curve(line.curve)} if line.curve else {})


def _write_tick(tick: Tick) -> Json:
    return {"at": tick.position, "label": tick.label} | ({"major": True} if tick.is_major else {})


def read_tick(content: Json) -> Tick:
    return Tick(content["at"], content["label"], content.get("major", False))


def _write_lane(lane: Lane) -> Json:
    parts: Json = {"name": lane.name, "shape": lane.shape.value}
    if lane.marks:
        parts["marks"] = [_write_mark(mark) for mark in lane.marks]
    if lane.bands:
        parts["bands"] = [_write_band(band) for band in lane.bands]
    if lane.empty:
        parts["empty"] = lane.empty
    return parts | ({"gap": True} if lane.is_gap else {})


def read_lane(content: Json) -> Lane:
    return Lane(
        content["name"],
        Shape(content["shape"]),
        tuple(_read_mark(mark) for mark in content.get("marks", ())),
        tuple(_read_band(band) for band in content.get("bands", ())),
        content.get("gap", False),
        content.get("empty", ""),
    )


def _write_mark(mark: Mark) -> Json:
    parts: Json = {"at": mark.position, "label": mark.label}
    if mark.word:
        parts["word"] = mark.word
    return parts | ({"count": mark.count} if mark.count != 1 else {})


def _read_mark(content: Json) -> Mark:
    return Mark(content["at"], content["label"], content.get("word", ""), content.get("count", 1))


def _write_band(band: Band) -> Json:
    return {"from": band.start, "to": band.end, "label": band.label} | ({"word": band.word} if band.word else {})


def _read_band(content: Json) -> Band:
    return Band(content["from"], content["to"], content["label"], content.get("word", ""))


def _write_curve(curve: Curve) -> Json:
    return {"name": curve.name, "steps": [list(step) for step in curve.steps]} | (
        {"unit": curve.unit} if curve.unit else {}
    )


def read_curve(content: Json | None) -> Curve | None:
    if content is None:
        return None
    return Curve(content["name"], tuple((at, count) for at, count in content["steps"]), content.get("unit", ""))
