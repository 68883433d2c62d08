"""An order on an entry reaches what was written after it: the debrief, its addenda, the improvements; one by one."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from crisis_plan.access.models import Account
from crisis_plan.db import Base, db
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import findings, meetings, texts
from crisis_plan.evaluation.debriefs.comments import comment, mark_of_comment
from crisis_plan.evaluation.debriefs.meetings import Told
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFile, DebriefFinding, FigureComment
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.debriefs.texts import WrittenHeading, mark_of_text
from crisis_plan.evaluation.improvements import operations
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.evaluation.room import addenda, validating
from crisis_plan.evaluation.room.erasing import forget_entry, may_repeat, repeats
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook.erasing import erase_content
from crisis_plan.pilotage.logbook.repeats import ERASED
from crisis_plan.web.attachments import Attachment
from tests.browser import Browser
from tests.evaluation.room.complete import EXTRACTED_ONLY as SECRET
from tests.evaluation.room.complete import VALIDATED_AT, a_complete_debrief, add, an_improvement, entry
from tests.factories import NOON, TODAY
from tests.publication.arranged import write_everything
from tests.publication.test_improvements import publish

LATER = VALIDATED_AT + timedelta(days=3)
GONE = "Contenu effacé sur décision d’une autorité"
SAME_WORDS = [
    "la description du bilan",
    "les enseignements du bilan",
    "les notes du bilan, «\u00a0Retour à chaud\u00a0»",
    "le commentaire du chiffre «\u00a0Décisions\u00a0»",
    "le constat n°\u00a05 du bilan",
    "l’amélioration n°\u00a04",
    "l’additif n°\u00a01 du bilan",
]
"""What repeats the entry without citing it."""


@pytest.fixture
def draft(cpts: Cpts, by: Account) -> Debrief:
    """What the fourth entry says stands in every text, in a finding that cites it, and in one that does not."""
    debrief = a_complete_debrief(cpts, by)
    for heading in WrittenHeading:
        texts.write(debrief, heading, f"Récit\u00a0: {SECRET}.", seen=mark_of_text(debrief, heading), by=by, at=NOON)
    told = Told(TODAY, TODAY, "Gil", "Paul", f"Il faut dire que {SECRET.lower()}")
    hot = debrief.meetings[0]
    meetings.tell(debrief, hot, told, seen_version=hot.version, today=TODAY, by=by, at=NOON)
    said = mark_of_comment(db.session.scalars(sa.select(FigureComment)).one())
    comment(debrief, "decisions", f"{SECRET}\u00a0!", seen=said, by=by, at=NOON)
    for cited in (entry(debrief, 4), None):
        weak = add(debrief, FindingKind.WEAK, f"Constat\u00a0: {SECRET}", by=by, entry=cited)
        findings.refuse(debrief, weak, f"{SECRET} jamais", by=by, at=NOON)
    db.session.commit()
    return debrief


@pytest.fixture
def debrief(draft: Debrief, by: Account) -> Debrief:
    """Validated, with an addendum and a document that say it too."""
    validating.validate(draft, by=by, at=VALIDATED_AT)
    db.session.commit()
    addenda.add(draft, f"Additif\u00a0: {SECRET}", by=by, at=LATER)
    kept = ImprovementDocument(improvement_id=improvement(4).id)
    kept.take(Attachment("facture.pdf", "application/pdf", SECRET.encode()), by=by, at=LATER)
    db.session.add(kept)
    db.session.commit()
    return draft


def improvement(number: int) -> Improvement:
    return db.session.scalars(sa.select(Improvement).where(Improvement.number == number)).one()


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def erase(debrief: Debrief, by: Account, *names: str) -> list[str]:
    """The fourth entry, what rests on it and, of what may repeat it, what has these names."""
    gone = entry(debrief, 4)
    chosen = [one.key for one in may_repeat(gone) if one.name in names]
    assert len(chosen) == len(names)
    erase_content(gone, ordered_by="Tribunal d’Alès", by=by, at=LATER)
    went = forget_entry(gone, with_repeats=True, chosen=chosen, by=by, at=LATER)
    db.session.commit()
    return list(went)


def where_it_stands() -> list[str]:
    """Every column of the debrief and of the improvements that still says it."""
    found = []
    for name in ("debriefs", "debrief_meetings", "debrief_findings", "figure_comments", "debrief_addenda",
                 "debrief_files", "improvements", "improvement_steps", "improvement_documents"):  # fmt: skip
        for row in db.session.execute(sa.select(Base.metadata.tables[name])).mappings():
            held = {
                key: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
                for key, value in row.items()
            }
            found += [f"{name}.{key}" for key, value in held.items() if SECRET.casefold() in str(value).casefold()]
    return found


def test_what_rests_on_the_entry_is_told_from_what_may_repeat_it(debrief: Debrief) -> None:
    gone = entry(debrief, 4)
    assert repeats(gone).erasable == (
        "les constats du bilan qui citent l’entrée",
        "les améliorations qui répondent à ces constats",
    )
    found = may_repeat(gone)
    assert [one.name for one in found if one.says_the_same] == SAME_WORDS
    others = [one.name for one in found if not one.says_the_same]
    assert others[-1] == "le document «\u00a0facture.pdf\u00a0» de l’amélioration n°\u00a04"
    assert {"le constat n°\u00a01 du bilan", "l’amélioration n°\u00a01"} < set(others)
    assert not {"le constat n°\u00a04 du bilan", "l’amélioration n°\u00a03"} & {one.name for one in found}


def test_each_that_is_chosen_goes_and_its_words_stand_nowhere_any_more(
    cpts: Cpts, referent: Browser, debrief: Debrief, by: Account
) -> None:
    assert where_it_stands()
    went = erase(debrief, by, *SAME_WORDS, "le document «\u00a0facture.pdf\u00a0» de l’amélioration n°\u00a04")
    assert where_it_stands() == []
    assert {"le constat n°\u00a04 du bilan", "l’amélioration n°\u00a03", *SAME_WORDS} < set(went)
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id).text
    public = words_of(referent.get("cpts.debriefs.public_pdf", debrief_id=debrief.id).content)
    assert (SECRET in page, SECRET in public, ERASED in page) == (False, False, True)
    told = db.session.scalars(sa.select(HistoryEvent).where(HistoryEvent.verb == Verb.REMOVED)).all()
    assert {"content", "debriefs.lessons", "debrief_addenda", "improvements"} <= {
        name for one in told for name in one.fields
    }
    assert not [one for one in may_repeat(entry(debrief, 4)) if one.name in SAME_WORDS]


def test_what_is_not_chosen_stays_as_it_was(debrief: Debrief, by: Account) -> None:
    erase(debrief, by, "les enseignements du bilan")
    assert (debrief.lessons, SECRET in debrief.description) == (ERASED, True)
    written = db.session.scalars(sa.select(DebriefFinding.as_said).order_by(DebriefFinding.number)).all()
    assert [one == ERASED for one in written] == [False, False, False, True, False]
    assert SECRET in debrief.addenda[0].text
    files = db.session.execute(sa.select(DebriefFile.addendum_number, DebriefFile.content)).all()
    assert {number: content is None for number, content in files} == {0: True, 1: False}


def test_an_erased_addendum_says_so_on_the_page_and_at_the_address_of_its_papers(
    referent: Browser, debrief: Debrief, by: Account
) -> None:
    erase(debrief, by, "l’additif n°\u00a01 du bilan")
    page = referent.get("cpts.debriefs.show", debrief_id=debrief.id)
    assert GONE in page.texts("#additif-1 .prose")[0]
    for endpoint in ("addendum_pdf", "addendum_public_pdf"):
        answer = referent.get(f"cpts.debriefs.{endpoint}", debrief_id=debrief.id, number=1)
        assert (answer.status, GONE in words_of(answer.content)) == (200, True)
        assert answer.response.headers["Cache-Control"] == "no-store"


def test_an_improvement_goes_with_its_steps_and_a_form_that_was_open_does_not_bring_it_back(
    cpts: Cpts, referent: Browser, debrief: Debrief, by: Account
) -> None:
    changed = improvement(3)
    operations.move(changed, ImprovementState.REFUSED, f"Toujours\u00a0: {SECRET}", seen_version=1, by=by, at=LATER)
    db.session.commit()
    seen = changed.version
    erase(debrief, by, "le document «\u00a0facture.pdf\u00a0» de l’amélioration n°\u00a04")
    assert {changed.text, changed.word, *(step.word for step in changed.steps)} <= {ERASED, ""}
    page = referent.get("cpts.improvements.show", improvement_id=changed.id)
    assert (page.status, SECRET in page.text) == (200, False)
    with pytest.raises(Stale):
        operations.change(changed, an_improvement(), seen_version=seen, by=by, at=LATER)
    db.session.rollback()
    other = referent.get("cpts.improvements.show", improvement_id=improvement(4).id)
    assert "Document effacé sur décision d’une autorité" in other.text
    kept = db.session.scalars(sa.select(ImprovementDocument)).one()
    assert referent.get("cpts.improvements.document", document_id=kept.id).status == 404


def test_in_a_draft_a_form_that_was_open_does_not_bring_the_words_back(draft: Debrief, by: Account) -> None:
    cited, hot = (
        db.session.scalars(sa.select(DebriefFinding).where(DebriefFinding.number == 4)).one(),
        draft.meetings[0],
    )
    seen = cited.version, hot.version
    erase(draft, by, "les notes du bilan, «\u00a0Retour à chaud\u00a0»")
    assert (cited.as_said, hot.notes) == (ERASED, ERASED)
    assert (cited.version, hot.version) == (seen[0] + 1, seen[1] + 1)


def test_a_published_plan_that_may_list_an_improvement_is_named(
    referent: Browser, debrief: Debrief, by: Account
) -> None:
    assert repeats(entry(debrief, 4)).others == ()
    assert referent.cpts
    write_everything(referent.cpts, by)
    publish(referent)
    assert [one.startswith("la version du plan du ") for one in repeats(entry(debrief, 4)).others] == [True]


def run(app: Flask, debrief: Debrief, by: Account, *answers: str) -> str:
    """`flask erase-entry` on the fourth entry, its questions answered one after the other."""
    typed = (str(debrief.crisis_id), "4", "Tribunal d’Alès", "Ordonnance 12", by.email, *answers, "4")
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["erase-entry"], input="\n".join(typed) + "\n")
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_asks_about_each_and_erases_what_is_answered(
    app: Flask, referent: Browser, debrief: Debrief, by: Account
) -> None:
    beside = may_repeat(entry(debrief, 4))
    said = run(app, debrief, by, "oui", *("oui" if one.says_the_same else "non" for one in beside))
    assert "Effacer aussi\u00a0: les constats du bilan qui citent l’entrée, les améliorations" in said
    for name in SAME_WORDS:
        assert f"Effacer aussi\u00a0: {name} (qui dit les mêmes mots)\u00a0? (oui ou non)" in said
    assert "Effacer aussi\u00a0: le constat n°\u00a01 du bilan\u00a0? (oui ou non)" in said
    confirmed = next(line for line in said.splitlines() if line.startswith("Vont être effacés"))
    assert all(name in confirmed for name in ("le document validé du bilan et ses PDF", *SAME_WORDS))
    assert "constat n°\u00a01 " not in confirmed
    assert where_it_stands() == ["improvement_documents.content"]


def test_an_entry_that_is_erased_already_is_asked_about_again(app: Flask, debrief: Debrief, by: Account) -> None:
    """What a person found later goes too, although nothing says any more which words it repeats."""
    run(app, debrief, by, "non", *("non" for _ in may_repeat(entry(debrief, 4))))
    assert (SECRET in debrief.lessons, debrief.content) == (True, None)
    left = may_repeat(entry(debrief, 4))
    assert not any(one.says_the_same for one in left)
    answers = ("oui" if one.name == "les enseignements du bilan" else "non" for one in left)
    said = run(app, debrief, by, "non", *answers)
    assert "C’est fait\u00a0: ce qui la répétait est effacé" in said
    assert debrief.lessons == ERASED
