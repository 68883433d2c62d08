"""The policy is the table of `product.md`, section 1."""

from crisis_plan.access.policy import CPTS_ROLES, POLICY, Permission, Role, may
from tests.browser import Browser


def test_every_permission_is_in_the_table() -> None:
    assert set(POLICY) == set(Permission)


def test_only_a_referent_publishes_and_invites() -> None:
    assert POLICY[Permission.PUBLISH_PLAN] == {Role.REFERENT}
    assert POLICY[Permission.INVITE] == {Role.REFERENT}


def test_the_operator_sees_no_plan() -> None:
    assert [permission for permission in Permission if may({Role.OPERATOR}, permission)] == [
        Permission.RUN_INSTALLATION
    ]


def test_everyone_of_a_cpts_and_of_its_institutions_reads_the_published_plan() -> None:
    assert POLICY[Permission.READ_PLAN] == {*CPTS_ROLES, Role.ARS_READER, Role.CPAM_READER}


def test_an_institution_never_edits() -> None:
    for reader in (Role.ARS_READER, Role.CPAM_READER):
        assert not may({reader}, Permission.EDIT_PLAN)
        assert not may({reader}, Permission.READ_WORKING_DATA)


def test_no_role_gives_no_right() -> None:
    assert not any(may((), permission) for permission in Permission)


def test_some_screen_asks_for_each_permission(referent: Browser) -> None:
    """A line of the page « Qui peut quoi » that nothing does would be a promise nobody keeps."""
    assert set(Permission) <= {getattr(view, "access", None) for view in referent.app.view_functions.values()}


def test_only_the_caisse_decides_a_claim_and_only_the_cpts_prepares_it() -> None:
    assert POLICY[Permission.DECIDE_CLAIM] == {Role.CPAM_READER}
    assert POLICY[Permission.PREPARE_CLAIM] == {Role.REFERENT, Role.COORDINATOR}
    assert not may({Role.ARS_READER}, Permission.READ_CLAIM)
