"""Theme 3, pilotage: who decides, where, and how it is known and kept."""

from crisis_plan.plan.trame.requirement import MetBy, Need, Requirement, Screen, Theme, paragraphs

REQUIREMENTS = (
    Requirement(
        key="cellule",
        theme=Theme.PILOTAGE,
        label="Cellule de crise : composition et fonctions",
        question="Qui compose la cellule de crise, et qui remplace chacun ?",
        expected=(
            "La direction (pilote) et le secrétariat, tenus tous deux",
            "Un suppléant pour chaque fonction tenue",
            "Les autres fonctions utiles : soins, ressources humaines, logistique, communication, liaison",
            "Les dates de début et de fin de chaque fonction",
        ),
        guidance=paragraphs("""
            Désignez d’abord les deux fonctions sans lesquelles rien ne tient : celle qui **décide** et celle qui
            **écrit**. Une personne peut en tenir plusieurs, mais pas ces deux-là à la fois si vous pouvez
            l’éviter : on ne dirige pas en tenant la plume.

            Pensez à la durée. Une crise de deux semaines demande des relèves ; un suppléant n’est pas seulement un
            remplaçant, c’est l’équipe suivante.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA,
        source="S004, contrat",
        screens=(Screen("Ouvrir la cellule de crise", "cellule"),),
    ),
    Requirement(
        key="lieu-cellule",
        theme=Theme.PILOTAGE,
        label="Lieu de la cellule et solution de repli",
        question="Où la cellule se réunit-elle, et où va-t-elle si ce lieu est inaccessible ?",
        expected=(
            "Un lieu principal : salle, visioconférence ou pont téléphonique",
            "Une solution de repli d’une autre nature ou dans un autre secteur",
            "L’accès, de jour et de nuit",
            "Ce qui s’y trouve : téléphone, électricité de secours, plan imprimé",
        ),
        guidance=paragraphs("""
            Le repli doit survivre à ce qui a rendu le premier lieu inutilisable : une seconde salle dans la même
            rue inondée n’est pas un repli. Une salle et un pont téléphonique forment souvent le meilleur couple.

            Vérifiez que deux personnes au moins savent entrer la nuit. Les codes et les clés restent dans les
            données du lieu : ils n’apparaissent jamais dans l’édition publique.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA,
        source="contrat",
        screens=(Screen("Ouvrir la cellule de crise", "cellule"),),
    ),
    Requirement(
        key="alerte",
        theme=Theme.PILOTAGE,
        label="Chaîne d’alerte et de déclenchement",
        question="De l’appel reçu à la cellule réunie, qui prévient qui, dans quel ordre et en combien de temps ?",
        expected=(
            "Qui reçoit l’alerte, de jour et de nuit, et comment elle est vérifiée",
            "Qui décide d’activer le plan, et à quel niveau",
            "L’ordre des appels et le délai visé",
            "Trois faits datés à part : plan ORSAN déclenché, CPTS sollicitée, crise reconnue par une autorité",
            "La levée : qui la décide, qui en est prévenu",
        ),
        guidance=paragraphs("""
            Trois faits sont souvent confondus, et il faut les noter **séparément**, avec leur auteur et leur
            heure : un plan ORSAN est déclenché ; la CPTS est sollicitée et active son plan ; une autorité reconnaît
            une crise sanitaire grave. Le premier n’engage pas la CPTS. Le dernier ne dépend jamais d’elle, et le
            financement de crise y est attaché.

            À l’appel, notez l’heure, le nom, l’organisme, et **rappelez** par un numéro déjà connu. Demandez ce qui
            est attendu, jusqu’à quand, et à quelle heure il faut rendre compte.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.TEXT,
        source="plans publiés",
    ),
    Requirement(
        key="communication",
        theme=Theme.PILOTAGE,
        label="Communication de crise",
        question="Qui parle, à qui, par quel moyen, et qui valide ce qui est dit ?",
        expected=(
            "Un seul porte-parole, et son suppléant",
            "Les publics : adhérents, partenaires, institutions, population, presse",
            "Les moyens pour chacun, et le moyen de secours",
            "Qui valide avant l’envoi",
            "Des messages préparés",
        ),
        guidance=paragraphs("""
            Le premier message aux professionnels tient en quatre points : ce qui se passe, ce que nous vous
            demandons, comment vous protéger, quand viendra le prochain message. Numérotez et datez chaque message,
            et gardez la trace de ses destinataires.

            Envers la population, la CPTS **relaie** les consignes des autorités ; elle n’en crée pas. Prévoyez
            l’affiche que l’on imprime dans un cabinet : elle touche ceux que les écrans ne touchent pas.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004",
        screens=(Screen("Ouvrir la communication", "communication"),),
    ),
    Requirement(
        key="journal",
        theme=Theme.PILOTAGE,
        label="Journal de bord",
        question="Comment gardez-vous la trace de ce qui a été su, décidé et fait, à l’heure où cela s’est passé ?",
        expected=(
            "Qui tient le journal, qui prend la relève",
            "Ce qui s’écrit : faits, demandes, décisions et leurs raisons, messages, relèves",
            "L’heure du fait et l’heure de la saisie",
            "La correction par une ligne nouvelle, jamais par effacement",
            "Le secours sur papier et sa reprise",
        ),
        guidance=paragraphs("""
            **Pas de trace, pas de preuve.** Le journal sert trois fois : à se relayer pendant la crise, à écrire le
            bilan, à justifier auprès de la CPAM le nombre de professionnels et d’actions. On n’y efface rien : une
            erreur se corrige par une nouvelle ligne qui renvoie à l’ancienne.

            Une décision s’écrit avec ce qui était su, les solutions envisagées, le choix et sa raison. **Aucune
            identité de patient.** Prévoyez des feuilles numérotées pour les pannes.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.TEXT,
        source="S004",
    ),
    Requirement(
        key="degrade",
        theme=Theme.PILOTAGE,
        label="Mode dégradé",
        question="Que faites-vous sans réseau, sans électricité ou sans informatique ?",
        expected=(
            "Sans téléphone ni internet : points de rencontre, relais, messagers",
            "Sans électricité : lieux secourus, froid, appareils à domicile",
            "Après une cyberattaque : ce qu’on débranche, ce qu’on fait sur papier",
            "Le dossier imprimé : où il est, qui le met à jour",
            "Le retour à la normale : reprise de ce qui a été noté",
        ),
        guidance=paragraphs("""
            Partez de la panne, non de sa cause : une inondation, un orage ou une cyberattaque laissent le même
            cabinet sans dossier patient. Le plan doit pouvoir servir **imprimé** : la page « En cas d’alerte », les
            appels, des feuilles de journal vierges.

            Fixez à l’avance un lieu et une heure de rencontre, connus de tous : quand plus rien ne sonne, c’est le
            seul message qui passe encore.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.TEXT,
        source="S004, menaces",
    ),
)
