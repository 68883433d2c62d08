"""How each table that names a contact is told to the person: French words for its rows and its columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory.rules import ContactKind, VerifiedHow


@dataclass(frozen=True)
class Told:
    """A table, in the person's words. Columns are told in this order; what is not here is in `LEFT_OUT`."""

    title: str
    columns: dict[str, str]
    about: dict[str, dict[str, str]] = field(default_factory=dict)
    """By column that points at another table: what is told of the row there."""


CONTACT = {
    "kind": "Type de contact",
    "is_service": "Est un service",
    "title": "Civilité",
    "family_name": "Nom",
    "given_name": "Prénom",
    "profession": "Profession",
    "speciality": "Spécialité",
    "category": "Catégorie",
    "function": "Fonction",
    "national_id": "Identifiant national",
    "finess": "Numéro FINESS",
    "joined_on": "Adhérent depuis le",
    "skills": "Compétences utiles en crise",
    "volunteer_for": "Volontaire pour",
    "availability": "Disponibilité",
    "mobile_consent_on": "Accord pour garder le mobile privé",
    "note": "Note",
    "verified_on": "Vérifié le",
    "verified_by": "Vérifié par",
    "verified_how": "Vérifié comment",
    "source": "Origine de la fiche",
    "official": "Selon l’Annuaire Santé",
    "official_on": "Extraction de l’Annuaire Santé du",
    "created_at": "Fiche ouverte le",
    "updated_at": "Fiche modifiée le",
}
PLACE = {
    "structure": "Structure",
    "address": "Adresse",
    "postal_code": "Code postal",
    "commune": "Commune",
    "commune_code": "Code de la commune",
}
PHONE = {"number": "Téléphone", "is_private": "Privé"}
EMAIL = {"address": "Courriel", "is_private": "Privé"}
DUTY = {"rank": "Rang", "starts_on": "Du", "ends_on": "Au", "created_at": "Écrit le"}
ANSWER = {"outcome": "Résultat", "comes": "Vient", "available_at": "Disponible à partir du"}

NAMING = {
    "contact_places": Told("Lieux d’exercice", PLACE),
    "contact_phones": Told("Téléphones", PHONE),
    "contact_emails": Told("Courriels", EMAIL),
    "referent_duties": Told("Référent de crise", DUTY),
    "referent_absences": Told(
        "Absences comme référent", {"starts_on": "Du", "ends_on": "Au", "created_at": "Écrit le"}
    ),
    "cell_duties": Told("Cellule de crise", DUTY, {"function_id": {"name": "Fonction"}}),
    "campaign_letters": Told(
        "Campagnes de vérification",
        {
            "email": "Écrit à",
            "sent_at": "Envoyé le",
            "reminded_at": "Relancé le",
            "answered_at": "Répondu le",
            "answer": "Réponse",
            "correction": "Correction proposée",
            "decision": "Suite donnée",
            "decided_at": "Décidé le",
        },
        {"campaign_id": {"title": "Campagne", "opened_at": "Ouverte le"}},
    ),
    "call_lines": Told(
        "Appels",
        {
            "name": "Nom",
            "what": "Profession ou fonction",
            "profession": "Profession comptée",
            **ANSWER,
            "attempts_count": "Nombre d’essais",
            "last_attempt_at": "Dernier essai le",
            "answered_at": "Joint le",
        },
        {"list_id": {"title": "Liste d’appel", "opened_at": "Ouverte le"}},
    ),
    "exercise_participants": Told(
        "Exercices et formations",
        {"what": "À quel titre", "profession": "Profession comptée", "was_present": "Présent"},
        {"exercise_id": {"title": "Exercice", "planned_on": "Prévu le", "held_on": "Tenu le"}},
    ),
    "memberships": Told(
        "Compte", {"role": "Rôle", "added_at": "Accès donné le"}, {"account_id": {"name": "Nom", "email": "Courriel"}}
    ),
    "mobilisable_places": Told("Lieux mobilisables dont ce contact répond", {"name": "Lieu", "commune": "Commune"}),
    "other_means": Told("Autres moyens dont ce contact répond", {"name": "Moyen", "keeper": "Détenteur"}),
    "card_contacts": Told(
        "Fiches actions qui disent de l’appeler", {"label": "Appelé pour"}, {"card_id": {"title": "Fiche"}}
    ),
    "neighbouring_plans": Told("Plans voisins dont ce contact répond", {"name": "Plan", "owner": "Qui le tient"}),
    "communication_channels": Told("Canaux de communication que ce contact tient", {"name": "Canal"}),
    "crisis_shifts": Told(
        "Fonctions tenues dans une crise",
        {"name": "Nom", "telephone": "Téléphone", "starts_at": "Du", "ends_at": "Au", "confirmed_at": "Confirmé le"},
        {"function_id": {"name": "Fonction"}},
    ),
    "crisis_message_recipients": Told(
        "Destinataire d’un message de crise",
        {"name": "Nom", "what": "À quel titre", "address": "Écrit à"},
        {"message_id": {"subject": "Objet", "sent_at": "Envoyé le"}},
    ),
    "crisis_times": Told(
        "Temps consignés dans une crise",
        {
            "name": "Nom",
            "profession": "Profession comptée",
            "starts_at": "Du",
            "ends_at": "Au",
            "what": "Ce qui a été fait",
            "recorded_at": "Consigné le",
            "withdrawn_at": "Retiré du compte le",
        },
        {"crisis_id": {"title": "Crise"}},
    ),
    "crisis_action_people": Told(
        "Actions consignées dans une crise",
        {"name": "Nom", "profession": "Profession comptée"},
        {"action_id": {"label": "Action", "happened_at": "Le"}},
    ),
    "plan_deliveries": Told(
        "Plans reçus",
        {
            "recipient_group": "En tant que",
            "name": "Nom",
            "organisation": "Structure",
            "email": "Écrit à",
            "edition": "Édition",
            "is_marked": "Édition choisie à la main",
            "created_at": "Inscrit le",
            "created_by_name": "Inscrit par",
            "left_at": "Premier courriel parti le",
            "revoked_at": "Lien retiré le",
        },
        {"publication_id": {"number": "Version", "dated_on": "Datée du"}},
    ),
}
"""By table that has a column pointing at contacts: a test finds the one that would be forgotten."""

