"""What is said of the plans of others: nothing that the domain does not say."""

from __future__ import annotations

from crisis_plan.document.typography import french
from crisis_plan.orsan.catalogue import INFERENCE, NeighbourKind


def test_a_keeper_is_said_only_where_it_is_known() -> None:
    """Source: domain, section 4; the plan of an MSP and that of a CPTS name their own keeper."""
    assert {kind: kind.keeper for kind in NeighbourKind if kind.keeper != "à préciser"} == {
        NeighbourKind.ORSEC: "préfet",
        NeighbourKind.PLAN_BLANC: "chaque hôpital",
        NeighbourKind.PLAN_BLEU: "chaque EHPAD, établissement ou service médico-social",
        NeighbourKind.PCS: "commune, ou groupe de communes",
        NeighbourKind.HEATWAVE: "préfet, communes",
        NeighbourKind.MSP: "maison de santé pluriprofessionnelle",
        NeighbourKind.CPTS: "CPTS d’un territoire voisin",
    }


def test_the_departmental_plan_bears_its_two_names() -> None:
    assert NeighbourKind.DEPARTMENTAL.label == "Plan départemental de mobilisation, plan blanc élargi"


def test_the_reading_of_crisis_types_is_said_to_the_cpts_and_to_the_ars_alike() -> None:
    assert INFERENCE.endswith("une lecture, non un texte, à relire avec l’ARS.")
    assert french(INFERENCE) == INFERENCE
