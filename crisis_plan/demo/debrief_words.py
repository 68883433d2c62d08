"""What was said after the heatwave and after the fire: meetings, findings, what was decided of them."""

from __future__ import annotations

from crisis_plan.demo.crisis_lines import CELL, COORDINATION, REFERENT
from crisis_plan.demo.debrief_script import STRONG, WEAK, Answer, Found, Held, Where
from crisis_plan.evaluation.debriefs.rules import Meeting

CARD = Where(card="Malades nombreux")
AFTER_THE_HEATWAVE = (
    Held(Meeting.HOT, 1, "Luc Fabre", (
        "Claire Vidal, direction (pilote)", "Nadia Benali, secrétariat et main courante", "Luc Fabre, soins et continuité",
        "Une infirmière du secteur d’Aramon", "Un infirmier du secteur d’Uzès", "Un médecin de la maison de santé de Remoulins",
    ), "Quarante minutes par téléphone, chacun deux phrases\u00a0: ce qui a aidé, ce qui a manqué. La fatigue revient dans toutes les bouches."),
    Held(Meeting.COLD, 11, "Nadia Benali", (
        "Nadia Benali, secrétariat et main courante", "Claire Vidal, direction (pilote)", "Luc Fabre, soins et continuité",
        "Logistique et stock", "Liaison", "Communication interne", "Un suppléant de la direction",
        "Un kinésithérapeute des appels", "Une pharmacienne d’Uzès", "La coordinatrice du SSIAD d’Uzès",
    ), "Le journal a été relu jour par jour avant de parler des points faibles."),
    Held(Meeting.PARTNERS, 25, "Nadia Benali", (
        "Nadia Benali, secrétariat et main courante", "Claire Vidal, direction (pilote)", "ARS Occitanie, délégation du Gard", "SAMU 30", "SAS 30", "Mairie d’Uzès", "Mairie d’Aramon",
        "Mairie de Remoulins", "Mairie de Sernhac", "EHPAD Les Oliviers", "CPTS de la Gardonnenque", "CPAM du Gard",
    ), "Accord de tous pour parler des salles rafraîchies et du groupe électrogène avant l’été suivant."),
)  # fmt: skip
HEATWAVE = (
    Found(STRONG, "Les kinés aux appels, nous aux visites\u00a0: on a gagné deux heures par jour.",
          "Les appels aux personnes isolées, confiés aux kinésithérapeutes, ont rendu aux infirmiers le temps des visites.",
          Where("continuite"), ("passent aux kinésithérapeutes", "71 visites sur 71")),
    Found(STRONG, "Le soir où on a donné des créneaux au SAS, personne n’est parti aux urgences.",
          "Les créneaux de soins non programmés annoncés au SAS ont évité des passages aux urgences.",
          Where("circuits"), ("deux créneaux de soins non programmés", "Onze patients vus ce soir")),
    Found(STRONG, "Pendant la coupure, les cinq domiciles sous oxygène ont été vus en une heure.",
          "Oxygène et dialyse n’ont pas été interrompus, coupure d’Aramon comprise.",
          Where("continuite"), ("sont vus dans l’heure", "Transport des quatre dialysés")),
    Found(WEAK, "On a passé la première journée à demander qui avait une salle fraîche, et celle de Poulx ne l’était pas.",
          "Les salles rafraîchies ont été cherchées une par une après l’ouverture, sans savoir si elles l’étaient vraiment.",
          CARD, ("Salles rafraîchies ouvertes à midi", "n’est pas rafraîchie"),
          Answer("Écrire dans la fiche «\u00a0Malades nombreux\u00a0» l’ouverture, avec la mairie, de la salle rafraîchie la plus proche.", COORDINATION, 240, CARD)),
    Found(WEAK, "Six jours sans se relayer. On a fini par oublier des choses, et personne ne nous a dit d’aller dormir.",
          "Le repos de la cellule n’a été organisé que le sixième jour\u00a0; la fonction ressources humaines n’avait personne en poste.",
          Where("cellule"), ("Personne n’a planifié leur repos", "prend une demi-journée de repos", "Planifier les relèves"),
          Answer("Prévoir les relèves de la cellule dès le deuxième jour, et former deux suppléants aux ressources humaines.", REFERENT, 150, Where("cellule"))),
    Found(WEAK, "Le groupe électrogène est resté à Sernhac\u00a0: pas de remorque, pas de chauffeur.",
          "Le groupe électrogène du stock ne pouvait pas être déplacé\u00a0: rien ne disait qui l’amène, ni avec quoi.",
          Where("stock"), ("n’a pas pu partir", "Coupure d’électricité depuis"),
          Answer("Convenir par écrit avec les communes qui amène le groupe électrogène, avec quelle remorque, sous quel délai.", CELL, 24, Where("stock"))),
    Found(WEAK, "Chaque mairie comptait à sa façon. Il nous aurait fallu une seule liste, la nôtre.",
          "Le nombre de personnes inscrites aux registres n’a jamais été connu\u00a0: inscrits, foyers et numéros s’additionnaient.",
          Where("besoins"), ("Trois communes n’ont pas rouvert leur registre", "62 foyers et 108 personnes", "jamais une liste par courriel"),
          refused="La CPTS ne tiendra pas de liste\u00a0: le registre appartient à la commune, et des noms n’ont pas à circuler. Le modèle "
          "de décompte sans nom, envoyé aux mairies le huitième jour, suffit à additionner."),
)  # fmt: skip
COMMENTS = {
    "tasks": "La plupart des tâches dites abandonnées ont été faites\u00a0: personne n’a pris le temps de les cocher. Nous les avons relues une à une à la levée.",
    "silences": "Les nuits sont calmes, et la permanence des soins avait le numéro du suppléant. Celui du cinquième jour est la coupure d’Aramon\u00a0: tout le monde était au téléphone.",
}
LESSONS = """Trois habitudes à garder, quoi qu’il arrive\u00a0:

1. **Partager tôt.** Confier les appels à ceux dont les rendez-vous s’annulent libère ceux qui se déplacent.
2. **Donner de l’air aux urgences avant qu’elles le demandent.** Les créneaux annoncés au SAS sont venus le quatrième jour\u00a0; ils pouvaient venir le deuxième.
3. **Penser à la relève le premier soir**, quand personne n’est encore fatigué.

Ce que nous avons compris aussi\u00a0: une ressource écrite dans le plan n’existe que si quelqu’un sait l’amener."""
ADDENDUM = (
    "La mairie de Poulx nous écrit que sa salle des fêtes est désormais climatisée. La phrase du constat n°\u00a04 reste vraie pour ces "
    "neuf jours\u00a0; elle ne l’est plus aujourd’hui."
)
MOVED_ON = (
    "Deux suppléants trouvés\u00a0; la formation est calée avec l’ARS, la date dépend de la salle.",
    "Nouvelle échéance\u00a0: la formation se tiendra avec la mise à jour annuelle.",
)
LETTER = "Document fictif de démonstration. La CPTS demande à trois communes qui amène le groupe électrogène, avec quelle remorque."
NO_ANSWER = "Courrier envoyé à trois mairies\u00a0; une seule a répondu."

