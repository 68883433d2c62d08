#!/bin/sh
# The browser tests drive the system's Chromium, and qpdf checks the PDFs: find them, or install Debian's packages.
# The shell without windows takes a third less time than the whole browser: root gets it too, unless the network is slow.
set -eu
has() { command -v "$1" >/dev/null 2>&1; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }
has_browser() { [ -n "${CHROMIUM:-}" ] || has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }
can_install() { [ "$(id -u)" = 0 ] && has apt-get; }

{ [ -n "${CHROMIUM:-}" ] || has chromium-headless-shell; } && has qpdf && exit 0
if can_install; then
    timeout 120 apt-get update -qq || true
    if has_browser; then timeout 120 apt-get install -y -qq --no-install-recommends chromium-headless-shell || true
    else install chromium-headless-shell || install chromium; fi
    has qpdf || install qpdf
elif ! { has_browser && has qpdf; }; then
    echo "make test needs a Chromium and qpdf. On Debian or Ubuntu: sudo apt-get install chromium qpdf" >&2
    exit 1
fi
