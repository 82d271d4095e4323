"""The words of one printed text."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from advocacy.db import Base


class TextBody(Base):
    """The words of a text, as they were fetched; without them, why not. `marks` are places to look at.

    `raw` is what was fetched, packed. `since_id` is the text before it, with which it was compared.
    """

    __tablename__ = "text_body"

    text_id: Mapped[UUID] = mapped_column(ForeignKey("text_version.id"), primary_key=True)
    words: Mapped[str | None]
    raw: Mapped[bytes | None]
    hash: Mapped[bytes | None]
    media: Mapped[str]
    address: Mapped[str]
    fetched_at: Mapped[datetime | None]
    fault: Mapped[str]
    failed: Mapped[int]
    next_at: Mapped[datetime | None]
    since_id: Mapped[UUID | None]
    marks: Mapped[list[list[str | int]]] = mapped_column(JSON)
