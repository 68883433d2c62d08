"""Saying where each commune holds its register of vulnerable people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.risks import queries
from crisis_plan.adaptation.risks.models import CommuneRegister
from crisis_plan.adaptation.risks.register_rules import Merge, merge
from crisis_plan.db import db, hold
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts

SUBJECT = "commune_register"


@dataclass(frozen=True)
class Line:
    """What was on the page for a commune, and what is there now."""

    seen: str
    typed: str


class WrittenMeanwhile(Stale):
    """Somebody else answered for some of the communes; `stored` says what, by commune."""

    def __init__(self, stored: Mapping[str, str]) -> None:
        super().__init__()
        self.stored = dict(stored)


def write(cpts: Cpts, lines: Mapping[str, Line], *, for_all: str = "", by: Account, at: datetime) -> int:
    """Write the answers, and one for every commune still without any; how many changed. Raises `WrittenMeanwhile`."""
    hold(cpts)
    rows = queries.register_rows(cpts)
    stored = {code: rows[code].held_by if code in rows else "" for code in lines}
    merged = {code: merge(seen=line.seen, typed=line.typed, stored=stored[code]) for code, line in lines.items()}
    if clashing := [code for code, result in merged.items() if result is Merge.CONFLICT]:
        raise WrittenMeanwhile({code: stored[code] for code in clashing})
    wanted = {code: lines[code].typed if merged[code] is Merge.WRITE else stored[code] for code in lines}
    changed = {code: text or for_all for code, text in wanted.items() if (text or for_all) != stored[code]}
    for code, text in changed.items():
        _write(cpts, rows.get(code), code, text, at=at)
    if changed:
        history.record(history.Verb.CHANGED, SUBJECT, cpts.id, cpts_id=cpts.id, by=by, at=at, fields=list(changed))
        db.session.flush()
    return len(changed)


def _write(cpts: Cpts, register: CommuneRegister | None, code: str, text: str, *, at: datetime) -> None:
    if register is None:
        db.session.add(CommuneRegister(cpts_id=cpts.id, commune_code=code, held_by=text, updated_at=at))
    elif not text:
        db.session.delete(register)
    else:
        register.held_by, register.updated_at = text, at
