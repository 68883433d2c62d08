"""Theme 1, anticipation: know the territory, its people, its means, before anything happens."""

from crisis_plan.plan.trame.requirement import MetBy, Need, Requirement, Screen, Theme, paragraphs

REQUIREMENTS = (
    Requirement(
        key="territoire",
        theme=Theme.ANTICIPATION,
        label="Territoire et populations",
        question="Quel est le territoire de la CPTS, qui y vit, qui y séjourne et qui y est plus exposé ?",
        expected=(
            "Les communes, le nombre d’habitants et la taille inscrite au contrat",
            "Les établissements : hôpitaux, EHPAD, autres établissements médico-sociaux",
            "Les secteurs isolés ou vite coupés, et les personnes dépendantes (des nombres, jamais des noms)",
            "Les variations de population selon la saison",
            "Les registres communaux des personnes vulnérables : qui les tient, qui appeler",
        ),
        guidance=paragraphs("""
            Choisissez d’abord les communes dans les paramètres : le nombre d’habitants et la taille en découlent.
            Si le contrat inscrit une autre taille, **c’est celle du contrat qui l’emporte**. Le texte dit ensuite
            ce que les chiffres ne disent pas : où sont les personnes isolées, quelles routes coupent, quels
            établissements dépendent de quels soignants.

            Deux pièges. Les registres des personnes vulnérables sont tenus par les communes : le plan dit où ils
            sont et qui appeler, il **ne les recopie jamais**. Et les professionnels du territoire sont bien plus
            nombreux que les adhérents, qui ont expressément rejoint l’association : ne comptez pas les premiers
            pour les seconds.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_AND_TEXT,
        source="S000, plans publiés",
        screens=(
            Screen("Ouvrir le territoire", "parametres/territoire"),
            Screen("Ouvrir les registres communaux", "risques/registres"),
        ),
    ),
    Requirement(
        key="risques",
        theme=Theme.ANTICIPATION,
        label="Risques et menaces du territoire",
        question="Quels risques et quelles menaces pèsent sur le territoire, et que changeraient-ils aux soins ?",
        expected=(
            "Les risques naturels et climatiques, avec les communes et les saisons concernées",
            "Les risques industriels et technologiques, les transports de matières dangereuses",
            "Les risques infectieux émergents",
            "Les menaces : attentats, agents NRBC, cyberattaques",
            "Pour chacun, l’effet attendu sur les soins et les professionnels",
            "Les documents consultés et leur date",
        ),
        guidance=paragraphs("""
            Une **situation sanitaire exceptionnelle** est un événement émergent, inhabituel ou mal connu, qui peut
            peser sur la santé de la population ou sur le système de santé par sa nature, son ampleur, son origine
            ou sa dynamique. L’épidémie hivernale ordinaire et la tension hospitalière habituelle n’en sont pas.

            La CPTS **n’invente pas de scénarios de crise** : c’est le rôle de l’ARS. Partez des documents qui
            existent déjà, surtout les plans communaux et intercommunaux de sauvegarde (PCS, PICS), et traduisez-les
            en soins : quel cabinet n’est plus accessible, quelle tournée ne passe plus, quelle pharmacie reste
            seule ouverte.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004",
        screens=(Screen("Ouvrir les risques", "risques"),),
    ),
    Requirement(
        key="annuaire",
        theme=Theme.ANTICIPATION,
        label="Annuaire actualisé",
        question="Qui peut-on joindre, à quel numéro, et depuis quand ce numéro a-t-il été vérifié ?",
        expected=(
            "Au moins un adhérent, avec sa profession et ses lieux d’exercice",
            "Au moins un partenaire : mairie, EHPAD, hôpital, secours, CPTS voisine",
            "L’ARS et la CPAM",
            "Un téléphone direct et la date de la dernière vérification",
        ),
        guidance=paragraphs("""
            Un annuaire est périmé dès qu’il est imprimé : la date de vérification compte autant que le numéro. Les
            professionnels du territoire viennent de l’Annuaire Santé, les partenaires de votre fichier Excel.
            Marquez ensuite **adhérents** ceux qui ont expressément rejoint la CPTS.

            Notez à qui appartient le téléphone. Un numéro marqué privé n’apparaît pas dans l’édition publique du
            plan. Au-delà de douze mois sans vérification, une fiche est considérée comme périmée.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA,
        source="S004",
        screens=(Screen("Ouvrir l’annuaire", "annuaire"),),
    ),
    Requirement(
        key="stock",
        theme=Theme.ANTICIPATION,
        label="Stock de matériel et autres dispositifs",
        question="De quel matériel et de quels autres moyens la CPTS dispose-t-elle, et qui en a la garde ?",
        expected=(
            "Le matériel : unité, quantité, seuil d’alerte, péremption",
            "Le lieu de conservation et la personne qui en a la garde",
            "Les autres moyens : téléconsultation, véhicules, groupe électrogène",
            "À défaut de stock, « sans objet » avec le motif",
        ),
        guidance=paragraphs("""
            Un petit stock tenu vaut mieux qu’un grand stock oublié. Pour chaque article, fixez un **seuil** et une
            personne ; comptez au moins à chaque mise à jour du plan. Un article peut avoir plusieurs lots, chacun
            avec sa date de péremption.

            Certains moyens passent par l’État et ne se stockent pas à la CPTS, comme les comprimés d’iode. Les
            lieux de stockage n’apparaissent que dans l’édition restreinte du plan.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA,
        source="S004",
        screens=(
            Screen("Ouvrir le stock", "stock"),
            Screen("Ouvrir les autres moyens", "stock/autres-moyens"),
        ),
    ),
    Requirement(
        key="referent",
        theme=Theme.ANTICIPATION,
        label="Référent de crise et suppléant",
        question="Qui l’ARS doit-elle appeler aujourd’hui, et qui répond si cette personne est absente ?",
        expected=(
            "Un référent titulaire, en fonction aujourd’hui",
            "Un suppléant, en fonction aujourd’hui",
            "Un téléphone pour chacun",
            "Les dates de début et de fin de chaque fonction",
        ),
        guidance=paragraphs("""
            C’est la première chose que cherche l’ARS à trois heures du matin. Donnez des **dates** à chaque
            désignation : un départ, un congé, une fin de mandat se voient alors avant de laisser un vide.

            Être référent de crise est une fonction du plan ; cela ne donne aucun droit dans l’outil. Le compte et
            son rôle s’attribuent à part.
        """),
        need=Need.REQUIRED_NO_WAIVER,
        met_by=MetBy.DATA,
        source="S004, contrat",
        screens=(Screen("Ouvrir les référents", "referents"),),
    ),
    Requirement(
        key="sensibilisation",
        theme=Theme.ANTICIPATION,
        label="Sensibilisation et exercices",
        question="Comment les professionnels apprennent-ils le plan, et comment vérifiez-vous qu’il fonctionne ?",
        expected=(
            "Les actions de sensibilisation : public, forme, responsable",
            "Le programme des exercices, avec leurs dates",
            "Ce qui est mesuré : taux de réponse, délais",
            "Ce qui a été fait depuis la dernière version",
        ),
        guidance=paragraphs("""
            Commencez par le plus simple : un **test d’appel**, qui dit combien de personnes répondent et en combien
            de temps. Viennent ensuite l’exercice sur table, puis l’exercice sur le terrain.

            Nous n’avons trouvé aucun rythme imposé aux CPTS. Un modèle étranger éprouvé, celui du service de santé
            anglais, retient un test d’appel tous les six mois, un exercice sur table tous les ans et un exercice
            grandeur nature tous les trois ans ; une activation réelle ne remplace ce dernier que si elle a donné
            lieu à des enseignements et à un plan d’action.
        """),
        need=Need.REQUIRED,
        met_by=MetBy.DATA_OR_TEXT,
        source="S004",
        screens=(Screen("Ouvrir le programme", "exercices"),),
    ),
)
