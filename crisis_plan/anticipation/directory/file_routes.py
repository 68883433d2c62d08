"""The directory as files: for a spreadsheet, for a telephone. The same blueprint as `routes`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Response, request

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import export, queries
from crisis_plan.anticipation.directory.filters import asked_filters
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.routes import bp
from crisis_plan.anticipation.directory.vcard import vcard_file
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file, xlsx_file

__all__ = ["bp"]


@bp.get("/annuaire.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts) -> Response:
    """The contacts that the filters keep, as a spreadsheet."""
    return csv_file(export.HEADINGS, map(export.row, asked_contacts(cpts)), file_name=file_name(cpts, "csv"))


@bp.get("/annuaire.xlsx")
@requires(Permission.READ_WORKING_DATA)
def export_xlsx(cpts: Cpts) -> Response:
    """The same, as a workbook."""
    rows = map(export.row, asked_contacts(cpts))
    return xlsx_file(export.HEADINGS, rows, file_name=file_name(cpts, "xlsx"), sheet="Annuaire")


@bp.get("/annuaire.vcf")
@requires(Permission.READ_WORKING_DATA)
def export_vcards(cpts: Cpts) -> Response:
    """The same, as cards that a telephone takes in."""
    return vcard_file(asked_contacts(cpts), file_name=file_name(cpts, "vcf"))


@bp.get("/<uuid:contact_id>/contact.vcf")
@requires(Permission.READ_WORKING_DATA)
def export_vcard(cpts: Cpts, contact_id: UUID) -> Response:
    contact = queries.contact_or_404(cpts, contact_id)
    return vcard_file([contact], file_name=f"{folded(contact.name).replace(' ', '-')[:60] or 'contact'}.vcf")


def asked_contacts(cpts: Cpts) -> Sequence[Contact]:
    """The contacts that the filters of the address keep, whole."""
    return queries.contacts(cpts, asked_filters(request.args, clock.today(cpts)))


def file_name(cpts: Cpts, ending: str) -> str:
    return f"annuaire_{cpts.slug}_{clock.today(cpts)}.{ending}"