AFTER_THE_FIRE = (
    Held(Meeting.HOT, 1, "Luc Fabre", ("Claire Vidal, direction (pilote)", "Luc Fabre, soins et continuité", "Une infirmière du gymnase", "Un médecin du gymnase"), "Au gymnase, une demi-heure, en rangeant."),
    Held(Meeting.COLD, 11, "Nadia Benali", ("Claire Vidal, direction (pilote)", "Nadia Benali, coordination", "Luc Fabre, soins et continuité", "Cabinet infirmier de Saint-Quentin-la-Poterie", "Prestataire d’oxygène")),
    Held(Meeting.PARTNERS, 25, "Nadia Benali", ("Nadia Benali, coordination", "Claire Vidal, direction (pilote)", "SDIS 30", "Mairie d’Uzès", "Mairie de Saint-Quentin-la-Poterie", "ARS Occitanie, délégation du Gard", "EHPAD de Saint-Quentin-la-Poterie"),
         "Le SDIS souhaite connaître à l’avance le numéro de la cellule."),
)  # fmt: skip
FIRE = (
    Found(STRONG, "Les six patients sous oxygène ont été vus avant la coupure.", "", Where("continuite"),
          ("sont rejoints avant 16\u00a0h\u00a030", "ont été vus")),
    Found(WEAK, "Le relais de nuit s’est décidé à 19\u00a0h\u00a030, les infirmières y étaient depuis le début de l’après-midi.",
          "La relève de nuit au gymnase a été décidée tard, sans que la raison en soit écrite.", Where("degrade"),
          ("Relève de nuit au gymnase",),
          Answer("Décider la relève de nuit au plus tard à 17\u00a0h, et l’écrire à la première page du journal.", REFERENT, -35, Where("journal"))),
    Found(WEAK, "On a manqué de sérum physiologique au bout de quatre heures.", "", Where("stock"), ("manque de sérum physiologique",)),
    Found(WEAK, "Le SDIS ne savait pas qui appeler chez nous.", "Le SDIS n’avait pas le numéro de la cellule.", Where("alerte")),
)  # fmt: skip
FIRE_COMMENT = "Deux des entrées tardives viennent du gymnase, où le réseau passait mal."
"""The second weak point waits for an answer of the pharmacies, the third one for the town halls: nothing is decided yet."""

AFTER_THE_TEST = (
    Held(
        Meeting.HOT,
        0,
        "Nadia Benali",
        ("Claire Vidal", "Nadia Benali", "Luc Fabre"),
        "Dix minutes, la liste sous les yeux.",
    ),
)
ONE_IS_ENOUGH = "Pour un test de deux heures, le retour à chaud suffit."
SUMMER_TEST = (
    Found(STRONG, "Pas un seul mauvais numéro sur toute la liste."),
    Found(WEAK, "Peu de réponses avant 13\u00a0h, tout le monde est en tournée.", "Un test du matin mesure surtout les tournées.", Where("communication"),
          answer=Answer("Faire le prochain test à l’heure du déjeuner, avec un second appel le soir.", COORDINATION, -40, Where("communication"))),
)  # fmt: skip
AFTER_THE_SCREENING = (
    Held(
        Meeting.HOT,
        0,
        "Nadia Benali",
        ("Claire Vidal, direction (pilote)", "Luc Fabre, soins et continuité", "L’animatrice"),
    ),
)
SCREENING = (
    Found(
        STRONG,
        "Les prélèvements urgents ont trouvé leur lieu en vingt minutes.",
        "",
        Where("circuits"),
        ("prélèvements urgents",),
    ),
)
FROM_A_LESSON = Answer(
    "Remettre un double des clés du lieu de la cellule au référent suppléant.",
    "Mairie de Remoulins",
    -20,
    Where("lieu-cellule"),
)
FROM_AN_OPINION = Answer(
    "Écrire que le rythme des points de situation vaut jour et nuit.", COORDINATION, -75, Where("gravite")
)
