"""Templates keep to the part of htmx 4 and of HTML that the strict policy and the decisions allow.

`hx-sync` is part of it for one reason: without it htmx 4 drops a request that starts while another one of the same
element runs, and a search as one types loses the last letters typed; `hx-sync="replace"` lets the newest one win.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

TEMPLATES = Path(__file__).parents[2] / "templates"
ALLOWED = frozenset(
    {
        "hx-get", "hx-post", "hx-target", "hx-swap", "hx-trigger", "hx-include", "hx-swap-oob", "hx-push-url", "hx-sync",
    }
)  # fmt: skip
BY_STATUS = re.compile(r"hx-status:[1-5][0-9x]{2}")
ATTRIBUTE = re.compile(r"(?<![\w-])(?:data-)?hx-[\w:.-]+(?=\s*=|[\s>])")
WRITTEN = [pytest.param(path, id=str(path.relative_to(TEMPLATES))) for path in sorted(TEMPLATES.rglob("*.html"))]

HTMX_2_SPELLINGS = (
    "hx-ext", "hx-vars", "hx-disinherit", "hx-inherit", "hx-history", "hx-on", "hx-disabled-elt", "hx-request",
    "hx-params", "hx-prompt", "htmx:afterSwap", "htmx:beforeSwap", "htmx:afterRequest", "htmx:beforeRequest",
    "htmx:responseError", "htmx:sendError", "htmx:afterSettle", "htmx:configRequest", "htmx:load",
)  # fmt: skip
FORBIDDEN = {
    "a style of its own": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "a script of its own": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler of its own": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
    "a script as a value": re.compile(r"hx-[\w-]+\s*=\s*[\"'][^\"']*\bjs:", re.IGNORECASE),
    "a filtered trigger": re.compile(r"hx-trigger\s*=\s*[\"'][^\"']*\["),
    "unescaped text": re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false"),
    "an address from elsewhere": re.compile(
        r"<(?:script|link|img|iframe|form)\b[^>]*(?:src|href|action)=\"(?:https?:)?//"
    ),
}
FROM_A_DISK = TEMPLATES / "pilotage" / "crisis_pack" / "pack"
"""Pages that the site never serves: whoever opens the crisis pack has no site, so their look is inside them."""


def without_comments(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", WRITTEN)
def test_a_template_uses_only_the_chosen_part_of_htmx(path: Path) -> None:
    used = set(ATTRIBUTE.findall(without_comments(path)))
    assert {name for name in used if name not in ALLOWED and not BY_STATUS.fullmatch(name)} == set()


@pytest.mark.parametrize("path", WRITTEN)
def test_a_template_bears_nothing_that_the_policy_would_refuse(path: Path) -> None:
    source, refused = without_comments(path), dict(FORBIDDEN)
    if path.is_relative_to(FROM_A_DISK):
        del refused["a style of its own"]
    assert [what for what, pattern in refused.items() if pattern.search(source)] == []


@pytest.mark.parametrize("path", [*WRITTEN, *sorted((TEMPLATES.parent / "static" / "js").glob("*.js"))])
def test_nothing_is_spelt_as_htmx_2_did(path: Path) -> None:
    source = without_comments(path)
    assert [old for old in HTMX_2_SPELLINGS if re.search(rf"{re.escape(old)}(?![\w-])", source)] == []


def test_a_form_that_htmx_sends_is_also_a_plain_form() -> None:
    """Its method and address are written too: the same form works without a script."""
    alone = []
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form\b[^>]*(?:hx-get|hx-post)[^>]*>", without_comments(path), flags=re.DOTALL):
            if "action=" not in form or "method=" not in form:
                alone.append(f"{path.relative_to(TEMPLATES)}: {form[:100]}")
    assert alone == []


def test_no_form_stops_before_the_server_has_spoken() -> None:
    """`required` without `novalidate` would hide the messages of the server, which are the only ones in our words."""
    stopped = []
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form\b[^>]*method=\"post\"[^>]*>", without_comments(path), flags=re.DOTALL):
            has_fields = "ui.field(" in path.read_text(encoding="utf-8")
            if has_fields and "novalidate" not in form and "data-sign-out" not in form:
                stopped.append(f"{path.relative_to(TEMPLATES)}: {form[:100]}")
    assert stopped == []


def test_nothing_in_python_makes_text_into_markup(app: Flask) -> None:
    package = TEMPLATES.parent / "crisis_plan"
    found = [str(path) for path in package.rglob("*.py") if re.search(r"\bMarkup\(|\|\s*safe\b", path.read_text())]
    assert found == []
    assert app.jinja_env.autoescape
