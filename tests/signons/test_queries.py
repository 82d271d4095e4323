"""Whoever is shown said so: for this text, to this audience, in this form, until now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.audit import AuditEntry
from advocacy.clock import end_of_day
from advocacy.db import Database
from advocacy.letters import venues
from advocacy.letters.actions import set_recipients, write_version
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.letters.queries import office_mark, recipients
from advocacy.organisations.recording import record_organisation, revoke_organisation
from advocacy.people.actions import add_organisation, set_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Fact, Form, Preset
from advocacy.people.models import Person
from advocacy.signons.consent import Choice
from advocacy.signons.models import Consent
from advocacy.signons.queries import Signers, names_not_in, progress, signers_for
from tests import make
from tests.make import CHAIR, CHOSEN, COUNTED, DESCRIBED, FULL, POSTING, RANKING, Cast

OFFICE, WEB, PRESS = Audience.RECIPIENT, Audience.WEB, Audience.PRESS
NOBODY = Signers((), (), 0)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    """One long transaction; every test looks only at what it wrote."""
    with database.transaction() as opened:
        yield opened


def lines(
    session: Session, letter: LetterVersion, audience: Audience, at: datetime, **more: object
) -> list[str]:
    shown = signers_for(session, letter.id, audience, at, **more)  # type: ignore[arg-type]
    return [signer.line for signer in shown.individuals]


def others(session: Session, letter: LetterVersion, audience: Audience, at: datetime) -> int:
    return signers_for(session, letter.id, audience, at).others


def test_nobody_is_shown_who_was_never_asked(session: Session, letter: LetterVersion, now: datetime) -> None:
    for audience in Audience:
        assert signers_for(session, letter.id, audience, now) == NOBODY


def test_whoever_is_only_counted_is_a_number(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.dee, now)

    for audience in Audience:
        assert signers_for(session, letter.id, audience, now) == Signers((), (), 1)


def test_each_audience_sees_only_what_it_was_given(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, recipient=FULL, web=DESCRIBED)

    assert lines(session, letter, OFFICE, now) == ["Wren Sample"]
    assert lines(session, letter, WEB, now) == ["A member of the network"]
    assert lines(session, letter, PRESS, now) == []
    assert [others(session, letter, audience, now) for audience in (OFFICE, WEB, PRESS)] == [0, 0, 1]


def test_somebody_web_only_is_a_number_to_the_office(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, web=FULL)

    assert signers_for(session, letter.id, OFFICE, now) == Signers((), (), 1)
    assert lines(session, letter, WEB, now) == ["Wren Sample"]


def test_somebody_withdrawn_is_nobody(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL)
    make.withdraw(session, letter.letter_id, cast.wren, now)

    assert all(signers_for(session, letter.id, audience, now) == NOBODY for audience in Audience)


@pytest.mark.parametrize(("audience", "days"), [(OFFICE, 30), (WEB, 30), (PRESS, 7)])
def test_silence_means_lapse_for_each_audience(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, audience: Audience, days: int
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL, {**make.DAYS, audience: days})
    end = end_of_day(make.ZONE, now.date() + timedelta(days=days))

    assert lines(session, letter, audience, end - timedelta(seconds=1)) == ["Wren Sample"]
    assert signers_for(session, letter.id, audience, end) == Signers((), (), 1)


def test_the_count_ends_too(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    make.sign(session, letter.letter_id, cast.dee, now)
    make.sign(session, letter.letter_id, cast.wren, now, web=FULL, days={**make.DAYS, WEB: 365})
    closed = now + make.OPEN_FOR

    assert others(session, letter, OFFICE, closed + timedelta(days=29)) == 2
    assert signers_for(session, letter.id, OFFICE, closed + timedelta(days=30)) == NOBODY
    assert lines(session, letter, WEB, closed + timedelta(days=30)) == ["Wren Sample"]


def test_days_after_sending_end_a_line_to_the_office(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL)
    at = now + timedelta(days=31)

    assert lines(session, letter, OFFICE, at) == ["Wren Sample"]
    assert lines(session, letter, OFFICE, at, sent_at=now + timedelta(days=2)) == ["Wren Sample"]
    assert lines(session, letter, OFFICE, at, sent_at=now + timedelta(days=1)) == []
    assert lines(session, letter, WEB, at, sent_at=now) == ["Wren Sample"]


def test_a_yes_to_an_old_text_is_no_yes_to_either_text(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL)
    make.sign(session, letter.letter_id, cast.dee, now)
    second = make.edit(
        session, cast, letter.letter_id, now=now + timedelta(hours=1), body="We ask for four things."
    )

    for audience in Audience:
        assert signers_for(session, second.id, audience, now) == NOBODY
        assert signers_for(session, letter.id, audience, now) == NOBODY

    make.sign(session, letter.letter_id, cast.wren, now + timedelta(hours=2), FULL)
    assert lines(session, second, OFFICE, now + timedelta(hours=2)) == ["Wren Sample"]
    assert lines(session, letter, OFFICE, now + timedelta(hours=2)) == []


def test_a_yes_stands_when_only_the_spoken_words_changed(session: Session, cast: Cast, now: datetime) -> None:
    letter = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY, body="I ask.", spoken="Thanks.")
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    later = now + timedelta(hours=1)
    same = make.edit(session, cast, letter.letter_id, now=later, body=letter.body, spoken="Thank you, Chair.")

    assert same.id != letter.id
    assert lines(session, same, OFFICE, later) == ["Wren Sample"]
    assert progress(session, letter.letter_id, same.id).signed == 1
    make.sign(session, letter.letter_id, cast.wren, later, FULL)
    assert lines(session, same, OFFICE, later) == ["Wren Sample"]


def test_a_written_version_that_nobody_was_asked_about_changes_nothing(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    draft = write_version(
        session, letter.letter_id, title="A draft", body="Other words.", by=cast.amara, based_on=1, now=now
    )

    assert lines(session, letter, OFFICE, now) == ["Wren Sample"]
    assert signers_for(session, draft.id, OFFICE, now) == NOBODY


def test_a_new_office_is_asked_about_alone_and_the_old_one_keeps_its_line(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    old = office_mark(make.office_of(session, letter))
    set_recipients(session, letter.letter_id, [CHAIR, RANKING])
    new = office_mark(make.office_of(session, letter, RANKING.office))

    assert signers_for(session, letter.id, OFFICE, now) == Signers((), (), 1)
    assert lines(session, letter, OFFICE, now, offices=[old]) == ["Wren Sample"]
    assert lines(session, letter, OFFICE, now, offices=[new]) == []

    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    assert lines(session, letter, OFFICE, now) == ["Wren Sample"]


def test_an_office_nobody_knows_gets_no_line(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)

    assert lines(session, letter, OFFICE, now, offices=["0123456789abcdef"]) == []


def test_an_office_that_posts_gets_no_more_than_the_web_may_have(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    posting = make.letter(session, cast, now=now, offices=[POSTING], body="Another letter.")
    make.sign(session, posting.letter_id, cast.wren, now, recipient=FULL, web=FULL)
    assert lines(session, posting, OFFICE, now) == ["Wren Sample"]

    set_limits(
        session, cast.wren, {WEB: NOTHING_BUT_COUNT}, by=cast.lee, in_force_at=now + timedelta(hours=1)
    )

    assert signers_for(session, posting.id, OFFICE, now + timedelta(hours=1)) == Signers((), (), 1)


def test_an_office_that_posts_asks_for_the_web_as_well(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    posting = make.letter(session, cast, now=now, offices=[POSTING], body="Another letter.")
    make.sign(session, posting.letter_id, cast.wren, now, recipient=FULL, web=FULL)
    make.sign(session, posting.letter_id, cast.nguyen, now, recipient=FULL)
    make.sign(session, posting.letter_id, cast.ana, now, recipient=CHOSEN, web=FULL)

    shown = signers_for(session, posting.id, OFFICE, now)
    assert [signer.line for signer in shown.individuals] == ["Wren Sample"]
    assert shown.others == 2


def test_a_yes_to_the_web_that_ends_takes_the_line_from_a_public_office_and_no_other(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    both = make.letter(session, cast, now=now, offices=[CHAIR, POSTING], body="Another letter.")
    days = {**make.DAYS, WEB: 30}
    make.sign(session, both.letter_id, cast.wren, now, recipient=FULL, web=FULL, days=days)
    private, public = (
        [office_mark(row) for row in recipients(session, both.letter_id) if row.venue == venue]
        for venue in (CHAIR.venue, POSTING.venue)
    )
    late = now + timedelta(days=40)

    assert lines(session, both, OFFICE, now, offices=public) == ["Wren Sample"]
    assert lines(session, both, OFFICE, late, offices=public) == []
    assert lines(session, both, OFFICE, late, offices=private) == ["Wren Sample"]


def test_a_venue_that_begins_to_post_is_a_new_office(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, recipient=FULL, web=FULL)
    assert lines(session, letter, OFFICE, now) == ["Wren Sample"]
    posts = {**venues.known(), "us_house": replace(venues.known()["us_house"], public_record=True)}
    monkeypatch.setattr(venues, "known", lambda: posts)

    assert lines(session, letter, OFFICE, now) == []


def test_the_second_road_excuses_nobody_before_a_public_office_without_her_yes_to_the_web(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    posting = make.letter(session, cast, now=now, offices=[POSTING], body="Another letter.")
    make.sign(session, posting.letter_id, cast.wren, now, recipient=FULL, web=FULL)
    make.sign(session, posting.letter_id, cast.nguyen, now, recipient=FULL)

    looked_for = names_not_in(session, posting.id, now, by=cast.amara)
    assert "Nguyễn Mẫu" in looked_for
    assert "Wren Sample" not in looked_for


def test_an_office_that_began_to_post_is_a_new_office(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    set_recipients(session, letter.letter_id, [replace(CHAIR, venue="us_house_committee")])

    assert signers_for(session, letter.id, OFFICE, now) == Signers((), (), 2)


def test_an_office_that_left_the_letter_is_taken_for_one_that_posts(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
    old = [office_mark(row) for row in recipients(session, letter.letter_id)]
    set_recipients(session, letter.letter_id, [RANKING])

    assert lines(session, letter, OFFICE, now, offices=old) == []


def test_a_lowered_limit_falls_to_the_count_at_once(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL)
    later = now + timedelta(minutes=1)
    set_limits(session, cast.wren, Preset.CHOSEN_NAME_TO_OFFICES.limits(), by=cast.lee, in_force_at=later)

    assert lines(session, letter, OFFICE, now) == ["Wren Sample"]
    assert signers_for(session, letter.id, OFFICE, later) == Signers((), (), 1)
    assert signers_for(session, letter.id, WEB, later) == Signers((), (), 1)


def test_a_raised_limit_gives_nothing_before_its_day(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    soon = now + timedelta(hours=1)
    set_limits(session, cast.wren, {OFFICE: NOTHING_BUT_COUNT}, by=cast.lee, in_force_at=soon)
    set_limits(session, cast.wren, make.EVERYTHING, by=cast.lee, in_force_at=now + timedelta(hours=25))

    assert lines(session, letter, OFFICE, now + timedelta(hours=24)) == []
    assert lines(session, letter, OFFICE, now + timedelta(hours=25)) == ["Wren Sample"]


def test_survivors_letter_shows_nobody_who_keeps_that_to_herself(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    told = make.letter(session, cast, now=now, implies_survivor=True, body="We, survivors, ask.")
    make.sign(session, told.letter_id, cast.wren, now, FULL)
    assert lines(session, told, OFFICE, now) == ["Wren Sample"]

    limit = {OFFICE: make.EVERYTHING[OFFICE] - {Fact.SURVIVOR}}
    set_limits(session, cast.wren, limit, by=cast.lee, in_force_at=now + timedelta(hours=1))

    assert signers_for(session, told.id, OFFICE, now + timedelta(hours=1)) == Signers((), (), 1)


def test_a_place_with_too_few_members_falls_to_the_count_and_never_to_other_words(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    crowd = [
        make.person(session, f"Crowd {n} Sample", now=now, state="ME", limits=make.EVERYTHING)
        for n in range(5)
    ]
    make.sign(session, letter.letter_id, crowd[0].id, now, Choice(Form.STATE))
    assert lines(session, letter, OFFICE, now) == ["A member from Maine"]

    crowd[4].erased_on = now.date()
    session.flush()

    assert signers_for(session, letter.id, OFFICE, now) == Signers((), (), 1)


def test_an_erased_person_is_nobody(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    session.get_one(Person, cast.wren).erased_on = now.date()
    session.flush()

    assert signers_for(session, letter.id, OFFICE, now) == NOBODY
    assert signers_for(session, letter.id, Audience.COUNT, now) == NOBODY


def test_a_destroyed_key_stops_the_print_rather_than_guess(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    vault.destroy(session, cast.wren)

    with pytest.raises(vault.CannotOpen):
        signers_for(session, letter.id, OFFICE, now)


def test_a_line_moved_to_another_consent_does_not_open(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, recipient=FULL, web=DESCRIBED)
    rows = {row.audience: row for row in session.scalars(select(Consent))}
    rows[WEB].line = rows[OFFICE].line
    session.flush()

    with pytest.raises(vault.CannotOpen):
        signers_for(session, letter.id, WEB, now)


def test_people_who_look_the_same_are_each_printed(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    for person in (cast.wren, cast.nguyen, cast.ana):
        make.sign(session, letter.letter_id, person, now, DESCRIBED)

    assert lines(session, letter, OFFICE, now) == ["A member of the network"] * 3


def test_lines_stand_in_the_order_of_what_is_printed(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    for person, choice in (
        (cast.wren, FULL),
        (cast.ana, CHOSEN),
        (cast.nguyen, DESCRIBED),
        (cast.river, CHOSEN),
    ):
        make.sign(session, letter.letter_id, person, now, choice)

    shown = lines(session, letter, OFFICE, now)
    assert shown == sorted(shown) == ["A member of the network", "Lucía", "River", "Wren Sample"]


def test_an_organisation_stands_until_it_is_revoked_and_joins_again_by_name(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    house = add_organisation(session, public_name="Sample House", state="CA", now=now)
    signed = record_organisation(
        session, letter.id, house.id, authoriser="Val Placeholder", by=cast.amara, now=now
    )

    def shown() -> list[str]:
        return [one.line for one in signers_for(session, letter.id, OFFICE, now).organisations]

    assert shown() == ["Sample House (CA)"]
    revoke_organisation(session, signed.id, by=cast.amara, now=now)
    assert shown() == []
    again = record_organisation(session, letter.id, house.id, authoriser="Tex Muster", by=cast.jo, now=now)
    assert (again.id, again.recorded_by, shown()) == (signed.id, cast.jo, ["Sample House (CA)"])
    opened = vault.unseal(session, again.id, "organisation_sign_on", "authoriser", again.id, again.authoriser)
    assert opened == "Tex Muster"


def test_an_organisations_yes_is_for_one_text(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    house = add_organisation(session, public_name="Sample House", state=None, now=now)
    record_organisation(session, letter.id, house.id, authoriser="Val Placeholder", by=cast.amara, now=now)
    second = make.edit(session, cast, letter.letter_id, now=now + timedelta(hours=1), body="Other words.")

    assert signers_for(session, letter.id, OFFICE, now) == NOBODY
    assert signers_for(session, second.id, OFFICE, now) == NOBODY


def test_the_count_and_a_line_are_never_both(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    make.sign(session, letter.letter_id, cast.river, now, COUNTED)

    shown = signers_for(session, letter.id, OFFICE, now)
    assert (len(shown.individuals), shown.others, shown.total) == (1, 1, 2)


def test_progress_is_numbers_and_forgets_who_left(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.ask_members(session, letter, cast, now)
    for person in (cast.wren, cast.dee):
        make.sign(session, letter.letter_id, person, now)
    make.withdraw(session, letter.letter_id, cast.dee, now)

    told = progress(session, letter.letter_id, letter.id)
    assert (told.invited, told.signed, told.organisations) == (5, 1, 0)
    assert progress(session, letter.letter_id, uuid4()).signed == 0


def test_the_second_road_to_names_leaves_out_what_stands_agreed_and_is_on_record(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
        make.sign(session, letter.letter_id, cast.nguyen, now, web=FULL)
        names = names_not_in(session, letter.id, now, by=cast.amara)

    assert {"Rivka Samplewater", "Delia Placeholder", "Dee", "Nguyễn Mẫu", "Wrenna"} <= names
    assert "wrensample@members.example" in names
    assert not {"Wren Sample", "River", ""} & names
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "names.check")).one()
        assert (entry.actor_id, entry.about_id) == (cast.amara, letter.id)


def test_the_second_road_does_not_excuse_whoever_left_lapsed_or_was_limited(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    for person in (cast.wren, cast.nguyen, cast.ana):
        make.sign(session, letter.letter_id, person, now, FULL, days={**make.DAYS, OFFICE: 30})
    make.withdraw(session, letter.letter_id, cast.wren, now)
    set_limits(
        session, cast.ana, {OFFICE: NOTHING_BUT_COUNT}, by=cast.lee, in_force_at=now + timedelta(hours=1)
    )

    soon, late = now + timedelta(hours=1), now + timedelta(days=40)
    looked_for = names_not_in(session, letter.id, soon, by=cast.amara)
    assert {"Wren Sample", "Ana-Lucía Ejemplo"} <= looked_for
    assert "Nguyễn Mẫu" not in looked_for
    assert "Nguyễn Mẫu" in names_not_in(session, letter.id, late, by=cast.amara)
