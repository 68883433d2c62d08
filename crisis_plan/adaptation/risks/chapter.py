"""The risks of the territory, as the plan prints them; and where each commune holds its register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.adaptation.risks import queries, rules
from crisis_plan.adaptation.risks.models import Risk
from crisis_plan.adaptation.risks.ranking import Numbered, matrix
from crisis_plan.adaptation.risks.rules import Likelihood, Severity
from crisis_plan.document.blocks import (
    Block,
    Column,
    Notice,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    Tone,
    plain,
)
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted

EMPTY = "Aucun risque n’est encore décrit."
OUR_SCALES = (
    "Chaque case porte le numéro et le nom des risques, tels qu’ils sont décrits dans le tableau. La gravité et la "
    "probabilité sont jugées par la CPTS, sur deux échelles propres à l’outil qui a servi à rédiger ce plan\u00a0: "
    f"{rules.NO_IMPOSED_SCALE}."
)
WHOLE = "Tout le territoire"

MATRIX_COLUMNS = (
    Column("Gravité", 0.9, passing=True),
    *(Column(one.label, 1.5, passing=True) for one in Likelihood),
)
"""All passing: what moved is read in the list of risks, where it is said once."""
LIST_COLUMNS = (
    Column("N°", 0.4, passing=True),
    Column("Risque", 1.9),
    Column("Probabilité", 1),
    Column("Gravité", 0.9),
    Column("Exposé", 2.6),
    Column("Types de crise", 0.8),
)
ASIDE_COLUMNS = (Column("Risque écarté", 1.2), Column("Pourquoi", 2.4))
REGISTER_COLUMNS = (Column("Où est tenu le registre", 1), Column("Communes", 2.2))


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """The matrix, the list that it draws, what is set aside and why, and what is due."""
    known = queries.risk_list(cpts)
    if not known.everything:
        return (Table("Risques du territoire", LIST_COLUMNS, (), empty=EMPTY),)
    blocks: list[Block] = []
    if known.retained:
        meanings = (Paragraph(_meaning("Gravité", Severity)), Paragraph(_meaning("Probabilité", Likelihood)))
        blocks += [_matrix(known.retained), Paragraph(plain(OUR_SCALES)), *meanings, _list(known.retained)]
    if known.set_aside:
        blocks.append(_set_aside(known.set_aside))
    if due := rules.reviews_due(known.everything, today):
        blocks.append(Notice(plain(due), Tone.WARNING))
    return tuple(blocks)


def registers(cpts: Cpts) -> tuple[Block, ...]:
    """Where each commune holds its register of vulnerable people: pointed to, never copied (domain, section 3).

    Many mairies answer alike: communes of the same answer share a line.
    """
    known = queries.registers(cpts)
    by_answer: dict[str, list[str]] = {}
    for one in known:
        by_answer.setdefault(one.held_by, []).append(one.commune.name)
    unknown = by_answer.pop("", [])
    if not by_answer:
        return (Notice(plain("La CPTS n’a pas encore relevé où chaque commune tient son registre."), Tone.WARNING),)
    rows = tuple(Row((held_by, ", ".join(names))) for held_by, names in by_answer.items())
    table = Table("Registres communaux des personnes vulnérables", REGISTER_COLUMNS, rows)
    if not unknown:
        return (table,)
    asked = f"À demander à {counted(len(unknown), 'commune')}\u00a0: {', '.join(unknown)}."
    return (table, Paragraph(plain(asked)))


def _matrix(listed: Sequence[Numbered[Risk]]) -> Table:
    rows = (
        Row((serious.label, *("\n".join(f"{one.number}. {one.risk.name}" for one in cell) for cell in line)))
        for serious, line in matrix(listed)
    )
    return Table("Risques par gravité et par probabilité", MATRIX_COLUMNS, tuple(rows), whole=True)


def _meaning(name: str, scale: Iterable[Likelihood] | Iterable[Severity]) -> Text:
    """What each degree of a scale means."""
    told = "\u00a0; ".join(f"{one.label.lower()}, {one.meaning}" for one in scale)
    return (Span(f"{name}\u00a0: ", bold=True), Span(f"{told}."))


def _list(listed: Sequence[Numbered[Risk]]) -> Table:
    rows = (
        Row(
            (
                str(one.number),
                _named(one.risk),
                one.likelihood.label,
                one.severity.label,
                _exposed(one.risk),
                ", ".join(str(known.number) for known in crisis_types(one.risk.crisis_types)),
            ),
            key=f"risque-{one.risk.id}",
        )
        for one in listed
    )
    return Table("Risques retenus, du plus grave au moins grave", LIST_COLUMNS, tuple(rows))


def _set_aside(risks: Iterable[Risk]) -> Table:
    rows = tuple(Row((risk.name, risk.set_aside), key=f"risque-{risk.id}") for risk in risks)
    return Table("Risques écartés", ASIDE_COLUMNS, rows)


def _named(risk: Risk) -> Text:
    """The name, the kind where the name does not say it, and the remark."""
    kind = "" if risk.kind.label == risk.name else risk.kind.label
    below = [text for text in (kind, risk.note) if text]
    return (Span(risk.name, bold=True), *(Span(f"\n{text}") for text in below))


def _exposed(risk: Risk) -> str:
    names = ", ".join(one.name for one in communes.communes(risk.commune_codes)) or WHOLE
    return "\n".join(text for text in (names, risk.areas, risk.facilities) if text)
