"""Several people post from the same moment, each from a thread of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier
from typing import Any

from werkzeug.test import TestResponse

from crisis_plan.db import db
from tests.browser import Browser

WRITERS = 6
Act = Callable[[int], dict[str, Any]]
"""What the writer of this rank types."""


def each_at_once(writers: list[Browser], does: Callable[[int], tuple[str, Act, dict[str, Any]]]) -> list[TestResponse]:
    """Everyone posts from a thread of their own, from the same moment: where, what is typed, and of which row."""
    start = Barrier(len(writers))
    acts = [does(rank) for rank in range(len(writers))]
    addresses = [writers[0].address(endpoint, **values) for endpoint, _, values in acts]
    tokens = [writer.csrf_token() for writer in writers]
    db.session.rollback()

    def post(rank: int) -> TestResponse:
        fields = {"csrf_token": tokens[rank], **acts[rank][1](rank)}
        start.wait(timeout=60)
        send = writers[rank].client.post
        own = {"Sec-Fetch-Site": "same-origin"}
        return Context().run(send, addresses[rank], data=fields, headers=own, buffered=True)

    with ThreadPoolExecutor(len(writers)) as threads:
        return list(threads.map(post, range(len(writers))))


def all_at_once(writers: list[Browser], endpoint: str, typed: Act, **values: object) -> list[TestResponse]:
    """Everyone posts to the same place from the same moment."""
    return each_at_once(writers, lambda _: (endpoint, typed, values))


def one_wins(writers: list[Browser], endpoint: str, typed: Act, **values: object) -> list[str]:
    """The pages of those who did not; everyone had seen version 1."""
    answers = all_at_once(writers, endpoint, lambda rank: {"seen_version": "1", **typed(rank)}, **values)
    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: len(writers) - 1}
    db.session.expire_all()
    return [answer.get_data(as_text=True) for answer in answers if answer.status_code == 409]
