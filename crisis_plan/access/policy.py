"""Who may do what: one table, read by the guard, the menu, the page « Qui peut quoi » and the tests.

Source: `product.md`, section 1. The default is refusal.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What an account is, in a CPTS, in an institution's area, or on the installation."""

    REFERENT = "referent"
    COORDINATOR = "coordinator"
    CELL_MEMBER = "cell_member"
    ADHERENT = "adherent"
    ARS_READER = "ars_reader"
    CPAM_READER = "cpam_reader"
    OPERATOR = "operator"

    @property
    def label(self) -> str:
        return {
            "referent": "Référent de crise",
            "coordinator": "Coordination",
            "cell_member": "Membre de la cellule de crise",
            "adherent": "Adhérent",
            "ars_reader": "Lecteur ARS",
            "cpam_reader": "Lecteur CPAM ou MSA",
            "operator": "Exploitant du service",
        }[self.value]


CPTS_ROLES = (Role.REFERENT, Role.COORDINATOR, Role.CELL_MEMBER, Role.ADHERENT)


class Permission(StrEnum):
    READ_PLAN = "read_plan"
    READ_PROVISIONAL = "read_provisional"
    READ_OWN_CARDS = "read_own_cards"
    READ_WORKING_DATA = "read_working_data"
    EDIT_PLAN = "edit_plan"
    PUBLISH_PLAN = "publish_plan"
    PUBLISH_PROVISIONAL = "publish_provisional"
    OPEN_CRISIS = "open_crisis"
    WRITE_LOGBOOK = "write_logbook"
    RECORD_FACTS = "record_facts"
    CLOSE_CRISIS = "close_crisis"
    PREPARE_CLAIM = "prepare_claim"
    READ_CLAIM = "read_claim"
    DECIDE_CLAIM = "decide_claim"
    READ_DEBRIEF = "read_debrief"
    PREPARE_DEBRIEF = "prepare_debrief"
    CONFIRM_OWN_CONTACT = "confirm_own_contact"
    INVITE = "invite"
    READ_AREA = "read_area"
    RUN_INSTALLATION = "run_installation"

    @property
    def label(self) -> str:
        return {
            "read_plan": "Lire le plan publié et ses versions, les comparer",
            "read_provisional": "Lire une version provisoire, donner un avis",
            "read_own_cards": "Trouver les fiches actions de sa profession et de ses fonctions",
            "read_working_data": "Consulter l’annuaire, le stock, les fiches, les liens ORSAN et la cellule de crise tenus à jour",
            "edit_plan": "Modifier le plan, l’annuaire, le stock, les fiches, la cellule, les liens ORSAN",
            "publish_plan": "Publier le plan",
            "publish_provisional": "Publier une version provisoire, signer « revu sans changement »",
            "open_crisis": "Ouvrir une crise ou un exercice",
            "write_logbook": "Écrire dans le journal de bord, tâches, appels, sorties de stock",
            "record_facts": "Consigner les trois faits datés",
            "close_crisis": "Clore une crise, valider un bilan",
            "prepare_claim": "Préparer et déposer une demande de financement",
            "read_claim": "Lire une demande déposée et ses pièces",
            "decide_claim": "Demander un complément, consigner la décision de la caisse",
            "read_debrief": "Lire un bilan partagé",
            "prepare_debrief": "Préparer un bilan, suivre les améliorations",
            "confirm_own_contact": "Confirmer ou corriger ses propres coordonnées",
            "invite": "Inviter et retirer des comptes de la CPTS",
            "read_area": "Voir les CPTS de son territoire et qui appeler aujourd’hui",
            "run_installation": "Créer CPTS, institutions, lecteurs et premiers référents ; ajouter un barème",
        }[self.value]


REFERENT = frozenset({Role.REFERENT})
EDITORS = frozenset({Role.REFERENT, Role.COORDINATOR})
CRISIS_CELL = EDITORS | {Role.CELL_MEMBER}
MEMBERS = frozenset(CPTS_ROLES)
INSTITUTIONS = frozenset({Role.ARS_READER, Role.CPAM_READER})

POLICY: dict[Permission, frozenset[Role]] = {
    Permission.READ_PLAN: MEMBERS | INSTITUTIONS,
    Permission.READ_PROVISIONAL: EDITORS | INSTITUTIONS,
    Permission.READ_OWN_CARDS: MEMBERS,
    Permission.READ_WORKING_DATA: CRISIS_CELL,
    Permission.EDIT_PLAN: EDITORS,
    Permission.PUBLISH_PLAN: REFERENT,
    Permission.PUBLISH_PROVISIONAL: EDITORS,
    Permission.OPEN_CRISIS: CRISIS_CELL,
    Permission.WRITE_LOGBOOK: CRISIS_CELL,
    Permission.RECORD_FACTS: CRISIS_CELL,
    Permission.CLOSE_CRISIS: REFERENT,
    Permission.PREPARE_CLAIM: EDITORS,
    Permission.READ_CLAIM: EDITORS | {Role.CPAM_READER},
    Permission.DECIDE_CLAIM: frozenset({Role.CPAM_READER}),
    Permission.READ_DEBRIEF: CRISIS_CELL | INSTITUTIONS,
    Permission.PREPARE_DEBRIEF: CRISIS_CELL,
    Permission.CONFIRM_OWN_CONTACT: MEMBERS,
    Permission.INVITE: REFERENT,
    Permission.READ_AREA: INSTITUTIONS,
    Permission.RUN_INSTALLATION: frozenset({Role.OPERATOR}),
}


def may(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether someone with these roles has this permission."""
    return not POLICY[permission].isdisjoint(roles)
