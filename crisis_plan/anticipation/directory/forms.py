"""The forms of a contact: to add one, to edit one."""

from __future__ import annotations

from crisis_plan.anticipation.directory import identifiers
from crisis_plan.anticipation.directory.contact_form import PERSON, SERVICE, ContactFields
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rows import phones_typed
from crisis_plan.web.fields import CreateForm, EditForm


class NewContactForm(ContactFields, CreateForm):
    """A contact to add."""


class EditContactForm(ContactFields, EditForm):
    """A contact as it stands."""

    @classmethod
    def of(cls, contact: Contact, region: str) -> EditContactForm:
        form = cls(
            region,
            formdata=None,
            seen_version=contact.version,
            kind=contact.kind.value,
            nature=SERVICE if contact.is_service else PERSON,
            rpps=identifiers.rpps(contact.national_id),
            verified_how=contact.verified_how.value if contact.verified_how else "",
            places=contact.places,
            phones=phones_typed(contact.phones),
            emails=contact.emails,
            **{name: getattr(contact, name) for name in PLAIN},
        )
        for rows in (form.places, form.phones, form.emails):
            rows.offer_one_more()
        return form


PLAIN = (
    "title", "family_name", "given_name", "profession", "speciality", "category", "function", "finess", "joined_on",
    "skills", "volunteer_for", "availability", "mobile_consent_on", "note", "verified_on", "verified_by",
)  # fmt: skip
"""Fields whose value is stored as it is typed."""
