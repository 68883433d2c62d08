"""What people type to sign in, to invite and to be invited."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, HiddenField, PasswordField, RadioField, StringField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from crisis_plan.access.policy import CPTS_ROLES
from crisis_plan.access.rules import password_weakness
from crisis_plan.web.fields import CreateForm, Form, at_most, choices, email_address, required

EMAIL = "Écrivez votre adresse, comme nom@exemple.fr."


class SignInForm(Form):
    email = StringField(
        "Adresse e-mail", [required(EMAIL), at_most(254)], render_kw={"autocomplete": "username", "type": "email"}
    )
    password = PasswordField(
        "Mot de passe",
        [required("Écrivez votre mot de passe."), at_most(200)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(
        "Rester connecté sur cet appareil pendant 90 jours",
        description="Sur votre téléphone, pour retrouver le plan et les numéros sans attendre. Pas sur un poste partagé.",
    )
    target = HiddenField()


class ForgottenPasswordForm(Form):
    email = StringField(
        "Adresse e-mail",
        [required(EMAIL), at_most(254), email_address],
        render_kw={"autocomplete": "username", "type": "email"},
    )


class NewPasswordForm(Form):
    """Choosing a password; built with who it is for, so that it may not be their own name."""

    password = PasswordField(
        "Nouveau mot de passe",
        [required("Choisissez un mot de passe.")],
        description="12 caractères au moins : une phrase convient très bien.",
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *args: Any, email: str = "", name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = (email, name)

    def validate_password(self, field: Field) -> None:
        email, name = self.person
        if weakness := password_weakness(field.data or "", email=email, name=name):
            raise ValidationError(weakness)


class AcceptForm(NewPasswordForm):
    name = StringField("Votre nom", [required("Écrivez votre nom."), at_most(160)], render_kw={"autocomplete": "name"})
    field_order = ("name", "password")


class ChangePasswordForm(NewPasswordForm):
    current_password = PasswordField(
        "Mot de passe actuel",
        [required("Écrivez votre mot de passe actuel.")],
        render_kw={"autocomplete": "current-password"},
    )


class InviteForm(CreateForm):
    """Inviting someone to a CPTS."""

    name = StringField("Nom", [required("Écrivez le nom de la personne."), at_most(160)])
    email = StringField(
        "Adresse e-mail",
        [required("Écrivez son adresse, comme nom@exemple.fr."), at_most(254), email_address],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    role = RadioField(
        "Rôle",
        [required("Choisissez un rôle.")],
        choices=choices(CPTS_ROLES),
        description="Ce que chaque rôle peut faire est écrit sur la page « Qui peut quoi ».",
    )


def refuse(form: BaseForm, field_name: str, message: object) -> None:
    """Put an operation's refusal beside the field that it is about."""
    form[field_name].errors = [*form[field_name].errors, str(message)]
