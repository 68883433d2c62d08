"""Opening an account by a personal link."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from crisis_plan import clock
from crisis_plan.access import invitations, operations, queries
from crisis_plan.access.forms import AcceptForm
from crisis_plan.access.guard import public
from crisis_plan.access.routes import bp
from crisis_plan.web.htmx import invalid

__all__ = ["bp"]

INVITATION = "access/invitation.html"


@bp.get("/invitation/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    invited = invitations.invitation_for(token, at=clock.now())
    known = queries.account_by_email(invited.email)
    form = AcceptForm(data={"name": invited.name})
    return render_template(INVITATION, invitation=invited, known=known, form=form, token=token)


@bp.post("/invitation/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    """A new person chooses a password; someone who has an account accepts while signed in to it."""
    at = clock.now()
    invited = invitations.invitation_for(token, at=at)
    known = queries.account_by_email(invited.email)
    if known is None:
        form = AcceptForm(email=invited.email)
        if not form.validate():
            return invalid(INVITATION, invitation=invited, known=None, form=form, token=token)
        known = operations.open_account(email=invited.email, name=form.name.data, password=form.password.data, at=at)
        login_user(known)
    elif not current_user.is_authenticated or current_user.id != known.id:
        return redirect(url_for(".sign_in", suite=url_for(".invitation", token=token)), 303)
    invitations.accept_invitation(invited, known, at=at)
    return redirect(url_for("home"), 303)
