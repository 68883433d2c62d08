"""Crisis type 5, care that cannot be given as usual. Source: domain, section 4 (« What each asks first »)."""

from __future__ import annotations

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses.drafts import Draft, DraftContact, DraftMessage, DraftStep
from crisis_plan.orsan.catalogue import PROPOSED_LINKS

CARE_DISRUPTED = Draft(
    key="care-disrupted",
    title="Offre de soins altérée",
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
        "Des soins ne peuvent plus se faire\u00a0: médicament manquant, neige, inondation, cyclone, cyberattaque."
    ),
    first_hour=(
        DraftStep("Envoyer le premier message\u00a0; sans réseau, par un porteur.", "internal-communication", 15),
        DraftStep("Sans informatique\u00a0: sortir plan, annuaire et journal papier.", "secretariat", 15),
        DraftStep("Dresser la carte de ce qui est fermé\u00a0: cabinets, pharmacies, routes.", "coordination", 30),
        DraftStep("Compter par commune les soins vitaux du jour (continuité, ci-dessous).", "care", 30),
        DraftStep("Demander aux mairies et à l’ARS\u00a0: durée, routes, courant, abris.", "liaison", 30),
        DraftStep("Dire à la cellule\u00a0: ce qui tient, ce qui est fermé.", who="Chaque soignant", delay=30),
        DraftStep("Appeler les pharmacies\u00a0: produit par produit, que reste-t-il\u00a0?", "logistics", 60),
        DraftStep("Désigner pour chaque cabinet fermé un confrère qui relaie.", "human-resources", 60),
        DraftStep("Trouver transporteurs, véhicules et groupe électrogène.", "logistics", 60),
    ),
    then=(
        DraftStep("Faire décider par médecins et pharmaciens ce qui remplace un produit manquant.", "care"),
        DraftStep("Regrouper les soins dans un lieu ouvert, chauffé, alimenté.", "logistics"),
        DraftStep("Dire au public où se soigner, avec les mairies.", "external-communication"),
        DraftStep("Refaire la carte à heure fixe\u00a0; l’envoyer à tous.", "coordination"),
        DraftStep("Cyberattaque\u00a0: ne rien rebrancher sans l’accord de l’informaticien.", "secretariat"),
        DraftStep("Transmettre à l’ARS ce que la CPTS ne peut couvrir.", "liaison"),
    ),
    continuity=(
        DraftStep("Compter les domiciles sans courant\u00a0; demander bouteilles et tournée.", care=CareKind.OXYGEN),
        DraftStep(
            "Demander au centre une autre date ou un autre lieu\u00a0; trouver le transport.",
            care=CareKind.DIALYSIS,
        ),
        DraftStep("Partager réserves et passages\u00a0; vérifier que le froid est tenu.", care=CareKind.INSULIN),
        DraftStep(
            "Convenir d’une pharmacie ouverte qui délivre pour celle qui est fermée.",
            care=CareKind.SUBSTITUTION,
        ),
        DraftStep("Regrouper les passages par secteur accessible.", care=CareKind.WOUNDS),
    ),
    protection=(
        "Ne pas prendre une route fermée ni traverser l’eau. Partir à deux, trajet annoncé, retour signalé. Renoncer "
        "si la mairie le demande."
    ),
    material="Batteries, lampes, glacières, carte routière, ordonnances papier, réserve par produit.",
    stock=("Groupe électrogène", "Concentrateur d’oxygène"),
    contacts=(
        DraftContact("ARS, point focal", "ars"),
        DraftContact("Pharmacies"),
        DraftContact("Transporteurs"),
        DraftContact("Centre de dialyse"),
        DraftContact("Prestataire d’oxygène"),
        DraftContact("Mairies coupées"),
    ),
    messages=(
        DraftMessage(
            "Adhérents",
            "[Événement] depuis [heure]\u00a0: [ce qui est fermé]. Répondez\u00a0: ouvert ou non, courant, réseau, "
            "combien de soins vitaux à couvrir (sans nom). Ne prenez pas les routes fermées. Prochain message à "
            "[heure]\u00a0; sans réseau, affiché à [lieu].",
        ),
    ),
    stop=(
        "Quand chaque soin vital a retrouvé son circuit. Rendre chaque patient à son soignant, recompter le stock, ressaisir le "
        "papier, fixer le bilan."
    ),
)
