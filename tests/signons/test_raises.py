"""More than her limit, asked for at the door: a number until her voice was heard and the wait is over."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy import erasure
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.actions import SamePerson, set_limits
from advocacy.people.limiting import say_limits
from advocacy.people.limits import Audience, Preset
from advocacy.people.models import LimitRaise
from advocacy.people.queries import naming_limits
from advocacy.people.raising import NoLongerAsked, confirm_raise, raises_waiting, refuse_raise
from advocacy.signons import actions as signing
from advocacy.signons.consent import Choice
from advocacy.signons.models import Consent
from advocacy.signons.previews import OverLimit
from advocacy.signons.queries import names_not_in, signers_for
from tests.make import (
    CHOSEN,
    COUNTED,
    EVERYTHING,
    FULL,
    ZONE,
    Cast,
    ask_members,
    cast,
    come,
    letter,
    look,
    sign,
    wishes,
    withdraw,
)

WAIT = timedelta(hours=24)
OFFICE = Audience.RECIPIENT


@pytest.fixture
def people(database: Database, now: datetime) -> Cast:
    with database.transaction() as session:
        return cast(session, now)


@pytest.fixture
def version(database: Database, people: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        made = letter(session, people, now=now)
        ask_members(session, made, people, now)
        session.expunge_all()
    return made


def ask(
    database: Database, version: LetterVersion, who: UUID, now: datetime, choice: Choice = CHOSEN
) -> None:
    """She asks to be shown to the offices above her limit."""
    with database.transaction() as session:
        visit = come(session, version.letter_id, who, now)
        wanted = dict(wishes(recipient=choice))
        wanted[OFFICE] = replace(wanted[OFFICE], later=True)
        shown = look(session, visit, wanted, now)
        signing.sign(session, visit, wanted, mark=shown.mark, zone=ZONE, now=now)


def wish(database: Database) -> UUID:
    with database.reading() as session:
        (one,) = raises_waiting(session)
        return one.id


def confirm(database: Database, raise_id: UUID, by: UUID, now: datetime) -> None:
    with database.transaction() as session:
        confirm_raise(session, raise_id, by=by, wait=WAIT, now=now)


def shown(database: Database, version: LetterVersion, at: datetime) -> tuple[list[str], int]:
    with database.reading() as session:
        found = signers_for(session, version.id, OFFICE, at)
        return [one.line for one in found.individuals], found.others


@pytest.mark.both_databases
def test_nothing_is_shown_before_the_confirmation_and_the_wait(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    assert shown(database, version, now + 3 * WAIT) == ([], 1)

    later = now + timedelta(hours=5)
    confirm(database, wish(database), people.lee, later)
    assert shown(database, version, later + WAIT - timedelta(seconds=1)) == ([], 1)
    assert shown(database, version, later + WAIT) == (["Dee"], 0)


@pytest.mark.both_databases
def test_a_refused_wish_stays_a_number_whatever_is_raised_later(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    with database.transaction() as session:
        refuse_raise(session, raises_waiting(session)[0].id, by=people.lee, today=now.date())
        set_limits(session, people.dee, EVERYTHING, by=people.lee, in_force_at=now)

    assert shown(database, version, now + 3 * WAIT) == ([], 1)


def test_a_wider_limit_alone_shows_nothing_that_rests_on_an_open_wish(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    with database.transaction() as session:
        set_limits(session, people.dee, EVERYTHING, by=people.lee, in_force_at=now)
        assert "Dee" in names_not_in(session, version.id, now + WAIT, by=people.amara)

    assert shown(database, version, now + WAIT) == ([], 1)


def test_a_refused_wish_can_not_be_confirmed(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    asked = wish(database)
    with database.transaction() as session:
        refuse_raise(session, asked, by=people.lee, today=now.date())

    with pytest.raises(NoLongerAsked):
        confirm(database, asked, people.lee, now)


def test_confirming_twice_is_confirming_once(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    asked = wish(database)
    confirm(database, asked, people.lee, now)
    confirm(database, asked, people.lee, now + timedelta(hours=9))

    assert shown(database, version, now + WAIT) == (["Dee"], 0)


def test_nobody_confirms_herself(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)

    with pytest.raises(SamePerson):
        confirm(database, wish(database), people.dee, now)


def test_only_what_was_confirmed_is_raised(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    confirm(database, wish(database), people.lee, now)

    with database.reading() as session:
        limits = naming_limits(session, people.dee, now + WAIT)
    assert limits[OFFICE] >= {"chosen_name"}
    assert "full_name" not in limits[OFFICE]
    assert limits[Audience.WEB] == {"count"}


@pytest.mark.parametrize("how", ["less", "withdraw", "lower"])
def test_what_she_takes_back_is_asked_of_nobody_and_never_comes(
    database: Database, version: LetterVersion, people: Cast, now: datetime, how: str
) -> None:
    ask(database, version, people.dee, now)
    with database.transaction() as session:
        if how == "less":
            sign(session, version.letter_id, people.dee, now)
        elif how == "withdraw":
            withdraw(session, version.letter_id, people.dee, now)
        else:
            nothing = Preset.COUNT_ME_ONLY.limits()
            say_limits(session, people.dee, nothing, by=None, by_voice=False, wait=WAIT, now=now)

    with database.reading() as session:
        assert raises_waiting(session) == []
    assert shown(database, version, now + 3 * WAIT)[0] == []


def test_lowering_during_the_wait_undoes_the_confirmation(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    confirm(database, wish(database), people.lee, now)
    with database.transaction() as session:
        nothing = Preset.COUNT_ME_ONLY.limits()
        say_limits(session, people.dee, nothing, by=None, by_voice=False, wait=WAIT, now=now + WAIT / 2)

    assert shown(database, version, now + 2 * WAIT) == ([], 1)


@pytest.mark.parametrize("choice", [CHOSEN, FULL, Choice(CHOSEN.form, survivor=True)])
def test_a_form_above_the_limit_is_refused_unless_she_asks_for_the_raise(
    database: Database, version: LetterVersion, people: Cast, now: datetime, choice: Choice
) -> None:
    with database.transaction() as session, pytest.raises(OverLimit):
        sign(session, version.letter_id, people.dee, now, recipient=choice)


def test_a_raise_is_no_way_around_anything_else(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    for choice in (COUNTED, Choice(CHOSEN.form, survivor=True), Choice(CHOSEN.form, credential=True)):
        with pytest.raises(OverLimit):
            ask(database, version, people.dee, now, choice)
    with pytest.raises(OverLimit):
        ask(database, version, people.river, now, CHOSEN)  # within her limit already


def test_signing_the_same_wish_twice_is_signing_it_once(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    first = wish(database)
    ask(database, version, people.dee, now)

    assert wish(database) == first
    with database.reading() as session:
        asked = select(Consent).where(Consent.audience == OFFICE)
        assert len(session.scalars(asked).all()) == 1


def test_after_a_refusal_a_new_wish_is_a_new_call(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    first = wish(database)
    with database.transaction() as session:
        refuse_raise(session, first, by=people.lee, today=now.date())
    ask(database, version, people.dee, now)

    assert wish(database) != first


def test_an_erased_person_leaves_no_wish(
    database: Database, version: LetterVersion, people: Cast, now: datetime
) -> None:
    ask(database, version, people.dee, now)
    with database.transaction() as session:
        erasure.forget(session, people.dee, by=None, zone=ZONE, now=now)

    with database.reading() as session:
        assert session.scalars(select(LimitRaise)).all() == []
        assert {one.raise_id for one in session.scalars(select(Consent))} == {None}
