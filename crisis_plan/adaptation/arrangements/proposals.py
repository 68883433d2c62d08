"""Lines proposed for the three lists, as data: to be taken whole, then reworded by the CPTS.

Sources: domain, sections 4 (what each crisis type asks first) and 8 (continuity by kind of care). How long a kind of care
can wait is left blank: the domain names no delay, and those who give the care know it.
"""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType


@dataclass(frozen=True)
class ProposedLine:
    """A line that a CPTS may take as it is, reword or leave; the function by the key of the proposed list."""

    what: str
    answer: str
    function_key: str
    who: str
    where: str = ""
    crisis_types: tuple[CrisisType, ...] = ()
    care: CareKind | None = None


NEEDS = (
    ProposedLine(
        "Protéger les professionnels",
        "Distribuer le matériel de protection du stock, rappeler comment il se met et s’ôte, dire où ne pas aller.",
        "logistics",
        "Responsable du stock, référent de crise",
    ),
    ProposedLine(
        "Recevoir des blessés légers et des personnes choquées",
        "Ouvrir un lieu, y placer des volontaires formés, confier au SAMU ce qui est grave et lui demander l’appui de la "
        "CUMP.",
        "care",
        "Médecins, infirmiers, pharmaciens",
        crisis_types=(CrisisType.INJURED,),
    ),
    ProposedLine(
        "Aller vers les personnes isolées ou dépendantes",
        "Partager les visites par commune. La mairie dit qui appeler d’après son registre, que la CPTS ne recopie pas.",
        "care",
        "Infirmiers, médecins, SSIAD, CCAS",
        "À domicile",
        (CrisisType.ILL, CrisisType.CARE_DISRUPTED),
    ),
    ProposedLine(
        "Dépister et vacciner en nombre",
        "Monter un site avec l’ARS et les laboratoires, séparer les files, former à l’habillage.",
        "care",
        "Infirmiers, pharmaciens, laboratoires",
        crisis_types=(CrisisType.INFECTIOUS,),
    ),
    ProposedLine(
        "Informer et orienter la population exposée",
        "Relayer les consignes de la préfecture, dire où s’abriter et qui appeler. Personne n’entre dans la zone sans "
        "instruction.",
        "external-communication",
        "Porte-parole, mairies",
        crisis_types=(CrisisType.NRC,),
    ),
    ProposedLine(
        "Savoir ce qui est fermé ou ce qui manque",
        "Tenir la carte des cabinets et pharmacies ouverts, organiser relais, remplacements de produits et transports.",
        "coordination",
        "Secrétariat de la CPTS, pharmaciens, transporteurs",
        crisis_types=(CrisisType.CARE_DISRUPTED,),
    ),
    ProposedLine(
        "Tenir dans la durée",
        "Recenser les volontaires, prévoir les relèves et le repos, demander des renforts avant l’épuisement.",
        "human-resources",
        "Volontaires de l’annuaire",
    ),
)
CIRCUITS = (
    ProposedLine(
        "Soins non programmés",
        "Répartir les créneaux entre cabinets, faire passer la demande par la régulation, garder des places pour le jour.",
        "care",
        "Médecins, régulation du SAMU et du SAS",
    ),
    ProposedLine(
        "Patients contagieux à part des autres",
        "Horaires ou entrée à part, protection et nettoyage selon les consignes d’hygiène.",
        "care",
        "Cabinets, infirmiers, pharmacies",
        crisis_types=(CrisisType.ILL, CrisisType.INFECTIOUS),
    ),
    ProposedLine(
        "Blessés légers hors des cabinets",
        "Les accueillir dans un lieu ouvert pour cela, trier avec le SAMU, renvoyer ensuite vers le médecin traitant.",
        "logistics",
        "Volontaires formés, mairie qui ouvre le lieu",
        crisis_types=(CrisisType.INJURED,),
    ),
    ProposedLine(
        "Consultation à distance",
        "Proposer la téléconsultation à qui ne doit ou ne peut pas se déplacer, avec un infirmier auprès du patient.",
        "care",
        "Médecins équipés, infirmiers",
        crisis_types=(CrisisType.ILL, CrisisType.INFECTIOUS, CrisisType.CARE_DISRUPTED),
    ),
    ProposedLine(
        "Cabinet ou pharmacie fermés",
        "Désigner un relais, transférer le téléphone, prévenir les patients, porter les médicaments.",
        "coordination",
        "Cabinets et pharmacies voisins",
        crisis_types=(CrisisType.CARE_DISRUPTED,),
    ),
    ProposedLine(
        "Personnes exposées à un produit dangereux",
        "Recevoir selon la consigne de la préfecture et du SAMU, orienter là où ils le disent.",
        "liaison",
        "SAMU, préfecture, hôpital de référence",
        crisis_types=(CrisisType.NRC,),
    ),
)
CONTINUITY = (
    ProposedLine(
        "Séances et transports",
        "Vérifier avec le centre et les transporteurs que chaque séance se fait, signaler tout trajet impossible.",
        "care",
        "Centre de dialyse, transporteurs sanitaires",
        care=CareKind.DIALYSIS,
    ),
    ProposedLine(
        "Appareils branchés au secteur",
        "Demander aux prestataires combien de personnes sont concernées et leur autonomie, prévoir un repli avec courant.",
        "logistics",
        "Prestataires à domicile, mairies, gestionnaire du réseau électrique",
        care=CareKind.OXYGEN,
    ),
    ProposedLine(
        "Injections de chaque jour",
        "Partager les tournées, convenir avec les pharmacies où le froid est tenu, prévoir le relais d’un infirmier absent.",
        "care",
        "Infirmiers, pharmaciens",
        "À domicile",
        care=CareKind.INSULIN,
    ),
    ProposedLine(
        "Soins complexes ou quotidiens",
        "Partager les tournées selon l’urgence des soins, regrouper au cabinet ou en un lieu qui peut recevoir.",
        "care",
        "Infirmiers, HAD, SSIAD",
        care=CareKind.WOUNDS,
    ),
    ProposedLine(
        "Traitements à l’hôpital et à domicile",
        "Tenir le contact avec les services hospitaliers, organiser transports et surveillance à domicile.",
        "liaison",
        "Services de cancérologie, HAD, médecins traitants",
        care=CareKind.ONCOLOGY,
    ),
    ProposedLine(
        "Délivrance et prescription",
        "Désigner une pharmacie de relais et un prescripteur joignable quand l’officine habituelle est fermée.",
        "care",
        "Pharmaciens, médecins, centres d’addictologie",
        care=CareKind.SUBSTITUTION,
    ),
    ProposedLine(
        "Suivis et retours de maternité",
        "Garder les suivis avec les sages-femmes, dire où accoucher si la route est coupée.",
        "care",
        "Sages-femmes, maternité, SAMU",
        care=CareKind.PREGNANCY,
    ),
    ProposedLine(
        "Traitements et rendez-vous",
        "Garder les traitements et les rendez-vous qui ne peuvent pas sauter, appeler plutôt que laisser un silence.",
        "care",
        "Psychiatres, centre médico-psychologique, infirmiers, médecins traitants",
        care=CareKind.MENTAL_HEALTH,
    ),
)
PROPOSED = {
    ArrangementKind.NEED: NEEDS,
    ArrangementKind.CIRCUIT: CIRCUITS,
    ArrangementKind.CONTINUITY: CONTINUITY,
}
