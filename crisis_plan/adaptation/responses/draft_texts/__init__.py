"""The six first drafts that are offered to every CPTS: one for any crisis, and one for each of the five types."""

from __future__ import annotations

from crisis_plan.adaptation.responses.draft_texts.care_disrupted import CARE_DISRUPTED
from crisis_plan.adaptation.responses.draft_texts.first_hour import FIRST_HOUR
from crisis_plan.adaptation.responses.draft_texts.ill import ILL
from crisis_plan.adaptation.responses.draft_texts.infectious import INFECTIOUS
from crisis_plan.adaptation.responses.draft_texts.injured import INJURED
from crisis_plan.adaptation.responses.draft_texts.nrc import NRC

DRAFTS = (FIRST_HOUR, INJURED, ILL, INFECTIOUS, NRC, CARE_DISRUPTED)
"""In the order of the booklet."""
