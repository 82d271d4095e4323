"""Who holds a key, and what it opens: one purpose, one person, one letter, until its end."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.actions import begin_letter
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience, Form
from advocacy.people.models import MailMode, Person
from advocacy.people.typed_codes import make_code
from advocacy.signons import actions
from advocacy.signons.consent import Choice
from advocacy.signons.links import Purpose
from advocacy.signons.models import Link
from advocacy.signons.throttling import note_wrong_code, wait_for
from advocacy.signons.visits import (
    KEY_OUTLIVES,
    Visit,
    asked_of,
    last_time,
    standing,
    visit_by_code,
    visit_by_key,
)
from tests import make
from tests.make import CHOSEN, FULL, Cast


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wren(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Visit:
    return make.come(session, letter.letter_id, cast.wren, now)


def test_a_key_and_its_code_open_the_same_door(session: Session, wren: Visit, now: datetime) -> None:
    key, code = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)

    assert visit_by_key(session, key, Purpose.SIGN, now) == wren
    assert visit_by_code(session, code, now) == wren


def test_only_hashes_of_keys_and_codes_are_kept(session: Session, wren: Visit, now: datetime) -> None:
    key, code = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)

    for link in session.scalars(select(Link)):
        assert link.code_hash is not None
        for kept in (link.key_hash, link.code_hash):
            assert len(kept) == 32
            assert key.encode() not in kept
            assert code.encode() not in kept


@pytest.mark.parametrize("mangle", [str.upper, str.lower, lambda key: key[:-1], lambda key: f" {key}"])
def test_a_mangled_key_opens_nothing(session: Session, wren: Visit, now: datetime, mangle: object) -> None:
    key, _ = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)

    assert visit_by_key(session, mangle(key), Purpose.SIGN, now) is None  # type: ignore[operator]


@pytest.mark.parametrize("key", ["", "0", "x" * 100_000, "\0", "\u202ekey", "k" * 43])
def test_an_unknown_key_opens_nothing(session: Session, wren: Visit, now: datetime, key: str) -> None:
    assert visit_by_key(session, key, Purpose.SIGN, now) is None
    assert visit_by_code(session, make_code(), now) is None


def test_a_key_serves_one_purpose(session: Session, wren: Visit, now: datetime) -> None:
    sign, _ = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)
    stop, code = actions.make_link(session, wren.invitation_id, Purpose.STOP_MAIL, now)

    assert visit_by_key(session, sign, Purpose.STOP_MAIL, now) is None
    assert visit_by_key(session, stop, Purpose.SIGN, now) is None
    assert visit_by_code(session, code, now) is None


def test_a_key_to_one_letter_is_useless_for_another(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    other = make.letter(session, cast, now=now, body="Another letter.")
    make.sign(session, other.letter_id, cast.wren, now, FULL)

    assert wren.letter_id == letter.letter_id
    actions.withdraw(session, wren, zone=make.ZONE, now=now)
    assert not standing(session, wren).withdrawn
    assert standing(session, make.come(session, other.letter_id, cast.wren, now)).signed


def test_a_key_ends_30_days_after_the_last_thing_it_can_reach(
    session: Session, letter: LetterVersion, wren: Visit, now: datetime
) -> None:
    key, code = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)
    closed = now + make.OPEN_FOR + KEY_OUTLIVES
    assert visit_by_key(session, key, Purpose.SIGN, closed - timedelta(seconds=1)) is not None
    assert visit_by_key(session, key, Purpose.SIGN, closed) is None

    make.sign(session, letter.letter_id, wren.person_id, now, web=FULL, days={**make.DAYS, Audience.WEB: 365})
    last = standing(session, wren).ends[Audience.WEB] + KEY_OUTLIVES

    assert visit_by_key(session, key, Purpose.SIGN, last - timedelta(seconds=1)) is not None
    assert visit_by_key(session, key, Purpose.SIGN, last) is None
    assert visit_by_code(session, code, last) is None


def test_a_revoked_key_and_an_erased_persons_key_open_nothing(
    session: Session, wren: Visit, now: datetime
) -> None:
    key, code = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)
    link = session.scalars(select(Link).order_by(Link.made_at, Link.id)).all()
    for one in link:
        one.revoked_at = now
    session.flush()
    assert visit_by_key(session, key, Purpose.SIGN, now) is None

    key, code = actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)
    assert visit_by_key(session, key, Purpose.SIGN, now) == wren
    session.get_one(Person, wren.person_id).erased_on = now.date()
    session.flush()
    assert visit_by_key(session, key, Purpose.SIGN, now) is None
    assert visit_by_code(session, code, now) is None


def test_an_older_key_lives_on_beside_a_newer_one(session: Session, wren: Visit, now: datetime) -> None:
    keys = [actions.make_link(session, wren.invitation_id, Purpose.SIGN, now)[0] for _ in range(3)]

    assert [visit_by_key(session, key, Purpose.SIGN, now) for key in keys] == [wren] * 3


def test_the_door_knows_that_somebody_may_read_her_mail(
    session: Session, letter: LetterVersion, now: datetime
) -> None:
    person = make.person(session, "Robin Watched", now=now, mail_mode=MailMode.WATCHED)

    assert make.come(session, letter.letter_id, person.id, now).watched


def test_only_what_the_limit_allows_is_offered(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    river = make.asked(session, make.come(session, letter.letter_id, cast.river, now), now)
    dee = make.asked(session, make.come(session, letter.letter_id, cast.dee, now), now)

    assert Form.CHOSEN_NAME in river.forms(Audience.RECIPIENT)
    assert river.forms(Audience.WEB) == river.forms(Audience.PRESS) == (Form.COUNT_ONLY,)
    assert {dee.forms(audience) for audience in (Audience.RECIPIENT, Audience.WEB)} == {(Form.COUNT_ONLY,)}
    assert make.asked(session, wren, now).forms(Audience.PRESS)[0] is Form.COUNT_ONLY


def test_nothing_is_asked_before_a_text_was_opened(session: Session, cast: Cast, now: datetime) -> None:
    begun = begin_letter(session, kind="sign_on_letter", by=cast.amara, now=now)
    visit = make.come(session, begun.id, cast.wren, now)

    assert asked_of(session, visit, now) is None


def test_as_last_time_is_what_she_chose_on_the_letter_before(
    session: Session, wren: Visit, cast: Cast, now: datetime
) -> None:
    assert last_time(session, wren) == {}
    other = make.letter(session, cast, now=now, body="Another letter.")
    make.sign(session, other.letter_id, cast.wren, now, FULL, CHOSEN)

    assert last_time(session, wren) == {
        Audience.RECIPIENT: FULL,
        Audience.WEB: CHOSEN,
        Audience.PRESS: Choice(),
    }
    make.withdraw(session, other.letter_id, cast.wren, now)
    assert last_time(session, wren) == {}


def test_wrong_codes_slow_and_never_lock_out(session: Session, now: datetime) -> None:
    buckets = [b"everybody", b"this network"]
    waits = []
    for _ in range(40):
        note_wrong_code(session, buckets, now)
        waits.append(wait_for(session, buckets, now))

    assert waits[0] == 0
    assert waits == sorted(waits)
    assert max(waits) == 2.0
    assert wait_for(session, [b"another network"], now) == 0
    assert wait_for(session, buckets, now + timedelta(hours=1)) == 0
