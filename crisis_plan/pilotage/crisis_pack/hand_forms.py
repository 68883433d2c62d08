"""Forms to fill by hand when nothing else works. Source: domain, section 8."""

from __future__ import annotations

from crisis_plan.document.blocks import (
    Block,
    Chapter,
    CheckItem,
    CheckList,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Span,
    Tone,
    plain,
)

ROOM_TO_WRITE = 4.6
"""Points above and below each line of a form."""
WHEN_AND_WHO = "\nà ……… h ………, par ……………………………"
NO_NAMES = "Aucun nom de patient\u00a0: des nombres seulement."
OR_NOT = "oui / non"
CHECKED = Fact("Numéro vérifié\u00a0?", OR_NOT)
TRIGGERED = Fact("Plan ORSAN déclenché\u00a0?", OR_NOT)
ASKED_TO_ACT = Fact("La CPTS est-elle sollicitée\u00a0?", OR_NOT)
RECOGNISED = Fact("Crise reconnue\u00a0?", "oui / non / pas encore")


def alert_received() -> Chapter:
    """Who calls, what happens (M/ETHANE), what is asked of the CPTS."""
    return Chapter(
        "formulaire-alerte-recue",
        "Alerte reçue",
        (
            Heading("L’appel", level=3),
            _asked("Reçu le, à", "Noté le, à", "Par qui (nom, organisme)", "Numéro de rappel", CHECKED, "Pris par"),
            Heading("L’événement", level=3),
            _asked(
                "Nature",
                "Lieu exact, communes",
                "Dangers",
                "Accès, zones à éviter",
                "Personnes concernées",
                "Services engagés",
                "Type de crise (1 à 5)",
            ),
            Heading("Ce qui est demandé", level=3),
            _asked(
                TRIGGERED,
                "Lequel, par qui, à",
                ASKED_TO_ACT,
                "Quoi exactement",
                "Jusqu’à quand",
                RECOGNISED,
                "Par qui, le, à",
                "L’ARS attend en retour",
                "Pour quelle heure",
            ),
            Paragraph(plain(NO_NAMES, italic=True)),
        ),
        Part.ANNEX,
    )


def first_hour() -> Chapter:
    """What is done in the first hour, each with its time and who did it."""
    return Chapter(
        "formulaire-premiere-heure",
        "Activation\u00a0: la première heure",
        (
            _asked("Crise ou exercice", "Activée le, à", "Niveau et raison", "Décidé par"),
            _to_tick(
                "Référent de crise ou suppléant joint",
                "Journal de bord ouvert, teneur du journal nommé",
                "Plan, annuaire et stock figés (ce kit suffit, s’il est du jour)",
                "Fonctions de la cellule pourvues\u00a0; manques notés",
                "Lieu de la cellule ouvert, ou repli",
                "Sécurité des professionnels\u00a0: équipement, accès, zones dangereuses",
                "Premier message aux adhérents envoyé",
            ),
            Heading("Contacts confirmés", level=3),
            _to_tick("ARS", "SAMU, SAS", "Mairies", "Hôpital", "EHPAD", "Maisons de santé", "Pharmacies", timed=False),
            _asked("Prochain point de situation, à", "Fonctions sans personne"),
        ),
        Part.ANNEX,
    )


def stand_down() -> Chapter:
    """What ends a crisis, and what it leaves to do."""
    return Chapter(
        "formulaire-levee",
        "Levée",
        (
            _asked("Crise ou exercice", "Décidée le, à", "Par", "Raison", "Dernier numéro du journal"),
            _to_tick(
                "Message aux adhérents",
                "Message aux partenaires",
                "Besoins encore ouverts transmis, à qui",
                "Stock compté et à recompléter",
                "Journal de bord clos\u00a0; feuilles à la main numérotées et rangées",
                "Dossier de financement ouvert",
            ),
            _asked("Bilan à chaud, le", "Bilan à froid, le", "Besoins transmis (quoi, à qui)"),
            Notice(
                plain(
                    "Les feuilles écrites à la main se recopient ensuite dans l’application, avec leurs numéros et leurs heures. "
                    "Gardez les originaux."
                ),
                Tone.NEUTRAL,
            ),
        ),
        Part.ANNEX,
    )


def _asked(*asked: str | Fact) -> Block:
    """A line to write on for each; what is answered by circling a word already says its words."""
    return Facts(tuple(one if isinstance(one, Fact) else Fact(one, "") for one in asked))


def _to_tick(*labels: str, timed: bool = True) -> Block:
    """A box to tick for each, and who did it when."""
    after = (Span(WHEN_AND_WHO),) if timed else ()
    return CheckList(tuple(CheckItem((Span(label, bold=True), *after)) for label in labels))