DEPENDING = {
    "call_attempts": Told(
        "Essais d’appel", {"at": "Le", **ANSWER, "note": "Note"},
    ),
    "delivery_events": Told(
        "Preuves de réception du plan",
        {
            "happened_at": "Le", "kind": "Quoi", "handed_on": "Remis le", "channel": "Comment", "by_name": "Par",
            "edition": "Édition", "note": "Précision",
        },
    ),
}  # fmt: skip
"""By table whose rows belong to a row of the former ones."""

LEFT_OUT = {
    "contacts": frozenset({"sort_name", "search_text"}),
    "call_lines": frozenset({"claimed_at", "changed"}),
    "crisis_times": frozenset({"person_key", "recorded_by_name", "entry_number"}),
    "crisis_action_people": frozenset({"person_key"}),
    "mobilisable_places": frozenset({
        "folded_name", "kind", "address", "postal_code", "capacity", "capacity_note", "keys", "access", "power",
        "network", "crisis_types", "checked_on", "note", "created_at", "updated_at",
    }),
    "other_means": frozenset({
        "kind", "capacity", "how_to_get", "available", "checked_on", "note", "created_at", "updated_at",
    }),
    "neighbouring_plans": frozenset({
        "kind", "own_kind", "folded_name", "edition", "edition_seen_on", "address", "whereabouts", "asks_of_cpts",
        "asked_by_cpts", "crisis_types", "orsan_plans", "next_check_on", "note", "created_at", "updated_at",
    }),
    "communication_channels": frozenset({"kind", "serves", "held_by", "fallback", "created_at", "updated_at"}),
}  # fmt: skip
"""Columns that say nothing of the person: made from others, or of what they only answer for (place, means, plan, channel)."""
MACHINERY = frozenset({"id", "version", "position"})
"""Left out everywhere, as are the columns that point at another row."""

FIELDS = {**CONTACT, "places": "Lieux d’exercice", "phones": "Téléphones", "emails": "Courriels"}
"""The fields that the history of a contact, a correction or an extraction may name."""
NESTED = {**PLACE, **PHONE, **EMAIL, **FIELDS}
CODES: dict[str, type[ContactKind] | type[CrisisType] | type[VerifiedHow]] = {
    "kind": ContactKind,
    "volunteer_for": CrisisType,
    "verified_how": VerifiedHow,
}
"""Fields whose values are members of an enumeration, wherever they are kept as plain words."""
