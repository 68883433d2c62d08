"""A real server in processes of its own, which can be killed, and people who write through it over real HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from crisis_plan.settings import ROOT

PATIENCE = 60.0
"""Seconds: the machine may be busy with the other tests."""
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
NETWORK = (HTTPException, OSError)
"""What a client meets when the server dies under it: it sends again."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """gunicorn, one process and eight threads as in the Makefile; a killed process is forked anew by its master."""

    database: str
    log: Path
    port: int = field(default_factory=free_port)
    master: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = {"DATABASE_URL": self.database, "PORT": str(self.port)}
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
                   "--threads", "8", "--preload", "--log-level", "warning", "wsgi:app"]  # fmt: skip
        with self.log.open("ab") as log:
            self.master = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log, start_new_session=True
            )
        self.wait()

    def wait(self) -> None:
        """Until it listens."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def kill_worker(self) -> None:
        """`kill -9` of the process that serves."""
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children").read_text().split()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def kill(self) -> None:
        """`kill -9` of everything, at once."""
        os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait()

    @property
    def _master(self) -> subprocess.Popen[bytes]:
        assert self.master is not None, "not started"
        return self.master


@dataclass
class Acknowledged:
    """What the server said to have kept: text by key."""

    texts: dict[uuid.UUID, str] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)
    again: int = 0
    """How often something was sent again, because no answer came."""
    lock: Lock = field(default_factory=Lock)


@dataclass
class Writer:
    """Someone signed in who writes entries one after the other on one connection."""

    port: int
    address: str
    cookie: str
    token: str
    connection: HTTPConnection | None = None

    def send(self, key: uuid.UUID, text: str) -> int:
        """The status of the answer. Raises what the network raises."""
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        fields = {"csrf_token": self.token, "creation_key": str(key), "text": text, "kind": "information"}
        try:
            self.connection.request("POST", self.address, urlencode(fields), {**FORM, "Cookie": self.cookie})
            answer = self.connection.getresponse()
            answer.read()
        except NETWORK:
            self.hang_up()
            raise
        return answer.status

    def keep(self, key: uuid.UUID, text: str, said: Acknowledged) -> None:
        """Send until an answer comes; the same key each time."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                status = self.send(key, text)
            except NETWORK:
                with said.lock:
                    said.again += 1
                time.sleep(0.02)
                continue
            with said.lock:
                if status == 303:
                    said.texts[key] = text
                else:
                    said.refused.append((status, text))
            return
        raise AssertionError(f"no answer within {PATIENCE} s")

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def cookie_of(browser: Any) -> str:
    """The session of this browser, as it would send it."""
    found = browser.client.get_cookie(browser.app.config["SESSION_COOKIE_NAME"])
    return f"{found.key}={found.value}"
