"""What the yearly update goes through: each thing of the plan, and what changed of it since the version in force.

What changes without anybody is no change: the days of checks and the share of verified contacts (both `passing`), the
warnings that the tool writes as days go by, a state of the stock that only follows its dates. A place or a plan that
somebody went to see again is changed all the same: that day is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.adaptation.places import chapter as place_chapter
from crisis_plan.adaptation.places import queries as places
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.adaptation.responses.chapter import key_of
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.stock import chapter as stock_chapter
from crisis_plan.document.changes import Change, ChangeKind
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.evaluation.improvements.rules import shortened
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import queries as neighbours
from crisis_plan.plan.requirements import REQUIREMENTS
from crisis_plan.web.formats import long_date
from crisis_plan.yearly_update import removed, serving
from crisis_plan.yearly_update.removed import CARDS, NEIGHBOURS, PLACES
from crisis_plan.yearly_update.signatures import queries as signatures
from crisis_plan.yearly_update.signatures.rules import Line, Signed, Thing, ThingKind

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication
    from crisis_plan.yearly_update.signatures.models import Signature

DIRECTORY = "annexe-annuaire"
STOCK = "stock"
FOLLOWS_DATES = frozenset({"État"})
"""Columns that say what other columns and the day say."""
FOLLOWS_EXPIRY = frozenset({"Quantité", "État"})
LONGEST_LABEL = 200
HELD, IMPROVEMENTS = "Annuaire et stock", "Améliorations ouvertes"
KINDS = list(ThingKind)
"""The order in which the list shows them."""


def lines(cpts: Cpts, base: Publication, changes: Sequence[Change], today: date) -> tuple[Line, ...]:
    """Every thing and where it stands since this version, given all that differs between it and the plan of today."""
    return signed_again(base, things(cpts, base, changes, today))


def signed_again(base: Publication, known: Iterable[Thing]) -> tuple[Line, ...]:
    """The same things, with what is signed now; one statement."""
    signed = signatures.standing(base)
    return tuple(Line(thing, _signed(signed.get((thing.kind, thing.key)))) for thing in known)


def things(cpts: Cpts, base: Publication, changes: Sequence[Change], today: date) -> tuple[Thing, ...]:
    """Every thing of the plan: sections, cards, contacts, stock, places, plans of others, open improvements."""
    real = real_changes(changes)
    kept = (
        *_cards(cpts, real),
        _contacts(cpts, real, today),
        _stock(real),
        *_places(cpts, base, real),
        *_neighbours(cpts, base, real),
        *_improvements(cpts, base),
    )
    known = (*_sections(real), *kept, *removed.things(real, {one.key for one in kept}))
    return tuple(sorted(known, key=lambda one: KINDS.index(one.kind)))


def _signed(one: Signature | None) -> Signed | None:
    return Signed(one.id, one.signed_by_name, one.signed_by_id, one.signed_on, one.note) if one else None


def real_changes(changes: Sequence[Change]) -> list[Change]:
    """What somebody changed. What may be used of the stock falls as batches expire: moved stock shows in its annex."""
    found = [change for change in changes if not (change.is_passing or _only_in(change, FOLLOWS_DATES))]
    found = [change for change in found if not serving.is_adoption(change)]
    if any(change.chapter_key == stock_chapter.KEY for change in found):
        return found
    return [change for change in found if not (change.anchor == STOCK and _only_in(change, FOLLOWS_EXPIRY))]


def _only_in(change: Change, headings: Collection[str]) -> bool:
    """Whether it is about rows of which nothing but these columns changed."""
    return bool(change.rows) and all(
        row.kind is ChangeKind.CHANGED and bool(row.headings) and set(headings).issuperset(row.headings)
        for row in change.rows
    )


def _sections(changes: Collection[Change]) -> Iterable[Thing]:
    for asked in REQUIREMENTS:
        said = [told for change in changes if (told := serving.said_of_section(change, asked))]
        yield Thing(
            ThingKind.SECTION,
            asked.key,
            asked.label,
            "cpts.plan.find_section",
            {"rubrique": asked.key},
            tuple(said),
            f"{asked.theme.number}. {asked.theme.label}",
        )


def _cards(cpts: Cpts, changes: Collection[Change]) -> Iterable[Thing]:
    for card in responses.cards(cpts):
        said = _of_chapter(changes, key_of(card))
        address = {"card_id": card.id}
        yield Thing(ThingKind.CARD, str(card.id), card.title, "cpts.responses.show", address, said, CARDS)


def _contacts(cpts: Cpts, changes: Collection[Change], today: date) -> Thing:
    """The directory as one thing: who came, went or changed; its share of verified contacts is told, and signed."""
    known = directory.overview(cpts, today)
    label = f"Annuaire\u00a0: {known.verified_share}\u00a0% des contacts vérifiés depuis 12 mois"
    said = _of_chapter(changes, DIRECTORY)
    return Thing(ThingKind.CONTACTS, "annuaire", label, "cpts.directory.index", {}, said, HELD)


def _stock(changes: Collection[Change]) -> Thing:
    """The stock as one thing: a count is a change of its annex, which prints its day."""
    said = _of_chapter(changes, stock_chapter.KEY)
    return Thing(ThingKind.STOCK, STOCK, "Stock de matériel et autres moyens", "cpts.stock.index", {}, said, HELD)


def _places(cpts: Cpts, base: Publication, changes: Collection[Change]) -> Iterable[Thing]:
    annexed = [one for one in changes if one.chapter_key == place_chapter.KEY]
    for place in places.places(cpts):
        said = (*_of_row(annexed, str(place.id), "Lieu"), *_seen("Vérifié", place.checked_on, base))
        yield Thing(
            ThingKind.PLACE, str(place.id), place.name, "cpts.places.show", {"place_id": place.id}, said, PLACES
        )


def _neighbours(cpts: Cpts, base: Publication, changes: Collection[Change]) -> Iterable[Thing]:
    for plan in neighbours.plans(cpts):
        said = (*_of_row(changes, str(plan.id), "Plan"), *_seen("Vu", plan.edition_seen_on, base))
        address = {"plan_id": plan.id}
        yield Thing(ThingKind.NEIGHBOUR, str(plan.id), plan.name, "cpts.neighbours.show", address, said, NEIGHBOURS)


def _improvements(cpts: Cpts, base: Publication) -> Iterable[Thing]:
    """Those that the plan prints: what a debrief teaches stays inside the cell until it is validated."""
    known = improvements.open_and_printed(cpts)
    steps = improvements.last_steps(known, base.published_at)
    for one in known:
        step = steps.get(one.id)
        day = long_date(clock.local(step.at, cpts).date()) if step else ""
        said = (f"Étape du {day}\u00a0: {step.state.label.lower()}.",) if step else ()
        label = shortened(f"{one.name}\u00a0: {one.text}", LONGEST_LABEL)
        address = {"improvement_id": one.id}
        yield Thing(ThingKind.IMPROVEMENT, str(one.id), label, "cpts.improvements.show", address, said, IMPROVEMENTS)


def _of_chapter(changes: Iterable[Change], key: str) -> tuple[str, ...]:
    return tuple(serving.said(change) for change in changes if change.chapter_key == key)


def _of_row(changes: Iterable[Change], key: str, what: str) -> tuple[str, ...]:
    """« Lieu ajouté. », « Modifié : capacité, qui demander. »; one that came with its whole chapter came too."""
    for change in changes:
        for row in change.rows:
            if row.key == key:
                told = ", ".join(f"{heading[:1].lower()}{heading[1:]}" for heading in row.headings)
                return (f"{what} ajouté.",) if row.kind is ChangeKind.ADDED else (f"Modifié\u00a0: {told}.",)
    return ()


def _seen(verb: str, on: date | None, base: Publication) -> tuple[str, ...]:
    """« Vérifié le 3 mars 2026. », when that was after the version's own day."""
    return (f"{verb} le {long_date(on)}.",) if on and on > base.dated_on else ()
