"""Real servers, as in the Makefile, and people who write or watch through them."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from benchmarks.demo import signed_in
from crisis_plan.settings import ROOT

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
POLL = {"HX-Request": "true"}


@contextmanager
def served(application: str, database: str) -> Iterator[int]:
    """gunicorn, one process and eight threads; its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8",
               "--log-level", "error", application]  # fmt: skip
    settings = {**os.environ, "DATABASE_URL": database, "CRISIS_PLAN_DEMO": "1", "PORT": str(port)}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", "/static/inconnu")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise TimeoutError(f"no server on {port}")


@dataclass
class Person:
    """Someone at the other end of one connection."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    connection: HTTPConnection | None = None

    def get(self, address: str) -> tuple[int, str]:
        """Status and body of what a live page asks for: a part, not a page."""
        return self._send("GET", address)

    def append(self, address: str, text: str) -> int:
        fields = {"csrf_token": self.token, "creation_key": str(uuid.uuid4()), "text": text, "kind": "information"}
        return self._send("POST", address, urlencode(fields))[0]

    def hang_up(self) -> None:
        if self.connection:
            self.connection.close()

    def _send(self, method: str, address: str, body: str | None = None) -> tuple[int, str]:
        """As a browser does: a kept connection that the server closed meanwhile is opened again."""
        headers = {**self.headers, **(FORM if body else POLL)}
        for connection in (self.connection, None):
            self.connection = connection or HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.connection.request(method, address, body, headers)
                answer = self.connection.getresponse()
            except (ConnectionError, HTTPException):
                self.connection.close()
                if connection is None:
                    raise
                continue
            return answer.status, answer.read().decode()
        raise ConnectionError(address)


def person(app: Flask, name: str, port: int) -> Person:
    """This account of the demonstration, signed in, with a token that its forms accept."""
    secret = secrets.token_hex(20)
    cookie = signed_in(app, name, csrf_token=secret)
    token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(secret)
    return Person(port, {"Cookie": cookie}, str(token))
