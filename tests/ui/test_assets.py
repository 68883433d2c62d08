"""What the browser is sent."""

from __future__ import annotations

import gzip
import hashlib
import re

from tests.ui.conftest import ROOT

STATIC = ROOT / "static"
BASE = (ROOT / "templates" / "layouts" / "base.html").read_text()


def test_vendored_htmx_is_the_published_file() -> None:
    digest, name = (STATIC / "vendor" / "htmx-4.0.1.min.js.sha256").read_text().split()
    assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest


def test_the_font_is_the_published_file() -> None:
    font = STATIC / "fonts" / "source-sans-3-latin-5.3.0.woff2"
    assert hashlib.sha256(font.read_bytes()).hexdigest() in (STATIC / "fonts" / "README.md").read_text()


def test_every_stylesheet_and_script_is_loaded_by_the_layout_or_by_the_pages_that_need_it() -> None:
    loaded = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"for name in \(([^)]*)\)", BASE)))) | {"print"}
    loaded.add("service-worker")  # asked by the browser itself, at the root (`pages.service_worker`)
    pages = " ".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    loaded |= set(re.findall(r"filename=['\"](?:css|js)/([a-z_-]+)\.", pages))
    ours = {path.stem for kind in ("css", "js") for path in (STATIC / kind).iterdir()}
    assert ours - loaded == set()


def test_what_every_page_loads_is_light() -> None:
    fonts = sum(path.stat().st_size for path in STATIC.glob("fonts/*.woff2"))
    texts = [
        path for pattern in ("css/*.css", "js/*.js", "vendor/*.js", "icons/*.svg") for path in STATIC.glob(pattern)
    ]
    assert fonts + sum(len(gzip.compress(path.read_bytes())) for path in texts) < 100_000


def test_a_stylesheet_asks_nothing_from_elsewhere() -> None:
    asked = [url for path in STATIC.glob("css/*.css") for url in re.findall(r'url\("?([^")]+)', path.read_text())]
    assert asked == ["../fonts/source-sans-3-latin-5.3.0.woff2"]
