"""The macros of `templates/ui/`, available in every template and block as `ui`."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Flask


class LazyMacros:
    """Compiled at first use: registering them must not need a request."""

    def __init__(self, app: Flask, template: str) -> None:
        self._app = app
        self._template = template

    @cached_property
    def _module(self) -> Any:
        return self._app.jinja_env.get_template(self._template).module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def ui_macros(app: Flask) -> None:
    """Register `ui` once; undefined names in templates are errors, not blanks."""
    app.jinja_env.globals["ui"] = LazyMacros(app, "ui/index.html")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
