"""Messages proposed to every CPTS, as data: to be taken whole, then reworded with those who will send them.

Sentences are ours; facts are those of the domain, sections 4 (crisis types), 5 (three separate facts) and 8 (first hour,
stand-down). The CPTS relays what authorities tell the population: it invents no instruction.
Curly brackets are filled by the tool (`blanks`), square ones by whoever sends.
"""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.pilotage.communication.rules import Moment

ADHERENTS = "adherents"
CELL = "cellule"
"""The audiences of the directory that the proposals name, by value."""


@dataclass(frozen=True)
class ProposedMessage:
    """A message that a CPTS may take as it is, reword or leave; the audience by its value, or in words."""

    key: str
    moment: Moment
    title: str
    subject: str
    email_text: str
    short_text: str
    audience: str = ""
    audience_words: str = ""
    crisis_types: tuple[CrisisType, ...] = ()


SIGNED = "{referent}, {cpts}\nRéponses et questions\u00a0: {telephone}"
NOBODY = "N’écrivez jamais le nom d’un patient dans votre réponse."

CELL_MEETS = ProposedMessage(
    "cell-meets",
    Moment.ALERT,
    "Réunir la cellule de crise",
    "{cpts}\u00a0: la cellule se réunit, {titre}",
    "Bonjour,\n\n"
    "Une alerte nous est parvenue\u00a0: {titre}. La cellule de crise se réunit à [heure].\n\n"
    "Lieu\u00a0: {lieu_cellule}\n\n"
    "Répondez tout de suite\u00a0: venez-vous, sur place ou à distance, à partir de quelle heure\u00a0? Si vous ne pouvez pas, "
    f"prévenez votre suppléant et dites-le.\n\n{SIGNED}",
    "{cpts}\u00a0: alerte, {titre}. Cellule à [heure], {lieu_cellule}. Venez-vous\u00a0? Sur place ou à distance\u00a0? Sinon "
    "prévenez votre suppléant. {telephone}",
    audience=CELL,
)
FIRST_MESSAGE = ProposedMessage(
    "first-message",
    Moment.ACTIVATION,
    "Premier message aux adhérents",
    "{cpts}\u00a0: {titre}, message n°\u00a01 de {heure}",
    "Bonjour,\n\n"
    "Ce qui se passe\u00a0: {titre}. [Ce qui est sûr, et ce que nous ne savons pas encore.] La CPTS active son plan, niveau "
    "{niveau}.\n\n"
    "Ce que nous vous demandons\u00a0: dites-nous si vous êtes disponible, où et quand. N’allez pas sur place sans consigne.\n\n"
    "Comment vous protéger\u00a0: [consigne].\n\n"
    f"Prochain message à [heure], même s’il n’y a rien de neuf. {NOBODY}\n\n{SIGNED}",
    "{cpts}, {heure}\u00a0: {titre}, niveau {niveau}. Répondez\u00a0: disponible ou non, où, quand. N’allez pas sur place sans "
    "consigne. Protection\u00a0: [consigne]. Prochain message à [heure].",
    audience=ADHERENTS,
)
ARS_CONFIRMED = ProposedMessage(
    "ars-confirmed",
    Moment.ACTIVATION,
    "À l’ARS\u00a0: contact confirmé",
    "{cpts}\u00a0: contact confirmé, {titre}",
    "Bonjour,\n\n"
    "Nous confirmons votre appel de [heure] au sujet de\u00a0: {titre}.\n\n"
    "Ce que nous avons compris de votre demande\u00a0: [ce qui est demandé, jusqu’à quand].\n"
    "Un plan ORSAN est-il déclenché\u00a0? [oui, lequel, par qui, à quelle heure\u00a0; non\u00a0; pas encore connu]\n"
    "La crise sanitaire grave est-elle reconnue\u00a0? [oui, par qui, à quelle heure\u00a0; non\u00a0; pas encore]\n\n"
    "La CPTS est au niveau {niveau} depuis {heure}. Notre interlocuteur\u00a0: {referent}, {telephone}. Notre prochain point "
    "vous parviendra à [heure]. Merci de corriger ce qui serait inexact.\n\n{cpts}",
    "{cpts}\u00a0: appel de [heure] bien reçu, {titre}. Niveau {niveau}. Interlocuteur\u00a0: {referent}, {telephone}. Prochain "
    "point à [heure].",
    audience_words="ARS",
)
PARTNERS = ProposedMessage(
    "partners",
    Moment.ACTIVATION,
    "Aux mairies et aux partenaires",
    "{cpts}\u00a0: le plan de crise est activé, {titre}",
    "Madame, Monsieur,\n\n"
    "Les professionnels de santé du territoire s’organisent face à\u00a0: {titre}. La CPTS est au niveau {niveau} depuis "
    "{heure}.\n\n"
    "Ce que nous pouvons faire\u00a0: [actions]. Ce qu’il nous faut de vous\u00a0: [lieu à ouvrir, personnes isolées à appeler "
    "par vos services, affichage].\n\n"
    "Joignez-nous à ce seul numéro\u00a0: {telephone}. Les consignes à la population restent celles de la préfecture et de "
    "l’ARS.\n\n{referent}, {cpts}",
    "{cpts}\u00a0: plan de crise activé à {heure}, {titre}. Nous pouvons\u00a0: [actions]. Il nous faut\u00a0: [besoins]. Un seul "
    "numéro\u00a0: {telephone}.",
    audience_words="Mairies, hôpital, EHPAD, maisons de santé, pharmacies",
)
INJURED = ProposedMessage(
    "injured",
    Moment.ACTIVATION,
    "Blessés\u00a0: qui peut accueillir",
    "{cpts}\u00a0: accueil de blessés légers, {titre}",
    "Bonjour,\n\n"
    "{titre}, depuis [heure]. [Qui] demande notre aide pour des blessés légers et des personnes choquées. Le lieu d’accueil "
    "est\u00a0: [lieu].\n\n"
    "N’allez pas sur les lieux de l’événement. Dites-nous votre profession, votre délai, et si vous êtes formé à l’urgence. "
    f"Gardez sur vous gants et carte professionnelle. Toute urgence vitale reste au 15.\n\n{NOBODY}\n\n{SIGNED}",
    "{cpts}\u00a0: {titre}. Accueil de blessés légers à [lieu]. N’allez pas ailleurs. Répondez\u00a0: profession, délai. Gants et "
    "carte professionnelle sur vous. Urgence vitale\u00a0: 15.",
    audience=ADHERENTS,
    crisis_types=(CrisisType.INJURED,),
)
ILL = ProposedMessage(
    "ill",
    Moment.ACTIVATION,
    "Malades nombreux\u00a0: visites et créneaux",
    "{cpts}\u00a0: visites et créneaux à trouver, {titre}",
    "Bonjour,\n\n"
    "{titre} sur [communes]. L’ARS demande l’aide de la CPTS jusqu’au [date].\n\n"
    "Dites-nous\u00a0: vos créneaux de visite ou de téléconsultation, ce qui vous manque, et combien de patients isolés vous "
    "inquiètent, sans les nommer. Protection\u00a0: [consigne].\n\n"
    f"{NOBODY} Prochain message à [heure].\n\n{SIGNED}",
    "{cpts}\u00a0: {titre}. Répondez\u00a0: créneaux de visite ou de téléconsultation, ce qui manque, combien de patients isolés "
    "(sans nom). Prochain message à [heure].",
    audience=ADHERENTS,
    crisis_types=(CrisisType.ILL,),
)
INFECTIOUS = ProposedMessage(
    "infectious",
    Moment.ACTIVATION,
    "Agent infectieux\u00a0: consignes et volontaires",
    "{cpts}\u00a0: consignes à lire avant vos consultations, {titre}",
    "Bonjour,\n\n"
    "[Agent] est signalé par l’ARS\u00a0: {titre}. Les consignes officielles sont jointes. Lisez-les avant vos consultations.\n\n"
    "Séparez les cas suspects des autres patients. Portez\u00a0: [protection].\n\n"
    "Dites-nous\u00a0: volontaire ou non, formé à la tenue ou non, ce qui reste de votre stock.\n\n"
    f"{NOBODY} Prochain message à [heure].\n\n{SIGNED}",
    "{cpts}\u00a0: [agent] signalé par l’ARS. Consignes par courriel, à lire avant de consulter. Cas suspects à part. Portez "
    "[protection]. Volontaire\u00a0? Répondez.",
    audience=ADHERENTS,
    crisis_types=(CrisisType.INFECTIOUS,),
)
NRC = ProposedMessage(
    "nrc",
    Moment.ALERT,
    "Accident nucléaire, radiologique ou chimique\u00a0: se protéger d’abord",
    "{cpts}\u00a0: consigne de la préfecture, {titre}",
    "Bonjour,\n\n"
    "{titre}, à [lieu], depuis [heure]. La préfecture demande\u00a0: [consigne\u00a0: abri ou évacuation]. Suivez-la vous-même, "
    "puis faites-la suivre à votre cabinet.\n\n"
    "N’entrez pas dans la zone sans instruction du SAMU ou de la préfecture.\n\n"
    "Répondez\u00a0: où êtes-vous, combien de personnes avec vous, de quoi avez-vous besoin\u00a0? Aux patients qui appellent, "
    "répétez la consigne officielle, rien d’autre.\n\n"
    f"Prochain message à [heure].\n\n{SIGNED}",
    "{cpts}\u00a0: {titre}. La préfecture demande\u00a0: [consigne]. N’entrez pas dans la zone. Répondez\u00a0: où, combien avec vous, "
    "quels besoins. Prochain message à [heure].",
    audience=ADHERENTS,
    crisis_types=(CrisisType.NRC,),
)
CARE_DISRUPTED = ProposedMessage(
    "care-disrupted",
    Moment.ACTIVATION,
    "Offre de soins altérée\u00a0: qui est ouvert",
    "{cpts}\u00a0: dites-nous si vous êtes ouvert, {titre}",
    "Bonjour,\n\n"
    "{titre}, depuis [heure]. Fermés à cette heure\u00a0: [liste].\n\n"
    "Répondez\u00a0: ouvert ou non, électricité, réseau, et combien de soins qui ne peuvent pas attendre sont à couvrir, sans "
    "nommer personne. N’empruntez pas les routes fermées.\n\n"
    f"Prochain message à [heure]. Sans réseau, il sera affiché à [lieu].\n\n{SIGNED}",
    "{cpts}\u00a0: {titre}. Répondez\u00a0: ouvert ou non, courant, réseau, combien de soins vitaux à couvrir (sans nom). Sans "
    "réseau\u00a0: message affiché à [lieu].",
    audience=ADHERENTS,
    crisis_types=(CrisisType.CARE_DISRUPTED,),
)
VOLUNTEERS = ProposedMessage(
    "volunteers",
    Moment.RELIEF,
    "Appel à volontaires",
    "{cpts}\u00a0: nous cherchons des volontaires, {titre}",
    "Bonjour,\n\n"
    "Il nous faut des volontaires pour\u00a0: [tâche], à [lieu], de [heure] à [heure]. Professions\u00a0: [professions].\n\n"
    "Répondez par oui ou par non, avec vos heures. Attendez notre confirmation avant de partir\u00a0: elle vous dira qui vous "
    "accueille, la protection prévue et qui vous relève.\n\n"
    f"{SIGNED}",
    "{cpts}\u00a0: volontaires pour [tâche], [lieu], de [heure] à [heure]. Répondez OUI ou NON et vos heures. Attendez notre "
    "confirmation avant de partir. {telephone}",
    audience=ADHERENTS,
)
RELIEF = ProposedMessage(
    "relief",
    Moment.RELIEF,
    "Demande de relève",
    "{cpts}\u00a0: relève à trouver pour [fonction ou lieu]",
    "Bonjour,\n\n"
    "L’équipe de [fonction ou lieu] est engagée depuis [heure] et doit se reposer. Pouvez-vous prendre la suite de [heure] à "
    "[heure]\u00a0?\n\n"
    "La passation se fait sur place pendant [durée], avec une fiche écrite. Dites-nous oui ou non, et à partir de quand.\n\n"
    f"{SIGNED}",
    "{cpts}\u00a0: relève cherchée à [fonction ou lieu] de [heure] à [heure]. Pouvez-vous\u00a0? OUI ou NON, à partir de quand. "
    "{telephone}",
    audience=ADHERENTS,
)
REPORT = ProposedMessage(
    "report",
    Moment.REPORT,
    "Point de situation aux adhérents",
    "{cpts}\u00a0: point de {heure}, {titre}",
    "Bonjour,\n\n"
    "Point de {heure}, message n°\u00a0[numéro]. Niveau\u00a0: {niveau}.\n\n"
    "Ce qui a changé\u00a0: [faits].\nCe qui est fait\u00a0: [actions].\nCe qui manque\u00a0: [besoins].\n"
    "Ce que nous vous demandons\u00a0: [demande].\n\n"
    f"Prochain message à [heure].\n\n{SIGNED}",
    "{cpts}, point de {heure}\u00a0: {titre}, niveau {niveau}. Change\u00a0: [faits]. Demandé\u00a0: [demande]. Prochain message à "
    "[heure].",
    audience=ADHERENTS,
)
POSTER = ProposedMessage(
    "poster",
    Moment.PUBLIC,
    "Affiche pour les cabinets et les pharmacies",
    "Affiche à imprimer\u00a0: {titre}",
    "{titre}\n\n"
    "Ce que demandent les autorités\u00a0: [consigne officielle, recopiée mot pour mot, et sa date].\n\n"
    "Pour vous soigner\u00a0: appelez avant de venir. Cabinets et pharmacies ouverts\u00a0: [liste].\n\n"
    "En cas d’urgence, appelez le 15. Si vous ne pouvez pas parler ou entendre\u00a0: 114.\n\n"
    "Une personne seule près de chez vous\u00a0? Prenez de ses nouvelles, et prévenez la mairie.\n\n"
    "Affiché le [date] à {heure} par {cpts}. Cette affiche sera remplacée à chaque changement.",
    "",
    audience_words="Population, par les cabinets, les pharmacies et les mairies",
)
STAND_DOWN = ProposedMessage(
    "stand-down",
    Moment.STAND_DOWN,
    "Levée du dispositif",
    "{cpts}\u00a0: fin du dispositif, {titre}",
    "Bonjour,\n\n"
    "Le dispositif de la CPTS est levé à {heure}\u00a0: {titre}.\n\n"
    "Ce qui continue, et qui le tient\u00a0: [suites]. Rapportez ou signalez le matériel emprunté à [personne ou lieu].\n\n"
    "Reposez-vous. Notez à chaud ce qui a marché et ce qui a manqué\u00a0: un bilan ouvert à tous se tient le [date] à "
    "[lieu].\n\nMerci à chacun.\n\n{referent}, {cpts}",
    "{cpts}\u00a0: dispositif levé à {heure}, {titre}. Suites\u00a0: [suites]. Matériel à rendre à [lieu]. Bilan le [date]. Merci "
    "à chacun.",
    audience=ADHERENTS,
    audience_words="et les partenaires qui ont été prévenus",
)
EXERCISE = ProposedMessage(
    "exercise",
    Moment.EXERCISE,
    "Début d’un exercice",
    "EXERCICE – {cpts}\u00a0: {titre}",
    "EXERCICE, EXERCICE, EXERCICE\n\n"
    "Bonjour,\n\n"
    "L’exercice «\u00a0{titre}\u00a0» commence à {heure}. Ce n’est pas une crise\u00a0: vos soins passent avant.\n\n"
    "Répondez à ce message comme vous le feriez ce jour-là\u00a0: disponible ou non, où, quand. Commencez chaque message par "
    "le mot EXERCICE. Une vraie urgence arrête tout\u00a0: écrivez RÉEL.\n\n{referent}, {cpts}\u00a0: {telephone}",
    "EXERCICE {cpts}\u00a0: {titre}, début {heure}. Répondez comme ce jour-là\u00a0: disponible ou non, où, quand. Vos soins "
    "passent avant.",
    audience=ADHERENTS,
)
PROPOSED = (
    *(CELL_MEETS, NRC),
    *(FIRST_MESSAGE, ARS_CONFIRMED, PARTNERS, INJURED, ILL, INFECTIOUS, CARE_DISRUPTED),
    *(REPORT, VOLUNTEERS, RELIEF, POSTER, STAND_DOWN, EXERCISE),
)
"""In the order of a crisis; those of every crisis before those of one type."""
