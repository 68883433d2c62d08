"""The neighbouring plans as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.orsan.catalogue import orsan_plans
from crisis_plan.orsan.neighbours.models import NeighbouringPlan
from crisis_plan.orsan.neighbours.rules import check_state, kind_in_words
from crisis_plan.web.formats import short_date, telephone

HEADINGS = (
    *("Quel plan", "Nom", "Qui le tient", "À qui en parler", "Téléphones"),
    *("Édition vue", "Vue le", "Prochaine vérification", "Vérification"),
    *("Adresse sur le web", "Où le trouver sinon", "Document gardé"),
    *("Ce qu’il demande à la CPTS", "Ce que la CPTS lui demande", "Types de crise", "Plans ORSAN", "Remarque"),
)


def rows(plans: Iterable[NeighbouringPlan], today: date) -> Iterator[tuple[object, ...]]:
    """A line a plan, under `HEADINGS`."""
    for plan in plans:
        phones = plan.contact.phones_direct_first if plan.contact else []
        yield (
            *(kind_in_words(plan.kind, plan.own_kind), plan.name, plan.owner),
            plan.contact.name if plan.contact else "",
            " / ".join(telephone(phone.number) for phone in phones),
            *(plan.edition, short_date(plan.edition_seen_on), short_date(plan.next_check_on)),
            check_state(plan, today).label,
            *(plan.address, plan.whereabouts, plan.file.file_name if plan.file else ""),
            *(plan.asks_of_cpts, plan.asked_by_cpts),
            " / ".join(one.label for one in crisis_types(plan.crisis_types)),
            " / ".join(one.label for one in orsan_plans(plan.orsan_plans)),
            plan.note,
        )
