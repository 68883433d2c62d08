"""What was needed, ticked, done and told during the heatwave: needs, tasks, time, actions, stock, reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.demo.crisis_fire import answered
from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT
from crisis_plan.demo.crisis_script import Script, need
from crisis_plan.demo.heatwave_lines import on
from crisis_plan.demo.mobilisation import carried_out, some, team_of
from crisis_plan.demo.situation_reports import Told, tell_report
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.who import in_words
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState
from crisis_plan.pilotage.situation_reports.rules import Reader
from crisis_plan.pilotage.stock_out import operations as stock_out
from crisis_plan.pilotage.stock_out import queries as stock_out_queries
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.pilotage.tasks import ticks
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.pilotage.tasks.ticks import Tick

DONE, STARTED, DROPPED = TaskState.DONE, TaskState.STARTED, TaskState.DROPPED
TICKED = (
    (on(0, 10, 23), REFERENT, "Noter l’heure, l’appelant", DONE, ""),
    (on(0, 10, 24), REFERENT, "Joindre le référent de crise", DONE, ""),
    (on(0, 10, 31), COORDINATION, "Ouvrir le journal", DONE, ""),
    (on(0, 10, 33), REFERENT, "Décider l’activation et le niveau", DONE, ""),
    (on(0, 10, 56), COORDINATION, "Réunir la cellule au lieu prévu", DONE, "Par téléphone\u00a0: trois présents, huit en ligne."),
    (on(0, 11, 36), COORDINATION, "Envoyer le premier message aux adhérents", DONE, ""),
    (on(0, 12, 58), CELL, "Compter infirmiers et médecins libres", DONE, "Réponses lentes à l’heure des tournées."),
    (on(0, 14, 5), COORDINATION, "Appeler mairies et CCAS", DONE, "Les cinq dernières jointes entre midi et 14\u00a0h."),
    (on(0, 15, 40), COORDINATION, "Demander aux EHPAD, SSIAD et HAD", DONE, ""),
    (on(0, 17, 30), COORDINATION, "Confirmer le contact", DONE, "Le dernier joint est l’hôpital, à 17\u00a0h\u00a020."),
    (on(1, 16, 20), CELL, "Partager les visites par secteur", DONE, ""),
    (on(2, 15, 5), CELL, "Faire appeler les personnes isolées", DONE, "Par les kinésithérapeutes."),
    (on(3, 14, 12), CELL, "Ouvrir avec le SAS des créneaux", DONE, "Trois jours après l’ouverture."),
    (on(4, 17, 50), REFERENT, "Noter à part, avec leur date", DONE, ""),
    (on(5, 12, 20), COORDINATION, "Planifier les relèves", DONE, "Commencé le sixième jour."),
    (on(6, 11, 30), CELL, "Vérifier que chaque injection", DROPPED, "Les cabinets s’en sont chargés entre eux."),
)  # fmt: skip
REPORTS = (
    (on(1, 18, 40), Told("- Vigilance orange jusqu’à demain soir au moins.\n- Visites d’autant plus longues que les logements sont chauds.", "", timedelta(hours=24))),
    (on(3, 18, 35), Told("- Vigilance rouge deux à trois jours.\n- Coupures d’électricité possibles de 13\u00a0h à 18\u00a0h.", "- Deux infirmiers de renfort pour le secteur d’Aramon.", timedelta(hours=24))),
    (on(5, 18, 40), Told("- Dernière journée rouge annoncée.\n- Les équipes sont fatiguées\u00a0: trois arrêts possibles.", "", timedelta(hours=24))),
    (on(7, 18, 35), Told("- Retour à la normale demain.\n- Une dizaine de personnes restent affaiblies.", "", timedelta(hours=22))),
)  # fmt: skip

BY_EMAIL = [told for _, told in REPORTS[:2]]


def needs_of_the_heatwave(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    """By commune, counted: one of them is handed over at the end."""
    aramon = need(
        cpts,
        "Aramon",
        NeedKind.CONTINUITY,
        "Coupure d’électricité depuis 13\u00a0h\u00a010, retour annoncé pour 18\u00a0h\u00a0: cinq domiciles équipés",
        5,
    )
    dialysis = need(
        cpts,
        "Uzès",
        NeedKind.TRANSPORT,
        "Séance de demain soir avancée à 6\u00a0h\u00a0: deux transporteurs prévenus, le troisième ne répond pas",
        4,
    )
    oxygen = need(
        cpts, "Remoulins", NeedKind.CONTINUITY, "Domiciles sans bouteille de secours, livraison demain au plus tôt", 9
    )
    left = need(cpts, "Uzès", NeedKind.CARE, "Personnes encore affaiblies, à suivre plusieurs jours", 11)
    told = (
        (replace(oxygen, care=CareKind.OXYGEN, reported_by="Prestataire d’oxygène"), on(1, 9, 58), on(2, 9, 50), "Les 31 domiciles équipés ont leur bouteille"),
        (replace(need(cpts, "Uzès", NeedKind.STAFF, "EHPAD Les Oliviers\u00a0: une infirmière de renfort, deux matinées", 1), reported_by="EHPAD Les Oliviers"), on(3, 10, 18), on(4, 8, 50), "Trois infirmières d’Uzès s’y relaient"),
        (need(cpts, "Poulx", NeedKind.SHELTER, "Une salle fraîche, celle de la commune ne l’est pas", 20), on(3, 15, 14), on(4, 10, 45), "Salle d’attente d’un cabinet dentaire, de 13\u00a0h à 17\u00a0h"),
        (replace(dialysis, care=CareKind.DIALYSIS, reported_by="Centre de dialyse"), on(4, 9, 30), on(5, 8, 10), "Les quatre sont partis à l’heure"),
        (replace(aramon, care=CareKind.OXYGEN), on(4, 13, 40), on(4, 14, 48), "Les cinq domiciles vus\u00a0: trois ont assez de bouteille, deux personnes conduites au foyer de Remoulins"),
    )  # fmt: skip
    pairs = [answered(crisis, what, (noted, met), word, by) for what, noted, met, word in told]
    word = "Chacune a un médecin et une infirmière qui la suivent"
    handed = answered(crisis, left, (on(8, 9, 20), on(8, 13, 3)), word, by, state=NeedState.HANDED_OVER)
    return [act for pair in (*pairs, handed) for act in pair]


def tasks_of_the_heatwave(crisis: Crisis, who: dict[str, Account]) -> Script:
    """Some in time, several late, one dropped with its reason."""

    def tick(by: str, words: str, state: TaskState, word: str, now: datetime) -> None:
        task = next(one.task for one in tasks.everything(crisis, now) if one.task.text.startswith(words))
        ticks.tick(crisis, task, Tick(state, word), by=who[by], at=now)

    return [(minutes, partial(tick, by, words, state, word)) for minutes, by, words, state, word in TICKED]


def work_of_the_heatwave(cpts: Cpts, crisis: Crisis, who: dict[str, Account]) -> Script:
    """Time and actions of thirty-odd professionals, what left the stock, four situation reports."""
    by = who[CELL]
    return [
        *_time(cpts, crisis, by),
        *_actions(cpts, crisis, by),
        (on(2, 9, 22), lambda now: _material(cpts, crisis, by, at=now)),
        *((minutes, partial(_report, cpts, crisis, told, who[COORDINATION])) for minutes, told in REPORTS),
    ]


def _time(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    nurses, doctors = some(cpts, "Infirmier", 16), some(cpts, "Médecin", 6)
    physios, pharmacists = some(cpts, "Masseur-Kinésithérapeute", 6), some(cpts, "Pharmacien", 3)
    lent = [in_words("Maud Serre", "Infirmier"), in_words("Elsa Nougaret", "Infirmier")]
    team = partial(team_of, crisis, by)
    return [
        (on(1, 19, 30), team(nurses[:8], 150, "Visites à domicile, premier soir")),
        (on(2, 17, 52), team([*nurses[:10], *physios[:4]], 210, "Visites et appels")),
        (on(2, 20, 5), team(pharmacists, 240, "Médicaments à garder au frais, relecture des ordonnances")),
        (on(3, 21, 45), team([*nurses[4:12], *doctors[:4]], 195, "Visites\u00a0; créneaux du SAS")),
        (on(4, 20, 5), team([*nurses[8:], *doctors[2:]], 240, "Visites, domiciles d’Aramon, créneaux du SAS")),
        (on(5, 20, 15), team([*nurses[:12], *lent], 300, "Visites à domicile")),
        (on(6, 18, 20), team([*nurses[2:10], *physios, *lent], 210, "Visites et appels")),
        (on(7, 17, 45), team([*nurses[:4], *doctors[:2]], 120, "Dernières visites")),
    ]


def _actions(cpts: Cpts, crisis: Crisis, by: Account) -> Script:
    nurses, doctors = some(cpts, "Infirmier", 16), some(cpts, "Médecin", 6)
    physios, pharmacists = some(cpts, "Masseur-Kinésithérapeute", 6), some(cpts, "Pharmacien", 3)
    titles = {title: card_id for card_id, title in responses.titles(cpts)}
    ill, first_hour = (
        next(titles[title] for title in titles if title.startswith(start)) for start in ("Malades", "Première")
    )
    done = partial(carried_out, cpts, crisis, by)
    since = crisis.opened_at
    return [
        (on(0, 18, 40), done([], 30, Done(since, first_hour))),
        (on(1, 12, 36), done(nurses[:4], 10, Done(since, label="Appel des domiciles sous oxygène", what="Neuf domiciles joints, aucune alerte"))),
        (on(1, 20, 15), done(nurses[:8], 60, Done(since, ill, what="37 visites"))),
        (on(2, 18, 30), done(physios[:4], 60, Done(since, label="Appels aux personnes isolées", what="31 appels"))),
        (on(3, 20, 15), done(doctors[:4], 30, Done(since, label="Soins non programmés annoncés au SAS", what="Onze patients"))),
        (on(4, 8, 45), done(nurses[5:8], 20, Done(since, label="Renfort de l’EHPAD Les Oliviers"))),
        (on(4, 15, 0), done(nurses[8:11], 10, Done(since, label="Visite des domiciles privés de courant"))),
        (on(5, 17, 6), done(pharmacists, 60, Done(since, label="Relecture des ordonnances par temps chaud", what="17 signalées, 12 revues"))),
        (on(5, 19, 40), done(nurses[:12], 30, Done(since, ill, what="71 visites"))),
    ]  # fmt: skip


def _material(cpts: Cpts, crisis: Crisis, by: Account, *, at: datetime) -> None:
    """Gloves and gel for the evening rounds."""
    wanted = {"Gants nitrile M": 4, "Gel hydroalcoolique 500 mL": 12}
    found = {one.item.name: one.id for one in stock_out_queries.batches(cpts, crisis, at.date())}
    quantities = {found[name]: quantity for name, quantity in wanted.items()}
    stock_out.hand_out(cpts, crisis, quantities, given_to="Cabinets infirmiers des quatre secteurs", by=by, at=at)


def _report(cpts: Cpts, crisis: Crisis, told: Told, by: Account, now: datetime) -> None:
    """The first two leave by e-mail; the next ones are read to the ARS at its daily call."""
    readers = (Reader.ARS, Reader.INSTITUTIONS) if told in BY_EMAIL else ()
    tell_report(cpts, crisis, told, readers=readers, by=by, at=now)
