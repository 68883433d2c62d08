#!/bin/sh
# The browser tests drive the system's Chromium, and qpdf checks the PDFs: find them, or install Debian's packages.
# The shell without windows takes a third less time than the whole browser, which does as well where it is there.
set -eu
has() { command -v "$1" >/dev/null 2>&1; }
can_install() { [ "$(id -u)" = 0 ] && has apt-get; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }

has_browser() { has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }
has chromium-headless-shell && has qpdf && exit 0
if can_install; then
    apt-get update -qq || true
    has chromium-headless-shell || install chromium-headless-shell || has_browser || install chromium
    has qpdf || install qpdf
elif ! { has_browser && has qpdf; }; then
    echo "make test needs a Chromium and qpdf. On Debian or Ubuntu: sudo apt-get install chromium qpdf" >&2
    exit 1
fi
