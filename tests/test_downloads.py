"""Files that are answered: which ones a machine may keep."""

from __future__ import annotations

from flask import Flask

from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.pilotage.calls.factories import call_list, person

PUBLISHED = "private, no-cache"


def test_papers_with_names_and_private_numbers_stay_in_no_cache(
    app: Flask, cell_member: Browser, coordinator: Browser, cpts: Cpts
) -> None:
    listed = call_list(cpts, [person(cpts, "Ada")])
    papers = [
        cell_member.get(f"cpts.calls.{name}", list_id=listed.id) for name in ("proof", "call_sheet", "export_csv")
    ]
    papers += [coordinator.get("cpts.stock.count_sheet"), coordinator.get("cpts.directory.export_csv")]
    kept = [(one.status, one.response.headers["Cache-Control"], one.response.headers.get("ETag")) for one in papers]
    assert kept == [(200, "no-store", None)] * len(papers)
