"""The territory, as the printed plan shows it."""

from __future__ import annotations

from crisis_plan.document.blocks import Block, Column, Fact, Facts, Row, Table
from crisis_plan.organisations import communes, queries
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.queries import Territory
from crisis_plan.web.formats import number


def territory(cpts: Cpts) -> tuple[Block, ...]:
    """What the territory is, then its communes; nothing until one is chosen."""
    shown = queries.territory(cpts)
    if not shown.communes:
        return ()
    return (_facts(shown), _communes(shown))


def _facts(shown: Territory) -> Facts:
    facts = [
        Fact("Départements", communes.departement_names(shown.departements)),
        Fact("Communes", number(len(shown.communes))),
        Fact("Population des communes", f"{number(shown.inhabitants)} habitants"),
    ]
    if shown.stated_inhabitants:
        facts.append(Fact("Population inscrite au contrat", f"{number(shown.stated_inhabitants)} habitants"))
    size = f"{shown.size.size.label} ({shown.size.reason.label})" if shown.size.size else shown.size.reason.label
    return Facts((*facts, Fact("Taille", size[0].upper() + size[1:])))


def _communes(shown: Territory) -> Table:
    return Table(
        caption="Communes du territoire",
        columns=(
            Column("Commune", 3),
            Column("Code postal", 2),
            Column("Code INSEE", 1.2),
            Column("Habitants", 1.2, numeric=True),
        ),
        rows=tuple(
            Row((one.name, _postal_codes(one.postal_codes), one.code, number(one.inhabitants)), key=one.code)
            for one in shown.communes
        ),
    )


def _postal_codes(codes: str) -> str:
    """All of them while they are few: a whole city has twenty."""
    listed = codes.split()
    return ", ".join(listed) if len(listed) <= 3 else f"{listed[0]} à {listed[-1]}"
