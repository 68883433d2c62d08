"""How many blank sheets of the logbook, and from which number."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

from crisis_plan.pilotage.crisis_pack.rules import HIGHEST_FIRST, MOST_SHEETS, ROWS_A_SHEET, USUAL_SHEETS
from crisis_plan.web.fields import Form, WholeNumberField, required
from crisis_plan.web.formats import number

USUAL = {"premier": "1", "feuilles": str(USUAL_SHEETS)}
"""What is printed when an address asks for nothing else."""


class LogSheetsForm(Form):
    """What an address asks for: it writes nothing, so it bears no token."""

    class Meta(Form.Meta):
        csrf = False

    premier = WholeNumberField(
        "Premier numéro",
        [required("Écrivez le premier numéro\u00a0: 1 pour un nouveau journal.")],
        description="Le numéro qui suit la dernière entrée du journal, ou 1.",
        render_kw={"inputmode": "numeric"},
    )
    feuilles = WholeNumberField(
        "Nombre de feuilles",
        [required(f"Écrivez un nombre de feuilles, de 1 à {MOST_SHEETS}.")],
        description=f"{ROWS_A_SHEET} lignes par feuille, {MOST_SHEETS} feuilles au plus.",
        render_kw={"inputmode": "numeric"},
    )

    def validate_premier(self, field: Field) -> None:
        if not 1 <= field.data <= HIGHEST_FIRST:
            raise ValidationError(f"Le premier numéro va de 1 à {number(HIGHEST_FIRST)}.")

    def validate_feuilles(self, field: Field) -> None:
        if not 1 <= field.data <= MOST_SHEETS:
            raise ValidationError(f"De 1 à {MOST_SHEETS} feuilles à la fois.")

    @property
    def first(self) -> int:
        """The first number of an accepted form."""
        return self.premier.data or 1

    @property
    def sheets(self) -> int:
        return self.feuilles.data or USUAL_SHEETS
