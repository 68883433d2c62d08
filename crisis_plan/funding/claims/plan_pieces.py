"""What proves that the plan was written, updated and circulated. Source: domain, section 10, the table of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan.distribution import queries as distribution
from crisis_plan.distribution.proofs import handings
from crisis_plan.distribution.register import register_pdf
from crisis_plan.distribution.rules import Circulated, Group
from crisis_plan.document.blocks import Edition
from crisis_plan.funding.claims import versions
from crisis_plan.funding.claims.pieces import Found, Gap, Piece, together
from crisis_plan.funding.lines import Need
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publication
from crisis_plan.publication.comparison import comparison_pdf
from crisis_plan.publication.rules import FileKind, PublicationKind
from crisis_plan.web.attachments import EXTENSIONS
from crisis_plan.web.formats import counted, long_date
from crisis_plan.yearly_update.signatures.queries import printed_in

if TYPE_CHECKING:
    from crisis_plan.distribution.listing import Register
    from crisis_plan.distribution.models import DeliveryDocument
    from crisis_plan.publication.models import Publication

PDF = "pdf"
FILES = (FileKind.RESTRICTED, FileKind.EARLIER)
TO_WHOM = {
    Group.ARS: "à l’ARS",
    Group.CPAM: "à la CPAM",
    Group.MSA: "à la MSA",
    Group.ADHERENT: "aux adhérents",
    Group.PARTNER: "aux partenaires",
    Group.ESTABLISHMENT: "aux établissements",
    Group.OTHER: "aux autres institutions",
}
NOT_COMPARED = (
    "Le plan d’avant a été écrit hors de l’outil, qui ne peut pas les comparer\u00a0: joignez un document consolidé qui "
    "montre les modifications, avec la date de mise à jour."
)
WRITTEN_ELSEWHERE = "La version de l’année a été écrite hors de l’outil\u00a0: joignez le document consolidé qui montre ses modifications."


def first_writing(cpts: Cpts, now: datetime, today: date) -> Found:
    """Year 1: the first plan, its adoption, and the proof of its circulation."""
    version = versions.first_written(cpts, today)
    if version is None:
        gap = Gap(Need.PLAN, "Aucun plan n’est publié.", "Préparer la publication", "cpts.publication.prepare")
        return Found(gaps=(gap,))
    return together((whole(version, Need.PLAN), circulation(cpts, version, now)))


def update(cpts: Cpts, mission_year: int, now: datetime, today: date) -> Found:
    """A later year: what changed since the version before, who reviewed the rest, and the proof of circulation."""
    version, before = versions.of_mission_year(cpts, mission_year, today)
    if version is None:
        sentence = f"Aucune version n’est publiée pendant l’année {mission_year} de la mission."
        gap = Gap(Need.CHANGES, sentence, "Ouvrir la mise à jour", "cpts.yearly_update.show")
        return Found(gaps=(gap,))
    return together((_changes(version, before), circulation(cpts, version, now)))


def plan_of_the_crisis(version: Publication) -> Found:
    """The version in force when the plan was put to work."""
    return whole(version, Need.APPLIED, told="Plan en vigueur à l’activation")


def circulation(cpts: Cpts, version: Publication, now: datetime) -> Found:
    """The register of a version with its attendance documents; how many of each group have it, and who has not."""
    everyone = distribution.whole_register(cpts, version, now)
    gaps = tuple(_not_given(version, group) for group in everyone.missing)
    deliveries = [line.delivery for line in everyone.lines if line.delivery]
    if not deliveries:
        return Found(gaps=gaps)
    events = [event for delivery in deliveries for event in delivery.events]
    register = Piece(
        key="registre",
        need=Need.CIRCULATION,
        label=f"Registre de diffusion, {version.name}",
        extension=PDF,
        mark=f"{len(deliveries)} {sum(1 for one in deliveries if one.revoked_at)} {len(events)}",
        read=lambda: register_pdf(cpts, version, now),
    )
    kept = {one.document.id: one.document for each in deliveries for one in handings(each.events) if one.document}
    pieces = (register, *(_receipt(one) for one in kept.values()))
    return Found(pieces, gaps, tuple(reached(version, everyone)))


def reached(version: Publication, everyone: Register) -> Iterator[str]:
    """How many of each group have the version, of how many; each group that must have it and has not whole."""
    counts = {group: one for group, one in everyone.circulation.items() if one.recipients}
    told = "\u00a0; ".join(f"{group.label} {far(one)}" for group, one in counts.items())
    yield f"Registre de la {version.name.lower()}, envoyée ou remise\u00a0: {told}."
    for group in everyone.required:
        one = counts.get(group)
        if one and one.given < one.recipients and group not in everyone.missing:
            lacking = counted(one.recipients - one.given, "n’a pas", "n’ont pas")
            yield f"La diffusion {TO_WHOM[group]} est partielle\u00a0: sur {one.recipients}, {lacking} reçu la version."


def far(one: Circulated) -> str:
    """« 88 sur 88, ouverte par 13, accusée par 6 »: sent is not read."""
    opened = f", ouverte par {one.opened}" if one.opened else ""
    acknowledged = f", accusée par {one.acknowledged}" if one.acknowledged else ""
    return f"{one.given} sur {one.recipients}{opened}{acknowledged}"


def whole(version: Publication, need: Need, told: str = "Plan de réponse aux crises") -> Found:
    """The version itself; of one that was written elsewhere, what the tool could not read in it."""
    is_earlier = version.kind is PublicationKind.EARLIER
    return Found(tuple(_plan(version, need, told)), remarks=(_unread(version),) if is_earlier else ())


def _unread(version: Publication) -> str:
    return (
        f"La {version.name.lower()} a été écrite hors de l’outil, qui ne l’a pas lue\u00a0: vérifiez qu’elle suit la trame "
        "(référent de crise, lieu de la cellule de crise, actions)."
    )


def _changes(version: Publication, before: Publication | None) -> Found:
    """The consolidated document where both versions were published here; else the version itself, and what lacks."""
    own = whole(version, Need.CHANGES)
    if version.kind is not PublicationKind.PUBLISHED:
        return own + Found(gaps=(Gap(Need.CHANGES, WRITTEN_ELSEWHERE),))
    if before is None or before.kind is not PublicationKind.PUBLISHED:
        return own + Found(gaps=(Gap(Need.CHANGES, NOT_COMPARED),)) + _reviewed(version)
    label = f"Document consolidé, {version.name} comparée à {before.name}, {long_date(version.dated_on)}"
    mark = f"{before.content_sha256} {version.content_sha256}"
    compared = Piece("comparaison", Need.CHANGES, label, PDF, mark, _comparison(before, version))
    return Found((compared,)) + own + _reviewed(version)


def _comparison(before: Publication, version: Publication) -> Callable[[], bytes]:
    return lambda: comparison_pdf(before, version, Edition.RESTRICTED)


def _reviewed(version: Publication) -> Found:
    """Who signed what as « revu sans changement » for this version; the version itself prints the list."""
    signed = printed_in(version)
    if not signed:
        return Found()
    told = counted(len(signed), "élément revu sans changement est signé", "éléments revus sans changement sont signés")
    return Found(remarks=(f"{told}\u00a0: la liste, avec noms et dates, est imprimée dans la {version.name.lower()}.",))


def _plan(version: Publication, need: Need, told: str) -> Iterator[Piece]:
    """The version itself, and the act that adopted it where there is one."""
    dated = f"{version.name}, {long_date(version.dated_on)}"
    for file in version.files:
        if file.kind in FILES:
            yield Piece(f"plan-{version.kind}-{version.number}", need, f"{told}, {dated}", PDF, file.sha256,
                        _bytes_of(version, file.kind))  # fmt: skip
        elif file.kind is FileKind.ADOPTION:
            label = f"Acte d’adoption, {dated}"
            yield Piece(f"adoption-{version.number}", need, label, PDF, file.sha256, _bytes_of(version, file.kind))


def _bytes_of(version: Publication, kind: FileKind) -> Callable[[], bytes]:
    return lambda: publication.file_or_404(version, kind).content


def _receipt(document: DeliveryDocument) -> Piece:
    name = document.file_name.rpartition(".")[0] or document.file_name
    label, extension = f"Justificatif de remise, {name}", EXTENSIONS.get(document.media_type, "bin")
    return Piece(f"remise-{document.id}", Need.CIRCULATION, label, extension, document.sha256, lambda: document.content)


def _not_given(version: Publication, group: Group) -> Gap:
    """The register of this very version mends it; of one that was written elsewhere there is none, only documents."""
    sentence = f"La diffusion {TO_WHOM[group]} n’est pas prouvée."
    if version.kind is not PublicationKind.PUBLISHED:
        return Gap(Need.CIRCULATION, sentence)
    action, values = f"Diffuser la {version.name.lower()}", {"version": version.number}
    return Gap(Need.CIRCULATION, sentence, action, "cpts.distribution.index", values)
