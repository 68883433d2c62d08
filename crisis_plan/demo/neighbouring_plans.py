"""The plans that stand beside the fictional CPTS's own, as data. None of them exists as told."""

from __future__ import annotations

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import NeighbourKind, OrsanPlan
from crisis_plan.orsan.neighbours.descriptions import NeighbourDescription

INJURED, ILL, INFECTIOUS, NRC, DISRUPTED = CrisisType
AMAVI, MEDICO_PSY, REB, EPI_CLIM, ORSAN_NRC = OrsanPlan
LONG_AGO = 420
"""Days since the edition that is to be looked at again was seen; the others were seen within the year."""

ToldPlan = tuple[NeighbourDescription, str, int | None]
PLANS: tuple[ToldPlan, ...] = (
    (
        NeighbourDescription(
            "Dispositif ORSEC du Gard",
            NeighbourKind.ORSEC,
            owner="Préfecture du Gard",
            edition="Dispositions générales, édition 2024",
            whereabouts="Consultable à la préfecture, sur rendez-vous",
            asks_of_cpts="Désigner un correspondant qui réponde jour et nuit\u00a0; ne rien engager sans demande.",
            asked_by_cpts="Être avertie des fermetures de routes et des coupures d’eau ou d’électricité.",
            crisis_types=(INJURED, NRC, DISRUPTED),
            orsan_plans=(AMAVI, ORSAN_NRC),
        ),
        "",
        60,
    ),
    (
        NeighbourDescription(
            "Mobilisation des professionnels de santé du Gard",
            NeighbourKind.DEPARTMENTAL,
            owner="Préfet du Gard et ARS Occitanie",
            edition="Édition 2025",
            address="https://www.exemple.fr/ars/mobilisation-gard",
            asks_of_cpts="Tenir à jour la liste des volontaires par profession, et la transmettre sous deux heures.",
            asked_by_cpts="Recevoir la demande par écrit, avec le lieu et l’heure.",
            crisis_types=(INJURED, ILL, INFECTIOUS),
            orsan_plans=(AMAVI, MEDICO_PSY, EPI_CLIM, REB),
        ),
        "ars occitanie",
        45,
    ),
    (
        NeighbourDescription(
            "Plan blanc du centre hospitalier de l’Exemple, Nîmes",
            NeighbourKind.PLAN_BLANC,
            owner="Centre hospitalier de l’Exemple",
            edition="Révision de janvier",
            whereabouts="Extrait pour la ville remis par le directeur de garde",
            asks_of_cpts="Recevoir en ville les blessés légers et les sorties anticipées.",
            asked_by_cpts="Une lettre de sortie par messagerie sécurisée, et un numéro de spécialiste.",
            crisis_types=(INJURED, ILL, INFECTIOUS, NRC),
            orsan_plans=(AMAVI, EPI_CLIM, REB, ORSAN_NRC),
        ),
        "",
        38,
    ),
    (
        NeighbourDescription(
            "Plan blanc de l’hôpital de proximité d’Uzès",
            NeighbourKind.PLAN_BLANC,
            owner="Hôpital de proximité d’Uzès",
            edition="Édition 2023",
            asks_of_cpts="Renforcer le centre de soins non programmés le soir et le week-end.",
            asked_by_cpts="Ouvrir sa pharmacie aux officines en rupture.",
            crisis_types=(ILL, DISRUPTED),
            orsan_plans=(EPI_CLIM,),
        ),
        "hopital proximite",
        LONG_AGO,
    ),
    (
        NeighbourDescription(
            "Plan bleu de l’EHPAD Les Oliviers",
            NeighbourKind.PLAN_BLEU,
            owner="EHPAD Les Oliviers",
            edition="Édition 2025, révision B",
            asks_of_cpts="Un médecin joignable chaque jour, et deux infirmiers en renfort.",
            asked_by_cpts="Prévenir dès trois cas groupés, sans nom de résident.",
            crisis_types=(ILL, INFECTIOUS),
            orsan_plans=(EPI_CLIM, REB),
        ),
        "ehpad oliviers",
        30,
    ),
    (
        NeighbourDescription(
            "PCS d’Uzès",
            NeighbourKind.PCS,
            owner="Commune d’Uzès",
            edition="Édition 2024, mise à jour de mars",
            whereabouts="En mairie, classeur de l’élu d’astreinte",
            asks_of_cpts="Tenir un poste de soins au gymnase du Refuge.",
            asked_by_cpts="Ouvrir le gymnase, prévenir les personnes inscrites à son registre.",
            crisis_types=(INJURED, ILL, DISRUPTED),
            orsan_plans=(AMAVI, EPI_CLIM),
        ),
        "mairie uzes",
        25,
    ),
    (
        NeighbourDescription(
            "PCS de Remoulins",
            NeighbourKind.PCS,
            owner="Commune de Remoulins",
            edition="Édition 2022",
            asks_of_cpts="Dire quels patients suivis à domicile demandent un relais en cas d’inondation\u00a0: des nombres.",
            asked_by_cpts="Prêter le groupe électrogène.",
            crisis_types=(DISRUPTED,),
        ),
        "mairie remoulins",
        20,
    ),
    (
        NeighbourDescription(
            "PCS d’Aramon",
            NeighbourKind.PCS,
            own_kind="risque industriel et inondation",
            owner="Commune d’Aramon",
            edition="Édition 2024",
            asks_of_cpts="Relayer la consigne de mise à l’abri auprès des cabinets.",
            crisis_types=(NRC, DISRUPTED),
            orsan_plans=(ORSAN_NRC,),
        ),
        "mairie aramon",
        20,
    ),
    (
        NeighbourDescription(
            "Plan de crise de la maison de santé de Remoulins",
            NeighbourKind.MSP,
            owner="Maison de santé de Remoulins",
            edition="Version 2",
            asks_of_cpts="Un seul numéro à appeler, le même toute l’année.",
            asked_by_cpts="Quatre cabinets et une salle de soins, ouverts en deux heures.",
            crisis_types=(INJURED, ILL, INFECTIOUS),
            orsan_plans=(AMAVI, EPI_CLIM, REB),
        ),
        "",
        15,
    ),
    (
        NeighbourDescription(
            "SAS 30 et permanence des soins",
            NeighbourKind.SAS,
            owner="SAMU 30",
            edition="Convention de l’année",
            address="https://www.exemple.fr/sas-30",
            asks_of_cpts="Donner chaque matin les créneaux de soins non programmés.",
            asked_by_cpts="Un numéro direct pour la cellule de crise.",
            crisis_types=(INJURED, ILL, INFECTIOUS, DISRUPTED),
            orsan_plans=(AMAVI, MEDICO_PSY, EPI_CLIM),
        ),
        "samu 30",
        10,
    ),
    (
        NeighbourDescription(
            "Cellule d’urgence médico-psychologique du Gard",
            NeighbourKind.OTHER,
            own_kind="CUMP",
            owner="SAMU 30",
            edition="Note d’organisation 2024",
            asks_of_cpts="Orienter les impliqués vers le poste d’urgence, proposer un suivi en ville.",
            crisis_types=(INJURED,),
            orsan_plans=(MEDICO_PSY,),
        ),
        "samu 30",
        10,
    ),
    (
        NeighbourDescription(
            "Plan de crise de la CPTS Gardonnenque",
            NeighbourKind.CPTS,
            owner="CPTS Gardonnenque",
            whereabouts="À demander à sa coordination",
            asked_by_cpts="Prêter des volontaires et du stock, dans les deux sens.",
            crisis_types=(ILL, INFECTIOUS, DISRUPTED),
        ),
        "gardonnenque",
        None,
    ),
)
"""Each with the words that find whom to ask, and how many days ago its edition was seen. No heatwave plan: a gap."""
