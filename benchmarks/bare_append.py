"""A Flask application with one view and nothing else: it reads the user and inserts two rows, with the same pragmas.

What appending to the logbook is measured against. `DATABASE_URL` names a file of its own.
"""

from __future__ import annotations

import os
import uuid

import sqlalchemy as sa
from flask import Flask, request

from crisis_plan import sqlite

engine = sa.create_engine(os.environ["DATABASE_URL"])
sa.event.listen(engine, "connect", sqlite.configure)
metadata = sa.MetaData()
users = sa.Table("users", metadata, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("name", sa.String(160)))
rows = sa.Table(
    "entries",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("author_id", sa.ForeignKey("users.id")),
    sa.Column("text", sa.Text),
)
app = Flask("bare")
SOMEONE = uuid.UUID(int=1)
metadata.create_all(engine)
with engine.begin() as first:
    if first.scalar(sa.select(users.c.id)) is None:
        first.execute(sa.insert(users).values(id=SOMEONE, name="Claire"))


@app.post("/")
def append() -> tuple[str, int]:
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        author = connection.execute(sa.select(users).where(users.c.id == SOMEONE)).one()
        for _ in range(2):
            connection.execute(sa.insert(rows).values(id=uuid.uuid4(), author_id=author.id, text=request.form["text"]))
        connection.commit()
    return "", 303
