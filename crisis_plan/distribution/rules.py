"""Who receives the plan, in which edition, and how links are kept from being guessed. Source: domain, sections 9 and 12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

from crisis_plan.anticipation.directory.rules import ContactKind, category_words
from crisis_plan.document.blocks import Edition


class Group(StrEnum):
    """The groups to which the plan goes: ARS, caisses, members and partners (domain, section 9)."""

    ARS = "ars"
    CPAM = "cpam"
    MSA = "msa"
    ADHERENT = "adherent"
    PARTNER = "partner"
    ESTABLISHMENT = "establishment"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "ars": "ARS",
            "cpam": "CPAM",
            "msa": "MSA",
            "adherent": "Adhérents",
            "partner": "Partenaires",
            "establishment": "Établissements",
            "other": "Autres institutions",
        }[self.value]

    @property
    def edition(self) -> Edition:
        """What they are entitled to, unless the CPTS marks one of them « restreinte » (domain, section 12)."""
        return Edition.RESTRICTED if self in ENTITLED else Edition.PUBLIC

    @property
    def to_them(self) -> str:
        """« à l’ARS », « aux adhérents »."""
        return {
            "ars": "à l’ARS",
            "cpam": "à la CPAM",
            "msa": "à la MSA",
            "adherent": "aux adhérents",
            "partner": "aux partenaires",
            "establishment": "aux établissements",
            "other": "aux autres institutions",
        }[self.value]


ENTITLED = frozenset({Group.ARS, Group.CPAM, Group.MSA, Group.ADHERENT})
"""ARS, CPAM, MSA, and those who belong to the CPTS; everyone else reads the public edition (domain, section 12)."""
REQUIRED = (Group.ARS, Group.CPAM, Group.ADHERENT, Group.PARTNER)
"""Whoever must have received a version; the MSA too, where the directory has one (domain, section 9)."""
PARTNERS = frozenset({Group.PARTNER, Group.ESTABLISHMENT})
"""An establishment of the territory counts as a partner, as it does for the directory (domain, section 3)."""
INSTITUTIONS = (Group.ARS, Group.CPAM, Group.MSA)
GROUP_OF_KIND = {
    ContactKind.ADHERENT: Group.ADHERENT,
    ContactKind.PARTNER: Group.PARTNER,
    ContactKind.ESTABLISHMENT: Group.ESTABLISHMENT,
    ContactKind.INSTITUTION: Group.OTHER,
}
"""A professional of the territory who did not join is no recipient."""


def group_of(kind: ContactKind, category: str) -> Group | None:
    """To which group a contact belongs; none for who is no recipient."""
    if kind is ContactKind.INSTITUTION:
        said = category_words(category)
        return next((group for group in INSTITUTIONS if group.value in said), Group.OTHER)
    return GROUP_OF_KIND.get(kind)


def edition_today(edition: Edition, group: Group | None, *, is_marked: bool) -> Edition | None:
    """What a link gives today: what was given, and no more than the group of today reads; none to who is no recipient.

    `is_marked`: the CPTS itself gave them more than their group reads (domain, section 12).
    """
    if is_marked:
        return edition
    if group is None:
        return None
    return edition if group.edition is Edition.RESTRICTED else Edition.PUBLIC


def gives_more(edition: Edition, group: Group) -> bool:
    """Whether this is more than the group reads: the CPTS chose so by hand."""
    return edition is Edition.RESTRICTED and group.edition is Edition.PUBLIC


class Channel(StrEnum):
    """How a version was given."""

    EMAIL = "email"
    PAPER = "paper"
    MEETING = "meeting"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "email": "Par courriel, lien personnel",
            "paper": "Remis sur papier",
            "meeting": "Remis en réunion",
            "other": "Par un autre moyen",
        }[self.value]


BY_HAND = (Channel.MEETING, Channel.PAPER, Channel.OTHER)


class EventKind(StrEnum):
    """What happened to what was given; each with its time, never changed."""

    SENT = "sent"
    HANDED = "handed"
    REMINDED = "reminded"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    REVOKED = "revoked"
    EDITION_CHANGED = "edition_changed"
    HANDING_WITHDRAWN = "handing_withdrawn"

    @property
    def label(self) -> str:
        return {
            "sent": "Courriel écrit",
            "handed": "Remis",
            "reminded": "Relancé",
            "opened": "Ouvert",
            "acknowledged": "Accusé de réception",
            "revoked": "Lien retiré",
            "edition_changed": "Édition changée",
            "handing_withdrawn": "Remise retirée",
        }[self.value]


AFTER_A_FAILURE = "Courriel non parti la fois d’avant"
"""Told with the message that follows a failed one: only the last message is known to the outbox."""


@dataclass(frozen=True)
class Circulated:
    """How far a version went in one group. Given: really sent or handed over."""

    recipients: int = 0
    given: int = 0
    opened: int = 0
    acknowledged: int = 0
    first_on: date | None = None
    """The first day on which someone of the group was given it."""


WINDOW = timedelta(minutes=1)
MOST_UNKNOWN = 60
"""So many addresses that were never given are asked for from one network in a window. Ours."""
MOST_OF_ONE_LINK = 300
"""So often one personal link is asked for in a window: whoever received it may open it before a whole meeting. Ours."""
REMINDED_AGAIN_AFTER = timedelta(days=7)
"""Nobody is reminded more than once a week. Ours."""


def visitor_network(address: str) -> str:
    """The network that visits are counted for: a /24, or the /64 that one IPv6 subscriber holds."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    return str(ip_network((parsed, 64 if parsed.version == 6 else 24), strict=False))
