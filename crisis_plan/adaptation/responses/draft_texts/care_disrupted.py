"""Crisis type 5, care that cannot be given as usual. Source: domain, section 4 (« What each asks first »)."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import PROPOSED_LINKS

CARE_DISRUPTED = Draft(
    key="care-disrupted",
    title="Offre de soins altérée\u00a0: pénurie, intempérie, cyberattaque",
    crisis_types=(CrisisType.CARE_DISRUPTED,),
    orsan_plans=PROPOSED_LINKS[CrisisType.CARE_DISRUPTED],
    functions=(
        "coordination",
        "secretariat",
        "care",
        "human-resources",
        "logistics",
        "internal-communication",
        "liaison",
    ),
    professions=(
        "Médecin",
        "Infirmier",
        "Infirmier en pratique avancée (IPA)",
        "Pharmacien",
        "Sage-Femme",
    ),
    trigger=(
        "Des soins ne peuvent plus se faire comme d’habitude\u00a0: médicament manquant, neige, inondation, cyclone, "
        "cyberattaque."
    ),
    first_hour=(
        DraftStep(
            "Envoyer le premier message. Sans réseau\u00a0: téléphone fixe, puis porteur.", "internal-communication", 15
        ),
        DraftStep("Sans informatique\u00a0: sortir plan, annuaire et journal papier.", "secretariat", 15),
        DraftStep(
            "Dresser la carte de ce qui est fermé\u00a0: cabinets, pharmacies, laboratoires, routes.",
            "coordination",
            30,
        ),
        DraftStep("Compter par commune les soins vitaux du jour\u00a0: les cinq lignes plus bas.", "care", 30),
        DraftStep(
            "Demander aux mairies et à l’ARS\u00a0: durée prévue, routes ouvertes, courant, abris.", "liaison", 30
        ),
        DraftStep("Appeler les pharmacies\u00a0: produit par produit, combien reste-t-il\u00a0?", "logistics", 60),
        DraftStep("Désigner pour chaque cabinet fermé un confrère qui prend le relais.", "human-resources", 60),
        DraftStep("Trouver transporteurs, véhicules adaptés et groupe électrogène.", "logistics", 60),
    ),
    then=(
        DraftStep("Faire décider par médecins et pharmaciens ce qui remplace chaque produit manquant.", "care"),
        DraftStep("Regrouper les soins dans un lieu ouvert, chauffé, alimenté.", "logistics"),
        DraftStep("Dire au public où se soigner, avec les mairies.", "external-communication"),
        DraftStep("Refaire la carte à heure fixe\u00a0; l’envoyer à tous.", "coordination"),
        DraftStep("Après une cyberattaque, ne rien rebrancher avant l’accord de l’informaticien.", "secretariat"),
        DraftStep("Transmettre à l’ARS les manques que la CPTS ne peut couvrir.", "liaison"),
    ),
    continuity=(
        DraftStep(
            "Compter les domiciles sans courant\u00a0; demander au prestataire bouteilles et tournée.",
            "care",
            care=CareKind.OXYGEN,
        ),
        DraftStep(
            "Demander au centre une autre date ou un autre lieu\u00a0; trouver le transport.",
            "care",
            care=CareKind.DIALYSIS,
        ),
        DraftStep(
            "Partager réserves et passages\u00a0; vérifier que le froid est tenu.", "care", care=CareKind.INSULIN
        ),
        DraftStep(
            "Convenir d’une pharmacie ouverte qui délivre pour celle qui est fermée.",
            "care",
            care=CareKind.SUBSTITUTION,
        ),
        DraftStep("Regrouper les passages par secteur accessible.", "care", care=CareKind.WOUNDS),
    ),
    protection=(
        "Ne pas prendre une route fermée ni traverser l’eau. Partir à deux, téléphone chargé, trajet annoncé, retour "
        "signalé. Renoncer si la mairie le demande."
    ),
    material="Batteries, lampes, glacières, carte routière, ordonnances papier, réserve par produit.",
    stock=("Groupe électrogène", "Concentrateur d’oxygène"),
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("Pharmacies du territoire"),
        DraftContact("Transporteurs sanitaires"),
        DraftContact("Centre de dialyse"),
        DraftContact("Prestataire d’oxygène"),
        DraftContact("Mairies des communes coupées"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] depuis [heure]\u00a0: [ce qui est fermé]. Répondez\u00a0: ouvert ou non, courant, réseau, combien de "
            "soins vitaux à couvrir (sans nom). Ne prenez pas les routes fermées. Prochain message à [heure]\u00a0; sans "
            "réseau, affiché à [lieu].",
        ),
    ),
    stop=(
        "Quand chaque soin vital a retrouvé son circuit. Rendre les patients à leurs soignants, recompter le stock, "
        "reporter le papier, fixer le bilan."
    ),
)
