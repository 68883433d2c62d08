"""A set of amounts, as an operator copies it from its text."""

from __future__ import annotations

from wtforms import BooleanField, Field, StringField
from wtforms.validators import NumberRange

from crisis_plan.funding.euro_field import MOST_EUROS
from crisis_plan.funding.lines import FundingLine
from crisis_plan.funding.rates import LINES, SIZES, RateSet
from crisis_plan.organisations.rules import Size
from crisis_plan.web.fields import CreateForm, FrenchDateField, WholeNumberField, at_most, required
from crisis_plan.web.formats import euros

COUNTED = {"inputmode": "numeric"}


def amount(line: FundingLine, size: Size) -> WholeNumberField:
    """An amount of the table, in whole euros."""
    asked = f"Écrivez le montant de la {size.label.lower()}, en euros."
    within = NumberRange(1, MOST_EUROS, f"Un montant plus grand que zéro, de {euros(MOST_EUROS * 100)} au plus.")
    return WholeNumberField(f"{line.label}, {size.label.lower()}", [required(asked), within], render_kw=COUNTED)


class RateSetForm(CreateForm):
    """Where the set comes from, from when it applies, and its twelve amounts: three lines, four sizes."""

    label = StringField(
        "Nom",
        [required("Donnez un nom au barème."), at_most(160)],
        description="Par exemple «\u00a0ACI, avenant 3\u00a0».",
    )
    in_force_from = FrenchDateField("En vigueur à partir du", [required("Écrivez le premier jour d’application.")])
    source = StringField(
        "Source",
        [required("Écrivez d’où viennent ces montants."), at_most(300)],
        description="Le texte, sa date, son article\u00a0: il est imprimé sur chaque demande.",
    )
    majoration_percent = WholeNumberField(
        "Majoration de la taille 4, en pour cent",
        [required("Écrivez un pourcentage, 0 s’il n’y en a pas."), NumberRange(0, 100, "Entre 0 et 100.")],
        default=10,
        render_kw=COUNTED,
    )
    majoration_members = WholeNumberField(
        "Membres à partir desquels elle est possible",
        [required("Écrivez un nombre de membres."), NumberRange(0, 100_000, "Un nombre de membres, comme 100.")],
        default=100,
        render_kw=COUNTED,
    )
    first_writing_1 = amount(FundingLine.FIRST_WRITING, Size.T1)
    first_writing_2 = amount(FundingLine.FIRST_WRITING, Size.T2)
    first_writing_3 = amount(FundingLine.FIRST_WRITING, Size.T3)
    first_writing_4 = amount(FundingLine.FIRST_WRITING, Size.T4)
    update_1 = amount(FundingLine.UPDATE, Size.T1)
    update_2 = amount(FundingLine.UPDATE, Size.T2)
    update_3 = amount(FundingLine.UPDATE, Size.T3)
    update_4 = amount(FundingLine.UPDATE, Size.T4)
    crisis_1 = amount(FundingLine.CRISIS, Size.T1)
    crisis_2 = amount(FundingLine.CRISIS, Size.T2)
    crisis_3 = amount(FundingLine.CRISIS, Size.T3)
    crisis_4 = amount(FundingLine.CRISIS, Size.T4)
    is_read_again = BooleanField(
        "J’ai relu ce qui change\u00a0: ce barème est le bon",
        description="Un barème ajouté ne se modifie plus\u00a0: il se retire.",
    )

    def amount_field(self, line: FundingLine, size: Size) -> Field:
        return self[f"{line.value}_{size.value}"]

    def rates(self) -> RateSet:
        """The set of the accepted form."""
        return RateSet(
            key="",
            label=self.label.data,
            in_force_from=self.in_force_from.day,
            source=self.source.data,
            amounts={line: {size: self.amount_field(line, size).data for size in SIZES} for line in LINES},
            majoration_percent=self.majoration_percent.data or 0,
            majoration_members=self.majoration_members.data or 0,
        )

    def ask_to_read(self) -> None:
        """It comes back once with what changes."""
        self.is_read_again.errors = ["Relisez ci-dessous ce qui change, puis cochez cette case."]
