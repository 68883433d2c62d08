"""Which call lists are of which crisis."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallList


class CrisisCallList(Base):
    """A call list that was opened in a crisis or an exercise."""

    __tablename__ = "crisis_call_lists"

    list_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("call_lists.id", ondelete="CASCADE"), primary_key=True)
    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)

    call_list: Mapped[CallList] = relationship("CallList")
