"""What is wrong with an entry of the logbook, in French words. Pure: the database is read in `sealed_rows`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from crisis_plan.pilotage.logbook.contents import erasure_text, read_content, searched
from crisis_plan.pilotage.logbook.rules import EntryKind, entry_name
from crisis_plan.pilotage.logbook.seals import Header, digest, seal


@dataclass(frozen=True)
class StoredDocument:
    """A document as the database holds it, its bytes weighed and hashed."""

    id: Any
    position: Any
    file_name: Any
    media_type: Any
    size: Any
    sha256: Any
    added_at: Any
    added_by_id: Any
    bytes_size: int | None
    """None: there are no bytes."""
    bytes_sha256: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is left of it."""
        return (self.bytes_size, self.file_name, self.media_type, self.size, self.sha256) == (None, "", "", 0, "")


@dataclass(frozen=True)
class StoredErasure:
    """The erasure of a content, and the entry that says so; `kind` is none when no entry does."""

    ordered_by: Any
    erased_at: Any
    erased_by_id: Any
    erased_by_name: Any
    kind: Any
    entered_at: Any
    author_id: Any
    author_name: Any
    content: Any


@dataclass(frozen=True)
class Stored:
    """An entry as the database holds it."""

    header: Header
    salt: str | None
    content: str | None
    search_text: str | None
    content_digest: str | None
    previous_seal: str | None
    seal: str | None
    documents: Sequence[StoredDocument] = ()
    erasure: StoredErasure | None = None
    has_erased_another: bool = False
    """Whether an erasure bears the key of this entry: what an entry of the kind « erasure » tells."""


def wrong_with(entry: Stored, previous: str) -> str | None:
    """The first thing that is wrong with an entry that should follow this seal; none when it is whole."""
    checks = (_erasure, _content, partial(_chain, previous=previous), _search_text, _documents, _told)
    try:
        return next((said for check in checks if (said := check(entry))), None)
    except (AttributeError, KeyError, TypeError, ValueError):
        return "son contenu ne se lit pas"


def _sealed_after(entry: Stored, previous: str | None, content_digest: str | None) -> bool:
    return seal(previous or "", entry.header, content_digest or "") == entry.seal


def _content(entry: Stored) -> str | None:
    """Content, salt and digest belong together."""
    if entry.content is None:
        return None
    found = digest(entry.salt or "", entry.content)
    if found == entry.content_digest:
        return None
    if _sealed_after(entry, entry.previous_seal, found):
        return "l’empreinte scellée de son contenu a été changée"
    if _sealed_after(entry, entry.previous_seal, entry.content_digest):
        return "son contenu, ou le sel qui en protège l’empreinte, n’est plus celui qui a été scellé"
    return "son contenu et ce qui l’entoure ne sont plus ceux qui ont été scellés"


def _chain(entry: Stored, previous: str) -> str | None:
    """The seal is that of what the entry holds, after the seal of the one before it."""
    is_own = _sealed_after(entry, entry.previous_seal, entry.content_digest)
    if entry.previous_seal == previous:
        if is_own:
            return None
        return (
            "son sceau ne répond plus à ce qu’elle porte\u00a0: son sceau, son numéro, ses heures, sa nature, son auteur, "
            "l’entrée qu’elle corrige, sa clé ou son identité a été changé"
        )
    if _sealed_after(entry, previous, entry.content_digest):
        return "le sceau précédent qu’elle porte a été changé"
    before = _before(entry.header)
    if is_own:
        return (
            f"elle ne suit pas le sceau de {before}\u00a0: l’une des deux a été récrite puis scellée de nouveau, "
            "ou ce qui se tenait entre elles a changé"
        )
    return f"ni son sceau ni celui de {before} qu’elle porte ne répondent à ce qui est écrit"


def _before(header: Header) -> str:
    if header.number > 1:
        return entry_name(header.part, header.number - 1)
    return "ce qui ouvre ce journal"


def _search_text(entry: Stored) -> str | None:
    expected = "" if entry.content is None else searched(read_content(entry.content))
    return None if entry.search_text == expected else "le texte où la recherche la trouve n’est plus le sien"


def _erasure(entry: Stored) -> str | None:
    """A content is gone when, and only when, its erasure is written down."""
    is_gone = entry.content is None and entry.salt is None
    if entry.erasure is None:
        if entry.content is None or entry.salt is None:
            return "son contenu, ou le sel qui le protège, a disparu sans qu’aucun effacement soit consigné"
        return None
    if not is_gone or entry.search_text or not all(one.is_blank for one in entry.documents):
        return "un effacement est consigné, et il reste quelque chose de son contenu ou de ses pièces"
    return _erasure_told(entry.header, entry.erasure)


def _erasure_told(header: Header, erasure: StoredErasure) -> str | None:
    if erasure.kind != EntryKind.ERASURE or not erasure.content:
        return "son contenu a été effacé, et le journal ne le dit pas"
    told = (erasure.entered_at, erasure.author_id, erasure.author_name, read_content(erasure.content).text)
    text = erasure_text(entry_name(header.part, header.number), str(erasure.ordered_by))
    if told != (erasure.erased_at, erasure.erased_by_id, erasure.erased_by_name, text):
        return "ce qui est consigné de son effacement (autorité, auteur ou heure) n’est plus ce que le journal en dit"
    return None


def _told(entry: Stored) -> str | None:
    if entry.header.kind is EntryKind.ERASURE and not entry.has_erased_another:
        return "elle dit un effacement qui n’est plus consigné"
    return None


def _documents(entry: Stored) -> str | None:
    """The documents are those of the sealed list, in its order, byte for byte."""
    if entry.content is None:
        return None
    sealed = read_content(entry.content).attachments
    held = {str(one.id): one for one in entry.documents}
    for position, one in enumerate(sealed, start=1):
        if one.get("id") not in held and len(held) < len(sealed):
            return f"sa pièce jointe {position} manque"
        if one.get("id") not in held:
            return f"sa pièce jointe {position} en a remplacé une autre, ou son identité a été changée"
        if said := _document(entry.header, held[str(one["id"])], one, position):
            return f"{said} de sa pièce jointe {position}"
    if len(entry.documents) > len(sealed):
        return "une pièce jointe a été ajoutée après coup"
    return None


def _document(header: Header, held: StoredDocument, sealed: Mapping[str, Any], position: int) -> str | None:
    """What of a document is not what was sealed, as the beginning of a sentence."""
    differs: Mapping[str, tuple[Any, Any]] = {
        "le rang": (held.position, position),
        "le nom": (held.file_name, sealed.get("file_name")),
        "le type": (held.media_type, sealed.get("media_type")),
        "la taille notée": (held.size, sealed.get("size")),
        "l’empreinte notée": (held.sha256, sealed.get("sha256")),
        "le contenu": ((held.bytes_size, held.bytes_sha256), (sealed.get("size"), sealed.get("sha256"))),
        "l’heure d’ajout": (held.added_at, header.entered_at),
        "l’auteur de l’ajout": (held.added_by_id, header.author_id),
    }
    changed = next((name for name, (found, expected) in differs.items() if found != expected), None)
    return f"ce n’est plus {changed}" if changed else None
