"""What a version is called."""

from datetime import date

from crisis_plan.publication.rules import FileKind, Issue, PublicationKind, file_name, is_whole_pdf

DAY = date(2026, 11, 22)


def test_a_pdf_has_a_dated_name() -> None:
    names = [
        file_name("uzege", PublicationKind.PUBLISHED, 3, DAY, file=kind)
        for kind in (FileKind.RESTRICTED, FileKind.PUBLIC)
    ]
    assert names == ["plan-crise_uzege_v3_2026-11-22.pdf", "plan-crise_uzege_v3_publique_2026-11-22.pdf"]
    assert file_name("uzege", PublicationKind.PROVISIONAL, 1, DAY, file=FileKind.RESTRICTED).startswith(
        "plan-crise_uzege_provisoire1"
    )


def test_a_provisional_version_says_so_on_every_page_and_counts_for_nothing() -> None:
    issue = Issue(PublicationKind.PROVISIONAL, 2, DAY, "Camille Durand")
    assert (issue.name, issue.watermark) == ("Version provisoire 2", "VERSION PROVISOIRE")
    assert "ne compte pour aucune échéance" in issue.status


def test_an_adoption_is_told_by_whom_and_when() -> None:
    adopted = Issue(PublicationKind.PUBLISHED, 1, DAY, "Camille", "le bureau", date(2026, 3, 1))
    assert adopted.adoption == "le 1er mars 2026 par le bureau"
    assert Issue(PublicationKind.PUBLISHED, 1, DAY, "Camille").adoption == ""


def test_half_a_pdf_is_not_a_pdf() -> None:
    assert is_whole_pdf(b"%PDF-1.4 ... %%EOF\n")
    assert not is_whole_pdf(b"%PDF-1.4 ...")
    assert not is_whole_pdf(b"<html>%%EOF")
