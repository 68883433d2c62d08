"""`flask import-annuaire`: the professionals of a CPTS's communes, from the national extraction."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from crisis_plan import clock, db
from crisis_plan.access import queries
from crisis_plan.anticipation.directory import annuaire_import, annuaire_sante
from crisis_plan.anticipation.directory.annuaire_forms import EVERY_PROFESSION
from crisis_plan.anticipation.directory.annuaire_import import Asked
from crisis_plan.anticipation.directory.annuaire_merging import Merged
from crisis_plan.anticipation.directory.annuaire_people import Extraction
from crisis_plan.anticipation.directory.contact_lines import OPPOSED
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded
from crisis_plan.imports import operations as imports
from crisis_plan.imports.rules import Outcome
from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class Imported:
    """What the command says of its work."""

    extraction: Extraction
    merged: Merged
    gone: int
    opposed: int


@click.command("import-annuaire")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cpts", "slug", required=True, help="Nom court de la CPTS, tel qu’il figure dans son adresse.")
@click.option("--commune", "communes", multiple=True, help="Code INSEE d’une commune de la CPTS ; toutes, sinon.")
@click.option("--profession", "professions", multiple=True, help="Profession à retenir ; toutes, sinon.")
def import_annuaire(file: Path, slug: str, communes: tuple[str, ...], professions: tuple[str, ...]) -> None:
    """Import the people of FILE who practise in the communes of a CPTS."""
    cpts = queries.cpts_by_slug(slug)
    if cpts is None:
        raise click.ClickException(f"Aucune CPTS ne s’appelle « {slug} ».")
    asked, region, cpts_id = _asked(cpts, communes, professions), region_of(cpts.departements), cpts.id
    db.db.session.rollback()  # nothing is held while the file streams
    extraction = _extract(file, asked, region)
    cpts, at = db.db.session.get_one(Cpts, cpts_id), clock.now()
    preview = annuaire_import.preview(cpts, file.name, extraction, asked)
    with db.writing():
        report_id = imports.keep_preview(cpts, preview, by=None, at=at).id
        db.commit()
    merged = annuaire_import.bring_in(cpts, report_id, preview.lines, dict(preview.details), by=None, at=at)
    db.commit()
    if merged:
        outcomes = [line.outcome for line in preview.lines]
        opposed = sum(OPPOSED in line.reasons for line in preview.lines)
        _report(Imported(extraction, merged, outcomes.count(Outcome.GONE), opposed))


def _asked(cpts: Cpts, communes: tuple[str, ...], professions: tuple[str, ...]) -> Asked:
    """Where and who: all of the CPTS's communes and every profession, unless some are named."""
    own = {one.code for one in cpts.communes}
    if not own:
        raise click.ClickException("Cette CPTS n’a pas encore de communes : choisissez d’abord son territoire.")
    if elsewhere := sorted(set(communes) - own):
        raise click.ClickException(f"Ces communes ne sont pas du territoire de la CPTS : {', '.join(elsewhere)}.")
    named = {folded(label): label for label in EVERY_PROFESSION}
    if unknown := [label for label in professions if folded(label) not in named]:
        raise click.ClickException(
            f"Profession inconnue : {', '.join(unknown)}. Choisissez parmi : {', '.join(EVERY_PROFESSION)}."
        )
    wanted = frozenset(named[folded(label)] for label in professions)
    return Asked(frozenset(communes or own), wanted or None)


def _extract(file: Path, asked: Asked, region: str) -> Extraction:
    size = max(file.stat().st_size, 1)

    def progress(read: int) -> None:
        print(f"\r{min(read * 100 // size, 100):3d} % lu", end="", file=sys.stderr, flush=True)

    try:
        with file.open("rb", buffering=annuaire_sante.BUFFER) as stream:
            extraction = annuaire_sante.extract(
                stream, asked.communes, professions=asked.professions, region=region, progress=progress
            )
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    print("\r100 % lu", file=sys.stderr)
    return extraction


def _report(done: Imported) -> None:
    extraction, merged = done.extraction, done.merged
    for name in extraction.missing_columns:
        click.echo(f"Colonne absente de cette édition : {name}")
    click.echo(f"{len(extraction.people)} personne(s) retenue(s)")
    click.echo(f"  {merged.added} ajoutée(s) à l’annuaire")
    click.echo(f"  {merged.already_there} déjà présente(s), dont {merged.completed} complétée(s) ou mise(s) à jour")
    click.echo(f"  {done.opposed} qui ne veulent pas figurer dans l’annuaire")
    click.echo(f"{merged.differences} différence(s) avec ce qui a été corrigé à la main, à décider sur le site")
    click.echo(f"{done.gone} personne(s) de l’annuaire absente(s) de ce fichier, à décider sur le site")
    click.echo(f"{extraction.merged_lines} ligne(s) réunie(s) à une personne déjà lue (autre lieu, autre téléphone)")
    click.echo(f"{extraction.passed_over} ligne(s) d’autres communes, passées")
    if extraction.of_other_professions:
        click.echo(f"{extraction.of_other_professions} personne(s) d’autres professions, passées")
    click.echo(f"{extraction.refused_count} ligne(s) refusée(s)")
    for refused in extraction.refused:
        click.echo(f"  ligne {refused.number} : {refused.reason}")
