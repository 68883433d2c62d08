"""What the yearly update goes through: each thing of the plan, and what changed of it since the version in force."""

from __future__ import annotations
