"""What the CPTS types of its contract."""

from __future__ import annotations

from datetime import date

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import MissionSource
from crisis_plan.web.attachments import ACCEPTED
from crisis_plan.web.fields import CreateForm, EditForm, FrenchDateField, choices, required
from crisis_plan.web.formats import short_date
from crisis_plan.web.uploads import AT_MOST
from crisis_plan.yearly_update.deadlines.operations import Said

DATES = ("contract_signed_on", "amendment_signed_on", "mission_started_on")


class ContractForm(EditForm):
    """What the deadlines are counted from, and the dates; each may come later."""

    deadlines_from = RadioField(
        "Les échéances se comptent depuis",
        choices=choices(MissionSource),
        default="",
        description="Les textes disent «\u00a0du contrat ou de l’avenant\u00a0», sans dire lequel\u00a0: convenez-en avec votre "
        "CPAM.",
    )
    contract_signed_on = FrenchDateField("Signature du contrat", description="Le contrat ACI, qui dure cinq ans.")
    amendment_signed_on = FrenchDateField("Signature de l’avenant", description="S’il y en a un.")
    mission_started_on = FrenchDateField(
        "Début de la mission de réponse aux crises",
        description="Les années de la mission se comptent à partir de là, quelle que soit l’année du contrat.",
    )

    @classmethod
    def of(cls, cpts: Cpts) -> ContractForm:
        """The form as the CPTS stands."""
        dates = {name: getattr(cpts, name) for name in DATES}
        chosen = cpts.deadlines_from.value if cpts.deadlines_from else ""
        return cls(formdata=None, seen_version=cpts.version, deadlines_from=chosen, **dates)

    @property
    def chosen(self) -> MissionSource | None:
        typed = self.deadlines_from.data
        return MissionSource(typed) if typed in list(MissionSource) else None

    def said(self) -> Said:
        """What the accepted form says."""
        return {
            "deadlines_from": self.chosen,
            "contract_signed_on": self.contract_signed_on.data,
            "amendment_signed_on": self.amendment_signed_on.data,
            "mission_started_on": self.mission_started_on.data,
        }

    def beside(self, cpts: Cpts) -> list[tuple[str, str, str]]:
        """Field by field, what is stored and what was typed."""
        rows = [("deadlines_from", _label(cpts.deadlines_from), _label(self.chosen))]
        return rows + [(name, _day(getattr(cpts, name)), _day(self[name].data)) for name in DATES]


class DocumentForm(CreateForm):
    """A signed document to keep."""

    source = RadioField("Ce document est", [required("Dites lequel des deux c’est.")], choices=choices(MissionSource))
    document = FileField(
        "Document signé (10 Mo au plus)",
        [FileRequired("Choisissez le fichier du document signé.")],
        description=f"{ACCEPTED}. Le dernier joint fait foi\u00a0; les précédents restent lisibles.",
        render_kw=AT_MOST,
    )

    @property
    def chosen(self) -> MissionSource:
        """Of an accepted form."""
        return MissionSource(self.source.data)


def _label(source: MissionSource | None) -> str:
    return source.label if source else ""


def _day(day: date | None) -> str:
    return short_date(day)
