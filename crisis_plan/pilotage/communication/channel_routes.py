"""The channels, on screen. The same blueprint as the room."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication import channel_operations as operations
from crisis_plan.pilotage.communication import queries
from crisis_plan.pilotage.communication.channel_forms import AddChannelForm, ChannelForm
from crisis_plan.pilotage.communication.list_routes import bp
from crisis_plan.pilotage.crisis_cell.rules import Direction
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

ADD = "pilotage/communication/add_channel.html"
EDIT = "pilotage/communication/edit_channel.html"


@bp.get("/canaux/ajouter")
@requires(Permission.EDIT_PLAN)
def add_channel(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD, form=AddChannelForm(chooser(cpts), formdata=None))


@bp.post("/canaux/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create_channel(cpts: Cpts) -> ResponseReturnValue:
    form = AddChannelForm(chooser(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    channel = operations.add_channel(cpts, form.description(), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index", _anchor=f"canal-{channel.id}"))


@bp.get("/canaux/<uuid:channel_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_channel(cpts: Cpts, channel_id: UUID) -> ResponseReturnValue:
    channel = queries.channel_or_404(cpts, channel_id)
    return render_template(EDIT, form=ChannelForm.of(channel, chooser(cpts)), channel=channel, stored=None)


@bp.post("/canaux/<uuid:channel_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_channel(cpts: Cpts, channel_id: UUID) -> ResponseReturnValue:
    channel, form = queries.channel_or_404(cpts, channel_id), ChannelForm(chooser(cpts))
    if not form.validate():
        return invalid(EDIT, form=form, channel=channel, stored=None)
    said, seen = form.description(), form.seen_version.data or 0
    try:
        operations.change_channel(channel, said, seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(channel.version)
        return invalid(EDIT, status=409, form=form, channel=channel, stored=form.beside(channel))
    return done(otherwise=url_for(".index", _anchor=f"canal-{channel.id}"))


@bp.get("/canaux/ordre")
@requires(Permission.EDIT_PLAN)
def order_channels(cpts: Cpts) -> ResponseReturnValue:
    """The channels alone, to be put in order."""
    return render_template(
        "pilotage/communication/order_channels.html",
        channels=queries.channels_alone(cpts),
        address=lambda channel_id, direction: url_for(".move_channel", channel_id=channel_id, direction=direction),
    )


@bp.post("/canaux/<uuid:channel_id>/<any(monter, descendre):direction>")
@requires(Permission.EDIT_PLAN)
def move_channel(cpts: Cpts, channel_id: UUID, direction: str) -> ResponseReturnValue:
    channel = queries.channel_or_404(cpts, channel_id)
    operations.move_channel(cpts, channel, Direction(direction), by=current_user, at=clock.now())
    return done(otherwise=url_for(".order_channels", _anchor=f"ligne-{channel.id}"))


@bp.get("/canaux/<uuid:channel_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_channel_removal(cpts: Cpts, channel_id: UUID) -> ResponseReturnValue:
    channel = queries.channel_or_404(cpts, channel_id)
    return render_template("pilotage/communication/remove_channel.html", channel=channel)


@bp.post("/canaux/<uuid:channel_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_channel(cpts: Cpts, channel_id: UUID) -> ResponseReturnValue:
    operations.remove_channel(queries.channel_or_404(cpts, channel_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))
