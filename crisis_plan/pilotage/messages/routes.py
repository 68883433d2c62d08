"""The messages of a crisis on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock, outbox
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import audience
from crisis_plan.pilotage.calls.audience import People
from crisis_plan.pilotage.communication import queries as communication
from crisis_plan.pilotage.communication.preview import preview
from crisis_plan.pilotage.communication.rules import Moment, by_moment
from crisis_plan.pilotage.communication.sms import sms_length
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.messages import operations, queries, texting
from crisis_plan.pilotage.messages.filling import crisis_values
from crisis_plan.pilotage.messages.forms import MessageForm
from crisis_plan.pilotage.messages.models import MessageChannel
from crisis_plan.pilotage.messages.operations import NobodyToWriteTo, NoMailServer, Outgoing
from crisis_plan.pilotage.messages.rules import Delivery, prefixed, reason
from crisis_plan.web.htmx import done, invalid, page_or_block

if TYPE_CHECKING:
    from crisis_plan.pilotage.communication.models import MessageModel

bp = Blueprint("crisis_messages", __name__)

WRITE = "pilotage/messages/write.html"
SHOW = "pilotage/messages/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    page, found = queries.page_of_messages(crisis, request.args.get("page", 1, type=int), clock.now())
    return render_template(
        "pilotage/messages/index.html",
        crisis=crisis,
        page=page,
        messages=found,
        deliveries=Delivery,
        page_url=lambda number: url_for(".index", crisis_id=crisis_id, page=number),
    )


@bp.get("/choisir")
@requires(Permission.WRITE_LOGBOOK)
def models(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The messages that are ready for this type of crisis."""
    crisis = crisis_or_404(cpts, crisis_id)
    groups = by_moment(ready(cpts, crisis))
    return render_template("pilotage/messages/models.html", crisis=crisis, groups=groups)


@bp.get("/ecrire")
@requires(Permission.WRITE_LOGBOOK)
def write(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The message as its model fills it now, and whom it would go to."""
    crisis = crisis_or_404(cpts, crisis_id)
    asked = request.args.get("modele", "")
    model = (named(cpts, crisis, asked) or abort(404)) if asked else None
    texts = preview(model, crisis_values(cpts, crisis, clock.now())) if model else None
    form = MessageForm.of(crisis, model, texts, proposed_which(cpts))
    return render_template(WRITE, form=form, **beside(cpts, crisis, form))


@bp.post("/ecrire")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def send(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Send it, or note that it was sent by hand; without a channel, only show who would receive it."""
    crisis, channel = crisis_or_404(cpts, crisis_id), asked_channel()
    form = MessageForm(crisis.crisis_type, proposed_which(cpts))
    is_accepted = form.accepts(channel)
    shown = beside(cpts, crisis, form)
    if channel is None or not is_accepted:
        return invalid(WRITE, form=form, **shown)
    outgoing = outgoing_by(channel, form, shown["people"], named(cpts, crisis, form.model.data or ""))
    try:
        message = operations.send(crisis, outgoing, key=form.key, by=current_user, at=clock.now())
    except (NobodyToWriteTo, NoMailServer) as refusal:
        form.form_errors.append(str(refusal))
        return invalid(WRITE, form=form, **shown)
    said = f"Message n°\u00a0{message.number}\u00a0: {'en route' if channel is MessageChannel.EMAIL else 'consigné'}."
    return done(otherwise=url_for(".show", crisis_id=crisis_id, number=message.number), said=said)


@bp.get("/<int:number>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """A message and what became of it; to a live page, 204 while nothing left since what it shows."""
    crisis, now = crisis_or_404(cpts, crisis_id), clock.now()
    found = queries.told(queries.message_or_404(crisis, number), now)
    if request.args.get("vu") == found.mark:
        return "", 204
    page, copies = queries.page_of_copies(found.message, request.args.get("page", 1, type=int), now)
    return page_or_block(
        SHOW,
        "live",
        crisis=crisis,
        told=found,
        page=page,
        copies=copies,
        deliveries=Delivery,
        reason=reason,
        sends_mail=outbox.sends_mail(),
        page_url=lambda asked: url_for(".show", crisis_id=crisis_id, number=number, page=asked),
    )


@bp.get("/<int:number>/sms")
@requires(Permission.WRITE_LOGBOOK)
def texts(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """The short text of the same model, to whom the e-mail did not reach."""
    crisis, now = crisis_or_404(cpts, crisis_id), clock.now()
    message = queries.message_or_404(crisis, number)
    model = next((one for one in ready(cpts, crisis) if one.title == message.model_title), None)
    found = texting.to_text(crisis, message, model, crisis_values(cpts, crisis, now), queries.missed(message, now))
    return render_template("pilotage/messages/texts.html", crisis=crisis, message=message, model=model, to_text=found)


def asked_channel() -> MessageChannel | None:
    """Which button was pressed."""
    pressed = request.form.get("par", "")
    return MessageChannel(pressed) if pressed in list(MessageChannel) else None


def ready(cpts: Cpts, crisis: Crisis) -> list[MessageModel]:
    """The models that serve this type of crisis; those of an exercise are offered to exercises alone."""
    found = communication.models(cpts, crisis.crisis_type)
    return [one for one in found if crisis.is_exercise or one.moment is not Moment.EXERCISE]


def named(cpts: Cpts, crisis: Crisis, model_id: str) -> MessageModel | None:
    """The model that the address or the form names; none without a name, or once it was removed."""
    return next((one for one in ready(cpts, crisis) if str(one.id) == model_id), None) if model_id else None


def proposed_which(cpts: Cpts) -> tuple[str, ...]:
    """Professions and communes that the directory knows."""
    known = directory.filter_choices(cpts)
    return (*known.professions, *known.communes)


def outgoing_by(
    channel: MessageChannel, form: MessageForm, people: People | None, model: MessageModel | None
) -> Outgoing:
    """The message that the accepted form describes."""
    return Outgoing(
        channel,
        form.in_words,
        form.text_for(channel),
        subject="" if channel is MessageChannel.TEXT else form.subject.data or "",
        contacts=people.contacts if people else (),
        model_title=model.title if model else "",
    )


def beside(cpts: Cpts, crisis: Crisis, form: MessageForm) -> dict[str, Any]:
    """What the page shows around the form: who would receive it, and how long the short text is."""
    chosen = form.choice
    people = audience.people(cpts, chosen, clock.today(cpts)) if chosen else None
    return {
        "crisis": crisis,
        "chosen": chosen,
        "people": people,
        "to_call": [one for one in people.contacts if not one.emails] if people else [],
        "channels": MessageChannel,
        "keeps_mail": outbox.keeps_mail(),
        "sms": sms_length(prefixed(crisis.mode.prefix, form.short_text.data or "")),
    }
