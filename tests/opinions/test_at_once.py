"""Several answers sent at the same moment: one is kept, the others are shown what came before them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier

from flask import Flask
from werkzeug.test import TestResponse

from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.opinions import queries
from crisis_plan.opinions.models import Opinion
from crisis_plan.organisations.models import Cpts
from tests.browser import Browser
from tests.factories import member
from tests.opinions.factories import opinion, version

WRITERS = 5


def answered_at_once(writers: list[Browser], begun: Opinion, *, seen: int) -> list[TestResponse]:
    """Everyone sends the answer that they wrote under the same last message."""
    start = Barrier(len(writers))
    address = writers[0].address("cpts.opinions.reply", opinion_id=begun.id)
    tokens = [writer.csrf_token() for writer in writers]
    db.session.rollback()

    def send(rank: int) -> TestResponse:
        fields = {"csrf_token": tokens[rank], "seen_number": str(seen), "text": f"Réponse {rank}"}
        start.wait(timeout=60)
        post, headers = writers[rank].client.post, {"Sec-Fetch-Site": "same-origin"}
        return Context().run(post, address, data=fields, headers=headers, buffered=True)

    with ThreadPoolExecutor(len(writers)) as threads:
        answers = list(threads.map(send, range(len(writers))))
    db.session.expire_all()
    return answers


def test_answers_sent_at_once_are_numbered_without_gaps_and_none_is_lost(
    app: Flask, cpts: Cpts, ars_reader: Browser
) -> None:
    accounts = [member(cpts, Role.COORDINATOR) for _ in range(WRITERS)]
    db.session.commit()
    writers = [Browser(app, account, cpts) for account in accounts]
    begun = opinion(cpts, version(cpts), ars_reader.account)
    for seen in (1, 2):
        answers = answered_at_once(writers, begun, seen=seen)
        assert Counter(answer.status_code for answer in answers) == {303: 1, 409: WRITERS - 1}
        for rank, answer in enumerate(answers):
            assert (f"Réponse {rank}</textarea>" in answer.get_data(as_text=True)) == (answer.status_code == 409)
    assert [message.number for message in queries.opinion_or_404(cpts, begun.id).messages] == [1, 2, 3]
