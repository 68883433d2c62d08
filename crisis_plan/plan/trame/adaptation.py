"""Theme 2, adaptation: what care becomes while the crisis lasts."""

from crisis_plan.plan.trame.requirement import MetBy, Need, Requirement, Screen, Theme, paragraphs

REQUIREMENTS = (
    Requirement(
        key="besoins",
        theme=Theme.ADAPTATION,
        label="Identifier les besoins",
        question="Comment saurez-vous, commune par commune, de quoi la population et les soignants ont besoin ?",
        expected=(
            "Qui recueille les besoins, auprès de qui, à quel rythme",
            "Les besoins de la population : soins non programmés, soins à domicile, personnes isolées",
            "Les besoins des professionnels : effectifs, protections, accès",
            "La façon de compter sans identifier personne",
            "À qui les besoins sont transmis",
        ),
        guidance=paragraphs("""
            Préparez la question avant la crise : un relevé court, le même pour toutes les communes, tenu par les
            mêmes personnes aux mêmes heures. Les mairies, les EHPAD, les pharmacies et les infirmiers voient les
            besoins les premiers.

            **Aucune identité de patient**, nulle part : on transmet des nombres par commune et par type de soin.
            Les noms restent dans les dossiers de soins et dans les registres communaux.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004",
        screens=(Screen("Ouvrir les besoins", "dispositions/besoins"),),
    ),
    Requirement(
        key="gravite",
        theme=Theme.ADAPTATION,
        label="Évaluer la gravité et mobiliser des moyens proportionnés",
        question="Quels niveaux de gravité retenez-vous, et que mobilise chacun d’eux ?",
        expected=(
            "Les niveaux, du plus léger au plus lourd",
            "Pour chacun, les signes qui y font passer",
            "Pour chacun, les personnes, les lieux et les moyens mobilisés",
            "Qui décide de monter ou de descendre d’un niveau",
            "Le rythme des points de situation",
        ),
        guidance=paragraphs("""
            Nous n’avons trouvé aucune échelle nationale de gravité propre aux CPTS : **chaque CPTS définit la
            sienne**, et le plan le dit. Quatre niveaux suffisent en général : veille, pré-alerte, activation
            partielle, activation totale.

            Un niveau ne sert que s’il déclenche quelque chose. Évitez les adjectifs (« forte tension ») ; écrivez
            ce qui s’observe et ce qui se met en marche.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004",
        screens=(Screen("Ouvrir les niveaux", "niveaux"),),
    ),
    Requirement(
        key="circuits",
        theme=Theme.ADAPTATION,
        label="Adapter les circuits et les lieux",
        question="Où et comment soigne-t-on quand les lieux habituels ne suffisent plus ou ne sont plus accessibles ?",
        expected=(
            "Les lieux mobilisables et l’usage de chacun",
            "Les circuits séparés, pour un agent infectieux notamment",
            "Le tri et l’orientation, en lien avec le SAMU et le service d’accès aux soins (SAS)",
            "Les visites, la téléconsultation, les transports",
            "Qui ouvre, qui ferme, qui nettoie",
        ),
        guidance=paragraphs("""
            Pour chaque lieu, dites à quoi il sert, combien de personnes il accueille, qui l’ouvre et quand il a été
            visité pour la dernière fois. Une convention ou un accord écrit avec la mairie évite bien des
            discussions le jour venu.

            Ce texte figure dans les **deux éditions** du plan : n’y écrivez ni code d’accès, ni emplacement de
            clés, ni téléphone privé.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004",
        screens=(
            Screen("Ouvrir les circuits", "dispositions/circuits"),
            Screen("Ouvrir les lieux", "lieux"),
        ),
    ),
    Requirement(
        key="reponse",
        theme=Theme.ADAPTATION,
        label="Réponse sanitaire par type de crise",
        question="Pour chacun des cinq types de crise, quelles actions menez-vous, dans quel ordre et avec qui ?",
        expected=(
            "Blessés somatiques ou psychiques",
            "Malades, notamment personnes âgées ou enfants",
            "Agent infectieux émergent, et campagne de vaccination exceptionnelle",
            "Agent nucléaire, radiologique ou chimique",
            "Altération de l’offre de soins",
            "Pour chaque type : premières actions, professionnels, matériel, continuité, partenaires",
        ),
        guidance=paragraphs("""
            Les cinq types sont ceux que citent les pages publiées par des CPTS. Traitez-les tous, ou écrivez « non
            couvert » avec le motif. Ils n’ont pas le même rythme : quelques **heures** pour des blessés, des jours
            ou des semaines pour des malades, des semaines ou des mois pour un agent infectieux, une urgence puis
            **des années** de suivi après un accident nucléaire ou chimique.

            Écrivez qui fait quoi : chaque professionnel doit y trouver son rôle, et les structures participantes y
            être nommées. La CPTS vient en appui des secours et de l’hôpital ; elle n’entre pas dans une zone
            dangereuse sans consigne.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA,
        source="S004, contrat, pages de CPTS",
        screens=(Screen("Ouvrir les fiches actions", "fiches-actions"),),
    ),
    Requirement(
        key="continuite",
        theme=Theme.ADAPTATION,
        label="Continuité des soins, dont maladies chroniques",
        question="Comment les soins qui ne peuvent pas attendre continuent-ils pendant la crise ?",
        expected=(
            "Les soins qui ne peuvent pas être interrompus : dialyse, oxygène, insuline, pansements, cancérologie",
            "Les traitements de substitution et les traitements au long cours",
            "Les personnes isolées ou dépendantes à domicile",
            "Les relais entre professionnels, par secteur",
            "Le retour des patients qui ont renoncé à consulter",
        ),
        guidance=paragraphs("""
            C’est souvent la première utilité d’une CPTS en crise : que le reste des soins tienne pendant que tout
            le monde regarde l’événement. Raisonnez **par type de soin** et par délai : ce qui ne peut attendre une
            journée, deux jours, une semaine.

            Suivez des nombres, pas des noms. Chaque professionnel repère dans sa propre patientèle les personnes
            qui ne peuvent pas attendre ; le plan dit comment un confrère prend le relais.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004, avenant 2",
        screens=(Screen("Ouvrir la continuité des soins", "dispositions/continuite"),),
    ),
    Requirement(
        key="orsan",
        theme=Theme.ADAPTATION,
        label="Articulation avec ORSAN et les plans du territoire",
        question="Comment votre plan s’emboîte-t-il avec ORSAN et avec les plans des autres acteurs ?",
        expected=(
            "Les cinq plans ORSAN : AMAVI, MEDICO-PSY, REB, EPI-CLIM, NRC",
            "Le lien entre chaque type de crise et ces plans",
            "Les plans voisins : ORSEC, plans blancs, plans bleus, PCS, canicule, CPTS voisines",
            "Pour chacun : qui le tient, l’édition consultée, ce qu’il attend de la CPTS",
            "La date de la prochaine vérification",
        ),
        guidance=paragraphs("""
            ORSAN est le dispositif régional de réponse du système de santé. C’est le **directeur général de l’ARS**
            qui en déclenche un plan, de sa propre initiative ou à la demande du préfet de département ou du
            ministre. Ce déclenchement, à lui seul, n’engage pas la CPTS : il faut encore qu’on lui demande d’agir.

            Le rapprochement entre les cinq types de crise et les plans ORSAN est une **lecture**, non un texte :
            faites-la relire par l’ARS. L’altération de l’offre de soins ne correspond à elle seule à aucun des cinq
            plans.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004, fiche",
        screens=(
            Screen("Ouvrir les liens avec ORSAN", "orsan"),
            Screen("Ouvrir les plans voisins", "orsan/plans-voisins"),
        ),
    ),
)
