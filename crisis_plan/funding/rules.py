"""What each line pays, and why nothing where it pays nothing. Source: domain, section 10.

The day whose rates apply is our reading: of the first writing, the date of the plan (the start of the mission where it
is later); of an update, the date of the first version of that year, whichever is sent later; of a crisis, the day of the recognition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crisis_plan.funding.computations import Answered, Computation, CrisisCase, Possible, Situation, Step
from crisis_plan.funding.doubts import COMMISSION, answer_sentence, doubt_sentence
from crisis_plan.funding.lines import ActionsOf2021, Doubt, FundingLine, Majoration
from crisis_plan.funding.majoration import majoration_standing
from crisis_plan.funding.rates import JOINED_BEFORE, PROVISION_2021, RateSet, first_in_force, in_force
from crisis_plan.organisations.rules import Size, SizeReason
from crisis_plan.web.formats import short_date

__all__ = ["Answered", "Computation", "CrisisCase", "Possible", "Situation", "Step", "compute", "doubt_sentence"]

NO_PLAN = (
    "Aucun plan n’est écrit, ni version publiée ni version antérieure\u00a0: cette ligne est pour une CPTS «\u00a0ayant "
    f"rédigé un plan\u00a0» ({COMMISSION})."
)
EARLY_CONTRACT = "Un contrat de «\u00a0mission précoce\u00a0» ne couvre pas la mission crise."
EXERCISE = "Un exercice n’ouvre droit à aucun paiement."
NOT_RECOGNISED = (
    "Aucune autorité n’a reconnu cette crise comme crise sanitaire grave\u00a0: sans cette reconnaissance, rien n’est "
    f"payé ({COMMISSION})."
)
SIZE_UNKNOWN = (
    "La taille n’est pas connue\u00a0: choisissez les communes du territoire, ou faites enregistrer la taille inscrite au "
    "contrat par l’exploitant du service."
)
SIZE_SILENT = (
    "La population est exactement à la limite de deux tailles\u00a0: aucun montant n’est retenu tant que la CPAM n’a pas "
    "dit laquelle s’applique. La taille inscrite au contrat, enregistrée par l’exploitant du service, tranche ensuite."
)
TOO_EARLY = "La mise à jour se paie à partir de la deuxième année de la mission."


def compute(
    line: FundingLine,
    *,
    situation: Situation,
    on: date,
    sets: Sequence[RateSet],
    crisis: CrisisCase | None = None,
    mission_year: int | None = None,
) -> Computation:
    """The amount of a line on that day, step by step, with what is doubtful; nothing, and the reason, where it refuses."""
    if line is FundingLine.PROVISION_2021:
        rates: RateSet | None = PROVISION_2021
        refusal = _provision_refusal(situation)
    else:
        rates = in_force(sets, on)
        refusal = _refusal(line, situation, crisis, mission_year) or ("" if rates else _no_set(sets, on))
    nothing = Computation(line, on, is_ceiling=line.is_ceiling, refusal=refusal)
    if refusal or rates is None:
        return nothing
    if situation.standing.size is None:
        return _without_size(nothing, situation, rates)
    return _priced(nothing, situation, rates, situation.standing.size, _doubts_of(line, situation, crisis))


def _priced(
    nothing: Computation, situation: Situation, rates: RateSet, size: Size, asked: Sequence[Doubt]
) -> Computation:
    """The amount of the table, then the majoration as a step of its own."""
    line = nothing.line
    euros = rates.amounts[line][size]
    steps = [Step(f"{line.label}, {size.label.lower()}", euros * 100)]
    majoration = majoration_standing(situation, size, rates, nothing.on)
    if majoration.state is Majoration.CONFIRMED:
        label = f"Majoration de {rates.majoration_percent}\u00a0%, confirmée par la CPAM"
        steps.append(Step(label, euros * rates.majoration_percent))
    answers = situation.answers
    doubts = [one for one in asked if one not in answers or not answers[one].settles]
    if majoration.state is Majoration.TO_CONFIRM:
        doubts.append(Doubt.MAJORATION)
    answered = [answer_sentence(one, answers[one]) for one in asked if one in answers]
    notes = (*answered, *([majoration.note] if majoration.note else ()))
    return replace(
        nothing,
        steps=tuple(steps),
        doubts=tuple(doubts),
        notes=notes,
        answered=notes if majoration.is_answer else tuple(answered),
        rate_set=rates,
        size=size,
        majoration=majoration.state,
    )


def _without_size(nothing: Computation, situation: Situation, rates: RateSet) -> Computation:
    """Nothing settles the size: at exactly a bound both amounts are shown, and none is retained."""
    if situation.standing.reason is not SizeReason.SILENT:
        return replace(nothing, refusal=SIZE_UNKNOWN)
    possible = tuple(Possible(size, rates.amounts[nothing.line][size] * 100) for size in situation.possible_sizes)
    answer = situation.answers.get(Doubt.SIZE_AT_BOUND)
    notes = (answer_sentence(Doubt.SIZE_AT_BOUND, answer),) if answer else ()
    return replace(
        nothing, refusal=SIZE_SILENT, doubts=(Doubt.SIZE_AT_BOUND,), possible=possible, notes=notes, answered=notes
    )


def _doubts_of(line: FundingLine, situation: Situation, crisis: CrisisCase | None) -> tuple[Doubt, ...]:
    """What no text settles of this line."""
    if line is FundingLine.PROVISION_2021:
        at_bound = (Doubt.JOINED_AT_BOUND,) if situation.joined_on == JOINED_BEFORE else ()
        return (*at_bound, Doubt.CRISIS_CEILING)
    if line is not FundingLine.CRISIS:
        return ()
    is_after = crisis is not None and situation.first_plan_on is not None and situation.first_plan_on >= crisis.began_on
    return (*([Doubt.PLAN_AFTER_CRISIS] if is_after else []), Doubt.CRISIS_CEILING, Doubt.CRISIS_ONCE)


def _refusal(line: FundingLine, situation: Situation, crisis: CrisisCase | None, mission_year: int | None) -> str:
    """Why this line pays nothing here; empty when it may."""
    if line is FundingLine.CRISIS:
        if crisis is not None and crisis.is_exercise:
            return EXERCISE
        if crisis is None or crisis.recognised_on is None:
            return NOT_RECOGNISED
    if situation.has_early_contract:
        return EARLY_CONTRACT
    if situation.first_plan_on is None:
        return NO_PLAN
    return TOO_EARLY if line is FundingLine.UPDATE and mission_year is not None and mission_year < 2 else ""


def _provision_refusal(situation: Situation) -> str:
    """Its own conditions: joined before 31/12/2021, actions in 2021, not paid otherwise; no plan is asked."""
    if situation.has_early_contract:
        return EARLY_CONTRACT
    if situation.joined_on is None:
        return "Dites quand la CPTS a rejoint l’ACI\u00a0: la disposition pour 2021 en dépend."
    if situation.joined_on > JOINED_BEFORE:
        return f"La CPTS a rejoint l’ACI le {short_date(situation.joined_on)}, après le {short_date(JOINED_BEFORE)}."
    if situation.actions_of_2021 is None:
        return "Dites si la CPTS a mené en 2021 des actions de crise qui n’ont pas été payées autrement."
    return {
        ActionsOf2021.UNPAID: "",
        ActionsOf2021.PAID: "Les actions de crise de 2021 ont été payées autrement.",
        ActionsOf2021.NONE: "La CPTS n’a pas mené d’action de crise en 2021.",
    }[situation.actions_of_2021]


def _no_set(sets: Sequence[RateSet], on: date) -> str:
    """No amount without a dated set."""
    first = first_in_force(sets)
    known = (
        f" Le premier, «\u00a0{first.label}\u00a0», vaut à partir du {short_date(first.in_force_from)}."
        if first
        else ""
    )
    return f"Aucun barème ne couvre le {short_date(on)}\u00a0: aucun montant n’est proposé.{known}"
