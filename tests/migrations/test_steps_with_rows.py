"""Rows that were there before a step mean after it what they meant before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.mending import ACT
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import texts_meant
from advocacy.migrations.run import downgrade, upgrade
from advocacy.people.models import SecondedAct
from tests.conftest import NOW

_TYPES: dict[type, Any] = {UUID: sa.Uuid(), datetime: sa.DateTime(timezone=True)}


def put(session: Session, table: str, **values: object) -> None:
    """Write a row into a table as it was at some step, whatever the models say today."""
    columns = [sa.column(name, _TYPES.get(type(value))) for name, value in values.items()]
    session.execute(sa.insert(sa.table(table, *columns)).values(values))


def put_letter(session: Session, by: UUID) -> Sequence[UUID]:
    """Three versions of a letter; the hash of each is its number, sixty-four times."""
    letter, versions = uuid4(), [uuid4() for _ in range(3)]
    put(
        session,
        "letter",
        id=letter,
        kind="testimony",
        language="en",
        begun_at=NOW,
        begun_by=by,
        implies_survivor=False,
    )
    for n, id in enumerate(versions, 1):
        put(
            session,
            "letter_version",
            id=id,
            letter_id=letter,
            n=n,
            title="A title",
            body=f"Text {n}",
            spoken="",
            sha256=str(n) * 64,
            note="",
            written_by=by,
            written_at=NOW,
        )
    return versions


def test_typos_from_before_they_took_two_like_all_else_stay_typos_of_the_same_two(
    blank_url: str, blank: Database
) -> None:
    two = says, agrees = uuid4(), uuid4()
    at = {"proposed_at": NOW, "confirmed_at": NOW + timedelta(hours=1)}
    upgrade(blank_url, "0023")
    with blank.transaction() as session:
        for id in two:
            put(session, "person", id=id, joined_on=NOW.date(), language="en", mail_mode="plain")
        first, second, third = put_letter(session, says)
        put(
            session,
            "text_change",
            version_id=second,
            before_id=first,
            kind="typo",
            reasons="",
            proposed_by=says,
            confirmed_by=agrees,
            **at,
        )
        put(
            session,
            "text_change",
            version_id=third,
            before_id=second,
            kind="typo",
            reasons="",
            proposed_by=says,
            proposed_at=NOW,
        )

    upgrade(blank_url)
    downgrade(blank_url, "0024")
    upgrade(blank_url)

    with blank.reading() as session:
        [act] = session.scalars(sa.select(SecondedAct)).all()
        assert (act.act, act.about_id, act.proposed_by, act.seconded_by) == (ACT, second, *two)
        assert (act.proposed_at, act.used_at) == tuple(at.values())
        mended, open_still = (session.get_one(LetterVersion, id) for id in (second, third))
        assert texts_meant(session, mended) == {"1" * 64, "2" * 64}
        assert texts_meant(session, open_still) == {"3" * 64}
