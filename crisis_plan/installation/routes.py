"""What the operator runs: the tenants, the institutions that read them, the mail. No plan is seen from here."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock, outbox
from crisis_plan.access import invitations
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.installation import queries
from crisis_plan.installation.institutions import routes as institutions
from crisis_plan.installation.messages import routes as messages
from crisis_plan.installation.tenants import routes as tenants
from crisis_plan.installation.tenants.queries import listed
from crisis_plan.web.htmx import done, page_or_block

bp = Blueprint("installation", __name__)
bp.register_blueprint(tenants.bp, url_prefix="/cpts")
bp.register_blueprint(institutions.bp, url_prefix="/institutions")
bp.register_blueprint(messages.bp, url_prefix="/messages")


@bp.get("/")
@requires(Permission.RUN_INSTALLATION)
def index() -> ResponseReturnValue:
    """The tenants, and the invitations that this operator sent."""
    asked, now = request.args.get("q", "").replace("\x00", " ").strip()[:120], clock.now()
    page = listed(asked, request.args.get("page", 1, type=int), now=now)
    return page_or_block(
        "installation/index.html",
        "listed",
        page=page,
        page_url=lambda number: url_for(".index", q=asked or None, page=number),
        q=asked,
        invitations=queries.open_invitations(current_user, now=now),
        sends_mail=outbox.sends_mail(),
    )


@bp.get("/invitations/<uuid:invitation_id>/retirer")
@requires(Permission.RUN_INSTALLATION)
def ask_to_revoke(invitation_id: UUID) -> ResponseReturnValue:
    invitation = queries.invitation_or_404(invitation_id, by=current_user, now=clock.now())
    return render_template("installation/revoke_invitation.html", invitation=invitation)


@bp.post("/invitations/<uuid:invitation_id>/retirer")
@requires(Permission.RUN_INSTALLATION)
def revoke(invitation_id: UUID) -> ResponseReturnValue:
    now = clock.now()
    invitation = queries.invitation_or_404(invitation_id, by=current_user, now=now)
    invitations.revoke_invitation(invitation, by=current_user, at=now)
    return done(otherwise=url_for(".index"))
