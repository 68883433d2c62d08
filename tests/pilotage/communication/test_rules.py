from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.pilotage.calls.choices import choice
from crisis_plan.pilotage.communication.blanks import Blank, filled, left_to_fill, unknown_blanks
from crisis_plan.pilotage.communication.preview import preview
from crisis_plan.pilotage.communication.proposals import PROPOSED
from crisis_plan.pilotage.communication.rules import (
    SPOKESPERSON,
    ChannelKind,
    Held,
    Moment,
    by_moment,
    lacks,
    reading_due,
    serves,
)
from crisis_plan.pilotage.communication.sms import sms_length, with_plain_signs
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED as FUNCTIONS

REACHED = Held("Communication externe", is_reached=True)


@dataclass(frozen=True)
class Way:
    kind: ChannelKind
    fallback: str = ""


@dataclass(frozen=True)
class Message:
    moment: Moment = Moment.ALERT
    crisis_types: Sequence[str] = ()


def plain(sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.replace("\u00a0", " ") for one in sentences)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{cpts} à {heure}", "Uzège à 14:05"),
        ("{ CPTS } et {Cpts}", "Uzège et Uzège"),
        ("{niveau}", "{niveau}"),
        ("{titre}", "{titre}"),
        ("{ville}", "{ville}"),
        ("{cpts", "{cpts"),
        ("{{cpts}}", "{Uzège}"),
        ("{}", "{}"),
    ],
)
def test_a_blank_is_filled_or_stays_visible(text: str, said: str) -> None:
    assert filled(text, {"cpts": "Uzège", "heure": "14:05", "titre": ""}) == said


def test_what_fills_a_blank_is_never_filled_again() -> None:
    assert filled("{titre}", {"titre": "{cpts}", "cpts": "Uzège"}) == "{cpts}"


def test_an_accent_or_a_space_does_not_make_another_blank() -> None:
    assert filled("{Référent}, {lieu cellule}", {"referent": "Dr Rey", "lieu_cellule": "Mairie"}) == "Dr Rey, Mairie"
    assert unknown_blanks("{Référent} {lieu cellule}") == ()


@given(st.text(alphabet=st.characters(blacklist_characters="{}")))
def test_a_text_without_blank_stays_as_it_is(text: str) -> None:
    assert filled(text, {blank.value: "x" for blank in Blank}) == text
    assert unknown_blanks(text) == ()


def test_unknown_blanks_are_told_once_in_their_order() -> None:
    assert unknown_blanks("{ville} {cpts} {date}", "{ville}") == ("{ville}", "{date}")


def test_what_is_left_to_write_is_told() -> None:
    assert left_to_fill("[consigne] à {heure}, [consigne]") == ("[consigne]", "{heure}")


@pytest.mark.parametrize(
    ("text", "parts", "costly"),
    [
        ("", 0, ()),
        ("a" * 160, 1, ()),
        ("a" * 161, 2, ()),
        ("a" * 306, 2, ()),
        ("a" * 307, 3, ()),
        ("é" * 160, 1, ()),
        ("€" * 80, 1, ()),
        ("€" * 81, 2, ()),
        ("ê" * 70, 1, ("ê",)),
        ("ê" * 71, 2, ("ê",)),
        ("a" * 69 + "’" + "ê", 2, ("’", "ê")),
        ("😀" * 35, 1, ("😀",)),
        ("😀" * 36, 2, ("😀",)),
    ],
)
def test_a_text_takes_as_many_sms_as_its_signs_ask(text: str, parts: int, costly: tuple[str, ...]) -> None:
    length = sms_length(text)
    assert (length.characters, length.parts, length.costly) == (len(text), parts, costly)


def test_typographic_signs_do_not_shorten_an_sms() -> None:
    said = with_plain_signs("L’alerte «\u00a0Feu\u00a0»… à 14\u202fh – cœur")
    assert said == 'L\'alerte " Feu "... à 14 h - coeur'
    assert sms_length(said).costly == ()


def test_a_preview_says_what_it_could_not_fill() -> None:
    @dataclass(frozen=True)
    class Texts:
        subject: str = "{cpts}"
        email_text: str = "[consigne]"
        short_text: str = "L’alerte, {ville}"

    shown = preview(Texts(), {"cpts": "Uzège"})
    assert (shown.subject, shown.short_text) == ("Uzège", "L'alerte, {ville}")
    assert shown.left == ("[consigne]", "{ville}")
    assert shown.unknown == ("{ville}",)


def test_messages_are_read_in_the_order_of_a_crisis() -> None:
    late, early, second = Message(Moment.STAND_DOWN), Message(Moment.ALERT), Message(Moment.ALERT, ("ill",))
    assert by_moment([late, early, second]) == [(Moment.ALERT, [early, second]), (Moment.STAND_DOWN, [late])]


def test_a_message_without_type_serves_in_every_crisis() -> None:
    every, ill = Message(), Message(crisis_types=("ill",))
    assert serves(every, CrisisType.NRC)
    assert serves(ill, CrisisType.ILL)
    assert serves(ill, None)
    assert not serves(ill, CrisisType.NRC)


def test_an_empty_room_lacks_everything() -> None:
    spokesperson, channels, models = plain(lacks([], [], None))
    assert "n’est pas dans la cellule" in spokesperson
    assert "Aucun canal n’est décrit" in channels
    assert "Aucun message n’est préparé" in models


def test_a_room_that_speaks_to_everyone_lacks_nothing() -> None:
    assert lacks([Way(ChannelKind.EMAIL, "Affichage")], [()], REACHED) == ()
    assert lacks([Way(ChannelKind.POSTER)], [[one.value] for one in CrisisType], REACHED) == ()


def test_what_is_incomplete_is_named() -> None:
    channels = [Way(ChannelKind.EMAIL), Way(ChannelKind.SMS)]
    types = [["injured", "ill"], ["infectious", "care_disrupted"]]
    assert plain(lacks(channels, types, Held("Porte-parole", is_reached=False))) == (
        "Personne que l’on puisse appeler ne tient la fonction « Porte-parole ».",
        "Aucun canal ne dit ce qui le remplace quand le réseau tombe.",
        "Aucun message n’est préparé pour le type 4 : agent nucléaire, radiologique ou chimique.",
    )


def test_what_nobody_read_is_a_sentence() -> None:
    assert reading_due(0) == ""
    assert reading_due(1) == "1 message proposé n’a pas encore été relu."
    assert reading_due(12) == "12 messages proposés n’ont pas encore été relus."


@pytest.mark.parametrize("message", PROPOSED, ids=lambda message: message.key)
def test_a_proposed_message_is_for_somebody_and_has_only_known_blanks(message: object) -> None:
    (one,) = (proposed for proposed in PROPOSED if proposed is message)
    assert choice(one.audience, "") or one.audience_words
    assert bool(one.audience) == bool(choice(one.audience, ""))
    assert one.email_text
    assert unknown_blanks(one.subject, one.email_text, one.short_text) == ()
    assert len(one.title) <= 160
    assert len(one.short_text) <= 320


def test_proposed_messages_cover_every_crisis_type_and_every_moment() -> None:
    assert {one for message in PROPOSED for one in message.crisis_types} == set(CrisisType)
    assert {message.moment for message in PROPOSED} == set(Moment)
    assert len({message.key for message in PROPOSED}) == len(PROPOSED)


def test_the_spokesperson_is_a_function_that_the_cell_proposes() -> None:
    assert [one.name for one in FUNCTIONS if one.key == SPOKESPERSON] == ["Communication externe"]
