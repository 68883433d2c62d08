"""`flask import-annuaire`: the professionals of a CPTS's communes, from the national extraction."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crisis_plan import clock, db
from crisis_plan.access import queries
from crisis_plan.anticipation.directory import annuaire_sante, operations
from crisis_plan.anticipation.directory.annuaire_sante import Extraction
from crisis_plan.anticipation.directory.bulk import Merged
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts


@click.command("import-annuaire")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cpts", "slug", required=True, help="Nom court de la CPTS, tel qu’il figure dans son adresse.")
def import_annuaire(file: Path, slug: str) -> None:
    """Import the people of FILE who practise in the communes of a CPTS."""
    cpts = queries.cpts_by_slug(slug)
    if cpts is None:
        raise click.ClickException(f"Aucune CPTS ne s’appelle « {slug} ».")
    communes, region, cpts_id = {one.code for one in cpts.communes}, region_of(cpts.departements), cpts.id
    if not communes:
        raise click.ClickException("Cette CPTS n’a pas encore de communes : choisissez d’abord son territoire.")
    db.db.session.rollback()  # nothing is held while the file streams
    extraction = _extract(file, communes, region)
    with db.writing():
        cpts = db.db.session.get_one(Cpts, cpts_id)
        merged = operations.import_annuaire(cpts, extraction.drafts(), at=clock.now())
        db.commit()
    _report(extraction, merged)


def _extract(file: Path, communes: set[str], region: str) -> Extraction:
    size = max(file.stat().st_size, 1)

    def progress(read: int) -> None:
        print(f"\r{min(read * 100 // size, 100):3d} % lu", end="", file=sys.stderr, flush=True)

    try:
        with file.open("rb", buffering=annuaire_sante.BUFFER) as stream:
            extraction = annuaire_sante.extract(stream, communes, region=region, progress=progress)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    print("\r100 % lu", file=sys.stderr)
    return extraction


def _report(extraction: Extraction, merged: Merged) -> None:
    for name in extraction.missing_columns:
        click.echo(f"Colonne absente de cette édition : {name}")
    click.echo(f"{len(extraction.people)} personne(s) retenue(s)")
    click.echo(f"  {merged.added} ajoutée(s) à l’annuaire")
    click.echo(f"  {merged.already_there} déjà présente(s), dont {merged.completed} complétée(s)")
    click.echo(f"{extraction.merged_lines} ligne(s) réunie(s) à une personne déjà lue (autre lieu, autre téléphone)")
    click.echo(f"{extraction.passed_over} ligne(s) d’autres communes, passées")
    click.echo(f"{extraction.refused_count} ligne(s) refusée(s)")
    for refused in extraction.refused:
        click.echo(f"  ligne {refused.number} : {refused.reason}")
