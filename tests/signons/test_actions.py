"""Signing, changing, leaving and saying no: each exactly as it was seen, and each once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.audit import AuditEntry
from advocacy.db import Database
from advocacy.letters.actions import open_for_signons, set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import office_mark
from advocacy.people.actions import set_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Form, Preset
from advocacy.people.models import Person
from advocacy.signons import actions
from advocacy.signons.consent import Choice
from advocacy.signons.models import Consent, KeptChoices, SignOn, SignOnEvent
from advocacy.signons.previews import OverLimit
from advocacy.signons.queries import signers_for
from advocacy.signons.visits import Visit, standing, standing_lines
from tests import make
from tests.make import CHAIR, CHOSEN, COUNTED, DESCRIBED, FULL, POSTING, RANKING, Cast

OFFICE, WEB = Audience.RECIPIENT, Audience.WEB
LATER = timedelta(hours=1)
CLOSED = make.OPEN_FOR + timedelta(hours=1)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wren(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Visit:
    return make.come(session, letter.letter_id, cast.wren, now)


def sign(session: Session, visit: Visit, now: datetime, *choices: Choice, mark: str | None = None) -> SignOn:
    wanted = make.wishes(*choices)
    seen = make.look(session, visit, wanted, now).mark if mark is None else mark
    return actions.sign(session, visit, wanted, mark=seen, zone=make.ZONE, now=now)


def rows(session: Session) -> Mapping[str, int]:
    tables = (SignOn, Consent, SignOnEvent)
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    }


def office_lines(session: Session, letter: LetterVersion, at: datetime) -> list[str]:
    return [signer.line for signer in signers_for(session, letter.id, OFFICE, at).individuals]


def test_what_she_saw_is_what_is_printed(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    seen = make.look(session, wren, make.wishes(FULL, CHOSEN), now)
    sign(session, wren, now, FULL, CHOSEN)

    assert dict(standing_lines(session, wren)) == {OFFICE: "Wren Sample", WEB: "Wrenna"}
    assert {audience: line for audience, line in seen.lines.items() if line} == standing_lines(session, wren)
    assert standing(session, wren).ends == seen.ends
    assert office_lines(session, letter, now) == ["Wren Sample"]


def test_nothing_is_signed_without_the_page_before(session: Session, wren: Visit, now: datetime) -> None:
    seen = make.look(session, wren, make.wishes(FULL), now).mark
    for mark in ("", seen[:-1], seen[:17], f"{seen}0", seen.upper(), seen.replace(".", "")):
        with pytest.raises((actions.PreviewFirst, actions.TextChanged)):
            sign(session, wren, now, FULL, mark=mark)

    assert rows(session) == {"sign_on": 0, "consent": 0, "sign_on_event": 0}


def test_a_page_seen_for_one_choice_signs_no_other(session: Session, wren: Visit, now: datetime) -> None:
    seen = make.look(session, wren, make.wishes(CHOSEN), now).mark

    for choices in ((FULL,), (CHOSEN, CHOSEN), (Choice(Form.CHOSEN_NAME, survivor=True),), ()):
        with pytest.raises(actions.PreviewFirst):
            sign(session, wren, now, *choices, mark=seen)
    longer = make.wishes(CHOSEN, days={**make.DAYS, WEB: 365})
    with pytest.raises(actions.PreviewFirst):
        actions.sign(session, wren, longer, mark=seen, zone=make.ZONE, now=now)


def test_a_page_one_person_saw_signs_for_nobody_else(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    seen = make.look(session, wren, make.wishes(DESCRIBED), now).mark
    ana = make.come(session, letter.letter_id, cast.ana, now)

    with pytest.raises(actions.PreviewFirst):
        sign(session, ana, now, DESCRIBED, mark=seen)


def test_a_page_seen_yesterday_promised_another_end(session: Session, wren: Visit, now: datetime) -> None:
    seen = make.look(session, wren, make.wishes(FULL), now).mark

    with pytest.raises(actions.PreviewFirst):
        sign(session, wren, now + timedelta(days=1), FULL, mark=seen)


def test_a_text_that_changed_meanwhile_is_read_again(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    seen = make.look(session, wren, make.wishes(FULL), now).mark
    make.edit(session, cast, letter.letter_id, now=now + LATER, body="We do not ask.")

    with pytest.raises(actions.TextChanged):
        sign(session, wren, now + LATER, FULL, mark=seen)
    assert rows(session)["consent"] == 0


def test_an_office_that_came_meanwhile_is_shown_first(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    seen = make.look(session, wren, make.wishes(FULL), now).mark
    set_recipients(session, letter.letter_id, [CHAIR, RANKING])

    with pytest.raises(actions.PreviewFirst):
        sign(session, wren, now, FULL, mark=seen)


def test_a_limit_lowered_meanwhile_holds(session: Session, wren: Visit, cast: Cast, now: datetime) -> None:
    seen = make.look(session, wren, make.wishes(FULL), now).mark
    set_limits(session, cast.wren, {OFFICE: NOTHING_BUT_COUNT}, by=cast.lee, in_force_at=now + LATER)

    with pytest.raises(OverLimit):
        sign(session, wren, now + LATER, FULL, mark=seen)


def test_nobody_signs_before_a_letter_opens_or_after_it_closed(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    for at in (now + make.OPEN_FOR, now + CLOSED):
        with pytest.raises(actions.NotOpen):
            sign(session, wren, at, COUNTED)
    sign(session, wren, now + make.OPEN_FOR - timedelta(seconds=1), COUNTED)


def test_doing_it_twice_is_doing_it_once(session: Session, wren: Visit, now: datetime) -> None:
    first = sign(session, wren, now, FULL)
    before = rows(session)

    assert sign(session, wren, now, FULL).id == first.id
    assert rows(session) == before == {"sign_on": 1, "consent": 4, "sign_on_event": 4}


def test_a_changed_name_is_printed_as_it_was_seen_last(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    sign(session, wren, now, CHOSEN)
    person = session.get_one(Person, cast.wren)
    person.chosen_name = vault.seal(session, person.id, "person", "chosen_name", person.id, "Wrenni")
    session.flush()
    assert office_lines(session, letter, now) == ["Wrenna"]

    seen = make.look(session, wren, make.wishes(CHOSEN), now)
    sign(session, wren, now, CHOSEN)
    assert seen.lines[OFFICE] == "Wrenni"
    assert office_lines(session, letter, now) == ["Wrenni"]


def test_while_open_she_may_show_more_or_less(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    for choice, wanted in ((DESCRIBED, "A member of the network"), (FULL, "Wren Sample"), (CHOSEN, "Wrenna")):
        sign(session, wren, now, choice)
        assert office_lines(session, letter, now) == [wanted]

    standing_now = session.scalars(select(Consent).where(Consent.ended_on.is_(None))).all()
    assert len(standing_now) == len(Audience)


def test_a_line_that_ended_is_not_kept(session: Session, wren: Visit, now: datetime) -> None:
    sign(session, wren, now, FULL, FULL, FULL)
    sign(session, wren, now, COUNTED)

    ended = session.scalars(select(Consent).where(Consent.ended_on.is_not(None))).all()
    assert len(ended) == len(Audience)
    assert [row.line for row in ended] == [None] * len(Audience)


def test_after_closing_she_can_only_show_less(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    sign(session, wren, now, CHOSEN, DESCRIBED)
    closed = now + CLOSED

    for more in ((FULL, DESCRIBED), (CHOSEN, CHOSEN), (CHOSEN, DESCRIBED, DESCRIBED), (DESCRIBED, COUNTED)):
        with pytest.raises(actions.OnlyLess):
            sign(session, wren, closed, *more)
    sign(session, wren, closed, CHOSEN, COUNTED)

    assert office_lines(session, letter, closed) == ["Wrenna"]
    assert not signers_for(session, letter.id, WEB, closed).individuals


def test_after_closing_nothing_lasts_longer_or_reaches_further(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    sign(session, wren, now, FULL, FULL)
    before = standing(session, wren)
    set_recipients(session, letter.letter_id, [CHAIR, RANKING])

    sign(session, wren, now + CLOSED, FULL, COUNTED)

    after = standing(session, wren)
    assert all(after.ends[audience] <= before.ends[audience] for audience in Audience)
    assert after.offices == before.offices == {office_mark(make.office_of(session, letter))}
    assert office_lines(session, letter, now + CLOSED) == []


def test_after_closing_a_lapsed_yes_cannot_be_woken(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    sign(session, wren, now, FULL)
    late = now + timedelta(days=200)

    sign(session, wren, late, FULL)

    assert signers_for(session, letter.id, OFFICE, late).total == 0


def test_taking_her_name_off_is_once_and_for_every_audience(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    sign(session, wren, now, FULL, FULL, FULL)
    for _ in range(2):
        actions.withdraw(session, wren, zone=make.ZONE, now=now)

    assert standing(session, wren).withdrawn
    assert not standing_lines(session, wren)
    assert rows(session)["sign_on_event"] == 5
    assert all(row.ended_on for row in session.scalars(select(Consent)))


def test_taking_her_name_off_works_at_every_hour(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    actions.withdraw(session, wren, zone=make.ZONE, now=now)
    assert not standing(session, wren).withdrawn
    sign(session, wren, now, FULL)

    actions.withdraw(session, wren, zone=make.ZONE, now=now + CLOSED)
    assert signers_for(session, letter.id, Audience.COUNT, now + CLOSED).total == 0
    with pytest.raises(actions.NotOpen):
        sign(session, wren, now + CLOSED, COUNTED)


def test_she_may_come_back_while_the_letter_is_open(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    sign(session, wren, now, FULL)
    actions.withdraw(session, wren, zone=make.ZONE, now=now)
    sign(session, wren, now, DESCRIBED)

    assert office_lines(session, letter, now) == ["A member of the network"]
    assert not standing(session, wren).withdrawn


def test_no_ends_an_earlier_yes_and_leaves_nothing_for_the_office_to_see(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    sign(session, wren, now, FULL)
    for _ in range(2):
        actions.decline(session, wren, zone=make.ZONE, now=now)

    assert standing(session, wren).declined
    assert signers_for(session, letter.id, Audience.COUNT, now).total == 0
    sign(session, wren, now, DESCRIBED)
    assert not standing(session, wren).declined


def test_no_alone_is_on_no_record(session: Session, wren: Visit, now: datetime) -> None:
    actions.decline(session, wren, zone=make.ZONE, now=now)

    assert rows(session) == {"sign_on": 0, "consent": 0, "sign_on_event": 0}
    assert not session.scalars(select(AuditEntry).where(AuditEntry.act.like("%decline%"))).all()


def test_choices_are_kept_sealed_for_an_hour(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    actions.keep_choices(session, wren, '{"form-recipient": "full_name"}', now)
    ana = make.come(session, letter.letter_id, cast.ana, now)

    assert b"full_name" not in session.scalars(select(KeptChoices.choices)).one()
    assert actions.kept_choices(session, wren, now + timedelta(minutes=59)) is not None
    assert actions.kept_choices(session, wren, now + LATER) is None
    assert actions.kept_choices(session, ana, now) is None
    actions.forget_all_kept(session, now + timedelta(minutes=59))
    assert session.get(KeptChoices, wren.invitation_id) is not None
    actions.forget_all_kept(session, now + LATER)
    session.expire_all()
    assert session.get(KeptChoices, wren.invitation_id) is None


@pytest.mark.parametrize("act", ["sign", "withdraw", "decline"])
def test_what_was_kept_goes_when_she_decides(session: Session, wren: Visit, now: datetime, act: str) -> None:
    if act == "withdraw":
        sign(session, wren, now, FULL)
    actions.keep_choices(session, wren, "{}", now)
    if act == "sign":
        sign(session, wren, now, FULL)
    else:
        getattr(actions, act)(session, wren, zone=make.ZONE, now=now)

    assert not session.scalar(select(func.count()).select_from(KeptChoices))


def test_an_office_that_posts_is_bound_into_the_page_she_saw(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    plain = make.asked(session, wren, now)
    seen = make.look(session, wren, make.wishes(DESCRIBED), now).mark
    set_recipients(session, letter.letter_id, [replace(CHAIR, venue=POSTING.venue)])

    assert (plain.posts_on_web, make.asked(session, wren, now).posts_on_web) == (False, True)
    with pytest.raises(actions.PreviewFirst):
        sign(session, wren, now, DESCRIBED, mark=seen)


def test_a_later_close_is_a_later_end_and_is_seen_first(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    seen = make.look(session, wren, make.wishes(FULL), now).mark
    open_for_signons(session, letter.id, closes_at=now + timedelta(days=30), by=cast.jo, now=now)

    with pytest.raises(actions.PreviewFirst):
        sign(session, wren, now, FULL, mark=seen)


def test_the_history_cannot_be_changed(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)

    for statement in ("UPDATE sign_on_event SET event = 'other'", "DELETE FROM sign_on_event"):
        with pytest.raises(Exception, match="append-only"), database.transaction() as session:
            session.execute(text(statement))


def test_a_preset_to_offices_opens_neither_web_nor_press(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    river = make.come(session, letter.letter_id, cast.river, now)
    assert Preset.CHOSEN_NAME_TO_OFFICES.limits()[WEB] == NOTHING_BUT_COUNT

    for choices in ((FULL,), (CHOSEN, CHOSEN), (COUNTED, COUNTED, DESCRIBED)):
        with pytest.raises(OverLimit):
            sign(session, river, now, *choices, mark="anything")
    assert rows(session)["sign_on"] == 0
