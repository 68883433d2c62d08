"""The lines that pay for the plan, the states of a claim, what proves it. Source: domain, section 10."""

from __future__ import annotations

from enum import StrEnum


class FundingLine(StrEnum):
    """What is paid: two lines of the fixed part, one of the variable part, and the provision for 2021."""

    FIRST_WRITING = "first_writing"
    UPDATE = "update"
    CRISIS = "crisis"
    PROVISION_2021 = "provision_2021"

    @property
    def label(self) -> str:
        return {
            "first_writing": "Première rédaction du plan (année 1 de la mission)",
            "update": "Mise à jour du plan",
            "crisis": "Crise sanitaire grave",
            "provision_2021": "Crise de 2021, disposition particulière",
        }[self.value]

    @property
    def part(self) -> str:
        """« Volet fixe » or « volet variable » (S004)."""
        return "Volet fixe" if self in (FundingLine.FIRST_WRITING, FundingLine.UPDATE) else "Volet variable"

    @property
    def is_ceiling(self) -> bool:
        """Whether its amount is « jusqu’à »: whether it is paid whole is not known (domain, section 10)."""
        return self in (FundingLine.CRISIS, FundingLine.PROVISION_2021)


class ClaimState(StrEnum):
    """Where a claim stands. « Prête » is not stored: it is being prepared, and nothing is missing."""

    PREPARING = "preparing"
    SUBMITTED = "submitted"
    COMPLEMENT = "complement"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAID = "paid"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        return {
            "preparing": "En préparation",
            "submitted": "Déposée",
            "complement": "Complément demandé",
            "accepted": "Acceptée",
            "refused": "Refusée",
            "paid": "Payée",
            "abandoned": "Abandonnée",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {
            "preparing": "warning",
            "submitted": "info",
            "complement": "urgent",
            "accepted": "ok",
            "refused": "neutral",
            "paid": "ok",
            "abandoned": "neutral",
        }[self.value]


class StepKind(StrEnum):
    """What happened to a claim; each step with its date and author, never changed."""

    OPENED = "opened"
    SUBMITTED = "submitted"
    COMPLEMENT_ASKED = "complement_asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAID = "paid"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"
    """By the CPTS, after it was submitted."""

    @property
    def label(self) -> str:
        return {
            "opened": "Commencée",
            "submitted": "Déposée",
            "complement_asked": "Complément demandé",
            "accepted": "Acceptée",
            "refused": "Refusée",
            "paid": "Payée",
            "abandoned": "Abandonnée",
            "withdrawn": "Retirée par la CPTS",
        }[self.value]


class Need(StrEnum):
    """What a claim must prove (domain, section 10: the table of evidence)."""

    PLAN = "plan"
    CIRCULATION = "circulation"
    CHANGES = "changes"
    RECOGNITION = "recognition"
    APPLIED = "applied"
    PROFESSIONALS = "professionals"
    ACTIONS = "actions"
    DEBRIEF = "debrief"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "plan": "Plan publié qui suit la trame",
            "circulation": "Preuve de diffusion à l’ARS, aux caisses, aux adhérents et aux partenaires",
            "changes": "Document consolidé faisant apparaître les modifications et la date de mise à jour",
            "recognition": "Acte par lequel une autorité reconnaît la crise sanitaire grave",
            "applied": "Documents prouvant que le plan a été appliqué",
            "professionals": "Nombre de professionnels mobilisés",
            "actions": "Nombre d’actions menées",
            "debrief": "Bilan tiré du journal de bord",
            "other": "Autre pièce",
        }[self.value]


NEEDS: dict[FundingLine, tuple[Need, ...]] = {
    FundingLine.FIRST_WRITING: (Need.PLAN, Need.CIRCULATION),
    FundingLine.UPDATE: (Need.CHANGES, Need.CIRCULATION),
    FundingLine.CRISIS: (Need.RECOGNITION, Need.APPLIED, Need.PROFESSIONALS, Need.ACTIONS, Need.DEBRIEF),
    FundingLine.PROVISION_2021: (Need.APPLIED,),
}
"""What each line asks; `OTHER` may be added to any of them."""


class Majoration(StrEnum):
    """The +10 % of a size-4 CPTS of at least 100 members: three states, applied in the last one only (domain, section 10)."""

    NOT_APPLICABLE = "not_applicable"
    TO_CONFIRM = "to_confirm"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        return {
            "not_applicable": "Sans objet",
            "to_confirm": "À confirmer avec la CPAM",
            "confirmed": "Confirmée par la CPAM",
        }[self.value]


class ActionsOf2021(StrEnum):
    """What a CPTS did in the crisis of 2021: only actions that nothing else paid count (domain, section 10)."""

    UNPAID = "unpaid"
    PAID = "paid"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            "unpaid": "Oui, et elles n’ont pas été payées autrement",
            "paid": "Oui, mais elles ont été payées autrement",
            "none": "Non, aucune",
        }[self.value]


class Doubt(StrEnum):
    """What no text settles (domain, section 10): said on the screen and on the file, until the CPAM has answered."""

    SIZE_AT_BOUND = "size_at_bound"
    PLAN_AFTER_CRISIS = "plan_after_crisis"
    CRISIS_CEILING = "crisis_ceiling"
    CRISIS_ONCE = "crisis_once"
    MAJORATION = "majoration"
    ADVANCE = "advance"
    JOINED_AT_BOUND = "joined_at_bound"
    BEFORE_RECOGNITION = "before_recognition"

    @property
    def label(self) -> str:
        return {
            "size_at_bound": "Taille à la limite exacte de deux tailles",
            "plan_after_crisis": "Plan écrit après le début de la crise",
            "crisis_ceiling": "Montant de la crise : entier ou au prorata",
            "crisis_once": "Ligne de crise : par an ou par crise",
            "majoration": "Majoration de 10 %",
            "advance": "Avance de 75 %",
            "joined_at_bound": "Adhésion le 31/12/2021 même",
            "before_recognition": "Actions et temps d’avant la reconnaissance",
        }[self.value]

    @property
    def address(self) -> str:
        """Its words in an address."""
        return {
            "size_at_bound": "taille-a-la-limite",
            "plan_after_crisis": "plan-apres-la-crise",
            "crisis_ceiling": "montant-de-la-crise",
            "crisis_once": "par-an-ou-par-crise",
            "majoration": "majoration",
            "advance": "avance",
            "joined_at_bound": "adhesion-du-31-12-2021",
            "before_recognition": "avant-la-reconnaissance",
        }[self.value]
