"""Two published versions compared, from their frozen contents only: the page, and the file that proves an update."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Block, Chapter, Document, Edition, Fact, Facts, Notice, Paragraph, Part, plain
from crisis_plan.document.changes import changes, unsaid
from crisis_plan.document.comparison import compared, consolidated, with_cover
from crisis_plan.document.comparison_reading import Changed, changed, shown
from crisis_plan.document.comparison_words import in_words
from crisis_plan.document.editions import for_edition
from crisis_plan.document.sections import Change
from crisis_plan.publication import queries
from crisis_plan.publication.comparison_summary import UNIT, counts, lists_reviewed, sentences
from crisis_plan.publication.operations import printed
from crisis_plan.web.formats import long_date

if TYPE_CHECKING:
    from uuid import UUID

    from crisis_plan.publication.models import Publication

TITLE = "Document consolidé faisant apparaître les modifications"
REMEMBERED = 4
"""Files kept in memory, a megabyte each: what two versions differ by never changes."""
NOTHING = "Aucune modification entre ces deux versions."


@dataclass(frozen=True)
class Comparison:
    """What two versions differ by, for the readers of one edition."""

    document: Document
    """Both versions, as they are shown."""
    sentences: tuple[Change, ...]
    chapters: tuple[Changed, ...]
    lists_reviewed: bool = False
    """The newer version prints what was read again without a change."""

    @property
    def different(self) -> list[Changed]:
        return [one for one in self.chapters if one.kinds or one.chapter.mark]

    @property
    def same_sections(self) -> int:
        return sum(one.same for one in self.chapters)

    def said_of(self, key: str) -> list[Change]:
        return [change for change in self.sentences if change.chapter_key == key]


class NothingFrozen(ValueError):
    """A version written elsewhere: there is no content to compare."""


def comparison(old: Publication, new: Publication, edition: Edition) -> Comparison:
    """Compare what the readers of this edition may see of both. Raises `NothingFrozen`."""
    return compare(_content(old), _content(new), edition)


def compare(before: Document, after: Document, edition: Edition) -> Comparison:
    """From the two editions and nothing else: what neither of them says cannot come out of it."""
    old, new = (compared(for_edition(document, edition)) for document in (before, after))
    both = with_cover(shown(consolidated(old, new)), old, new)
    chapters = tuple(changed(chapter) for chapter in both.chapters)
    said = changes(old, new)
    return Comparison(both, (*said, *unsaid(chapters, said)), chapters, lists_reviewed(for_edition(after, edition)))


def comparison_pdf(old: Publication, new: Publication, edition: Edition) -> bytes:
    """« Document consolidé faisant apparaître les modifications »: the same two versions give the same bytes.

    Raises `NothingFrozen` and `PrintFailed`.
    """
    contents = _content(old), _content(new)
    return _printed(_Asked(old.id, new.id, edition, Told.of(old), Told.of(new), *contents))


def comparison_file_name(old: Publication, new: Publication, edition: Edition) -> str:
    """`plan-crise_<cpts>_v3-comparee-v2.pdf`."""
    suffix = "_publique" if edition is Edition.PUBLIC else ""
    return f"plan-crise_{new.cpts.slug}_v{new.number}-comparee-v{old.number}{suffix}.pdf"


@dataclass(frozen=True)
class Told:
    """What the cover says of a version."""

    name: str
    dated: str
    author: str
    adoption: str

    @classmethod
    def of(cls, version: Publication) -> Told:
        on = f"le {long_date(version.adopted_on)} " if version.adopted_on else ""
        adoption = f", adoptée {on}par {version.adopted_by}" if version.adopted_by else ""
        return cls(version.name, long_date(version.dated_on), version.author_name, adoption)

    @property
    def sentence(self) -> str:
        """« Version 2 du 7 avril 2026, publiée par Hélène Faure, adoptée par le bureau »."""
        return f"{self.name} du {self.dated}, publiée par {self.author}{self.adoption}"


def comparison_document(found: Comparison, old: Told, new: Told) -> Document:
    """The whole plan with its marks, its summary first."""
    both = found.document
    cover = Facts(
        (
            Fact("Date de la mise à jour", new.dated),
            Fact("Version mise à jour", new.sentence),
            Fact("Comparée à", old.sentence),
            Fact("Lecture", "Souligné et + dans la marge\u00a0: ajouté. Barré et – dans la marge\u00a0: supprimé."),
        )
    )
    return replace(
        both,
        title=TITLE,
        version=f"{new.name} comparée à la {old.name.lower()}",
        status=f"{both.title}, mise à jour du {new.dated}",
        cover=cover,
        chapters=(summary_chapter(found, old, new), *both.chapters),
    )


def summary_chapter(found: Comparison, old: Told, new: Told) -> Chapter:
    """Counts by chapter, then each change in a sentence."""
    intro = f"De la {old.name.lower()} du {old.dated} à la {new.name.lower()} du {new.dated}."
    blocks: list[Block] = [Paragraph(plain(intro))]
    if found.lists_reviewed:
        where = f"au chapitre «\u00a0Modifications\u00a0» de la {new.name.lower()}"
        blocks.append(Paragraph(plain(f"Ce qui a été revu sans changement est listé {where}.")))
    if found.different:
        blocks += [Paragraph(plain(UNIT)), counts(found.different), sentences(found.sentences)]
    else:
        blocks.append(Notice(plain(NOTHING)))
    return Chapter("modifications", "Ce qui a changé", tuple(blocks), Part.CHANGES)


def _content(version: Publication) -> Document:
    document = queries.frozen(version)
    if document is None:
        raise NothingFrozen
    return document


@dataclass(frozen=True)
class _Asked:
    """A file known by its two versions and its edition: the rest of it never changes."""

    old_id: UUID
    new_id: UUID
    edition: Edition
    old: Told = field(compare=False)
    new: Told = field(compare=False)
    before: Document = field(compare=False)
    after: Document = field(compare=False)


@lru_cache(maxsize=REMEMBERED)
def _printed(asked: _Asked) -> bytes:
    """Some seconds of work for a whole plan: done once."""
    document = comparison_document(compare(asked.before, asked.after, asked.edition), asked.old, asked.new)
    return printed(in_words(document), asked.edition)
