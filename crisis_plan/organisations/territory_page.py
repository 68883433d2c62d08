"""Choosing the communes of a territory: the same page for the operator and for the referent."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.errors import Stale
from crisis_plan.organisations import communes, operations, queries
from crisis_plan.organisations.communes import Departement
from crisis_plan.organisations.forms import TerritoryForm
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid


def show(cpts: Cpts, template: str, *, back: str) -> ResponseReturnValue:
    """The communes of one département, those of the territory ticked."""
    shown = departement_or_404(request.args.get("departement") or cpts.departements[0])
    return render_template(template, **page(cpts, TerritoryForm.of(cpts, shown.code), shown, back))


def save(cpts: Cpts, template: str, *, back: str) -> ResponseReturnValue:
    """Keep the ticks; the search button only draws the page again, with the ticks as they are."""
    form = TerritoryForm()
    shown = departement_or_404(form.departement.data or "")
    if not form.validate():
        return invalid(template, **page(cpts, form, shown, back))
    if "search" in request.form:
        return render_template(template, **page(cpts, form, shown, back))
    try:
        operations.choose_communes(
            cpts,
            form.chosen,
            departement=shown.code,
            seen_version=form.seen_version.data or 0,
            by=current_user,
            at=clock.now(),
        )
    except Stale:
        return conflict(cpts, template, form, shown, back)
    return done(otherwise=back)


def conflict(cpts: Cpts, template: str, form: TerritoryForm, shown: Departement, back: str) -> ResponseReturnValue:
    """The ticks stay; what is stored is named beside, and sending again keeps the ticks."""
    stored = TerritoryForm.of(cpts, shown.code).chosen
    form.seen_version.data = cpts.version
    form.seen_version.raw_data = None
    differences = {
        "only_typed": communes.communes(form.chosen - stored),
        "only_stored": communes.communes(stored - form.chosen),
    }
    return invalid(template, status=409, **(page(cpts, form, shown, back) | {"differences": differences}))


def page(cpts: Cpts, form: TerritoryForm, shown: Departement, back: str) -> dict[str, Any]:
    """What the page shows beside the form."""
    territory = queries.territory(cpts)
    counts = Counter(commune.departement for commune in territory.communes)
    near = sorted({*cpts.departements, *counts, shown.code})
    return {
        "cpts": cpts,
        "form": form,
        "shown": shown,
        "near": [(communes.departement(code), counts[code]) for code in near],
        "regions": [(region.name, communes.departements(region.code)) for region in communes.regions()],
        "territory": territory,
        "differences": None,
        "back": back,
    }


def departement_or_404(code: str) -> Departement:
    return communes.departement(code) or abort(404)
