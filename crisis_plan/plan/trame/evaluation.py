"""Theme 4, evaluation: learn from what happened, and make sure the plan reaches everyone."""

from crisis_plan.plan.trame.requirement import MetBy, Need, Requirement, Screen, Theme, paragraphs

REQUIREMENTS = (
    Requirement(
        key="evaluation",
        theme=Theme.EVALUATION,
        label="Comment nous évaluerons",
        question="Comment tirerez-vous les leçons d’une crise ou d’un exercice, et qu’en ferez-vous ?",
        expected=(
            "Le retour à chaud, puis le retour à froid : qui, quand",
            "Le bilan en quatre rubriques : crise et gestion, points forts, points faibles, enseignements",
            "Le journal de bord comme point de départ",
            "Pour chaque point faible : une action, un responsable, une échéance, ou un refus motivé",
            "À qui le bilan est transmis",
        ),
        guidance=paragraphs("""
            Le bilan se construit à partir du **journal de bord**, non de souvenirs. C’est un outil
            d’apprentissage : il ne juge pas les personnes. Il ne peut pas exister avant une première crise ou un
            premier exercice ; ici, vous dites seulement comment vous le ferez.

            Les quatre rubriques de la trame sont : description de la crise et de la façon dont elle a été gérée ;
            points forts ; points faibles ; enseignements et choses à améliorer. Un calendrier tenable : retour à
            chaud dès la fin, retour à froid dans les deux semaines, réunion avec les partenaires dans les quatre
            semaines, compte rendu dans les quatre semaines qui suivent.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.TEXT,
        source="S004",
    ),
    Requirement(
        key="retex",
        theme=Theme.EVALUATION,
        label="Bilans des crises et des exercices, améliorations",
        question="Qu’avez-vous appris des crises et des exercices passés, et qu’avez-vous changé depuis ?",
        expected=(
            "Un bilan pour chaque crise et chaque exercice",
            "Les quatre rubriques de la trame",
            "Les actions d’amélioration, leur responsable et leur état",
            "Les rubriques du plan modifiées en conséquence",
        ),
        guidance=paragraphs("""
            Cette rubrique n’est demandée qu’**après** une première crise ou un premier exercice. Elle rassemble les
            bilans et montre que chaque point faible a eu une suite : une action, ou un refus expliqué.

            Une action encore ouverte revient à la mise à jour suivante : c’est ainsi que le plan s’améliore d’une
            année sur l’autre.
        """),
        need=Need.AFTER_A_FIRST_ONE,
        met_by=MetBy.DATA,
        source="S004",
        screens=(Screen("Ouvrir les bilans", "bilans/"), Screen("Suivre les améliorations", "ameliorations/")),
    ),
    Requirement(
        key="diffusion",
        theme=Theme.EVALUATION,
        label="Diffusion du plan",
        question="Qui reçoit le plan, sous quelle édition, et comment prouvez-vous qu’il a été reçu ?",
        expected=(
            "L’ARS, les caisses (CPAM, MSA), tous les adhérents et les partenaires",
            "L’édition remise à chacun : restreinte ou publique",
            "Le moyen d’envoi et la preuve gardée",
            "Ce qui est renvoyé à chaque nouvelle version",
            "Qui tient la liste des destinataires",
        ),
        guidance=paragraphs("""
            Écrire le plan ne suffit pas : il faut **le faire connaître et pouvoir le prouver**. La preuve de
            diffusion accompagne la demande de financement de la première année comme celle des mises à jour.

            L’édition restreinte contient tout ; elle va aux comptes de la CPTS, à l’ARS, à la CPAM, à la MSA et aux
            destinataires désignés. L’édition publique, pour tous les autres, ne contient ni téléphone ou courriel
            privé, ni clés, ni lieux de stockage. Demandez à chacun de jeter l’ancienne version.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.TEXT,
        source="S004",
    ),
)
