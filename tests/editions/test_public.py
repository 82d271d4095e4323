"""What anybody may read of a letter: only what has left, and only who shows herself on the web now."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from advocacy.db import Database
from advocacy.editions.models import Way
from advocacy.editions.public import PublicLetter, public_letter, public_letters
from advocacy.letters.actions import Office
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.mail.queries import message_about
from advocacy.organisations.recording import record_organisation
from advocacy.people.actions import add_organisation
from advocacy.signons.consent import Choice
from tests import make
from tests.make import CHAIR, CHOSEN, COUNTED, DESCRIBED, FULL, RANKING, ZONE, Cast

NIGHT = timedelta(days=1)


def seen(database: Database, letter_id: UUID, at: datetime) -> PublicLetter | None:
    with database.reading() as session:
        return public_letter(session, letter_id, at, ZONE)


def read(database: Database, letter: LetterVersion, at: datetime) -> PublicLetter:
    found = seen(database, letter.letter_id, at)
    assert found is not None
    return found


def send(database: Database, letter: LetterVersion, cast: Cast, at: datetime, office: Office = CHAIR) -> UUID:
    """An edition goes to an office by a portal."""
    with database.transaction() as session:
        frozen = make.frozen(session, letter, cast, at)
        to = make.office_of(session, letter, office.office).id
        make.hand_over(session, frozen.id, to, cast, at, Way.PORTAL, receipt="R-1")
        return frozen.id


@pytest.fixture
def sent(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> LetterVersion:
    """Wren stands on the web, River before the office alone, Dee is only counted. It left the day before."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, recipient=FULL, web=FULL)
        make.sign(session, letter.letter_id, cast.river, now, recipient=CHOSEN)
        make.sign(session, letter.letter_id, cast.dee, now)
    send(database, letter, cast, now)
    return letter


def test_a_letter_that_was_only_printed_is_not_public(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.frozen(session, letter, cast, now)

    assert seen(database, letter.letter_id, now) is None


def test_an_id_that_never_was_is_nothing(database: Database, now: datetime) -> None:
    assert seen(database, uuid4(), now) is None


def test_a_letter_whose_mail_only_waits_is_not_public(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        frozen = make.frozen(session, letter, cast, now)
        to = make.office_of(session, letter).id
        delivery = make.hand_over(session, frozen.id, to, cast, now)
        id = delivery.id
    waiting = seen(database, letter.letter_id, now)
    with database.transaction() as session:
        message = message_about(session, "delivery", id)
        assert message is not None
        message.sent_at = now

    assert waiting is None
    assert read(database, letter, now).line.offices == (CHAIR.office,)


def test_it_shows_whom_the_web_may_see_and_counts_the_others(
    database: Database, sent: LetterVersion, now: datetime
) -> None:
    letter = read(database, sent, now + NIGHT)

    assert letter.individuals == ("Wren Sample",)
    assert letter.others == 2
    assert letter.body == sent.body


def test_somebody_who_leaves_is_gone_with_the_next_reading(
    database: Database, sent: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.withdraw(session, sent.letter_id, cast.wren, now + NIGHT)
        make.withdraw(session, sent.letter_id, cast.dee, now + NIGHT)
    letter = read(database, sent, now + NIGHT)

    assert (letter.individuals, letter.others) == ((), 1)


def test_a_consent_for_the_web_that_ended_is_not_shown(
    database: Database, sent: LetterVersion, now: datetime
) -> None:
    assert read(database, sent, now + timedelta(days=184)).individuals == ()


def test_nobody_stands_under_a_text_once_another_is_open(
    database: Database, sent: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.edit(session, cast, sent.letter_id, now=now + NIGHT, body="We ask for four things now.")
    letter = read(database, sent, now + NIGHT)

    assert letter.body == sent.body
    assert (letter.organisations, letter.individuals, letter.others) == ((), (), 0)


def test_organisations_are_shown_in_the_order_of_print(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        for name in ("zebra Sample Collective", "Água Exemplo", "Sample Valley"):
            known = add_organisation(session, public_name=name, state="MD", now=now)
            record_organisation(session, letter.id, known.id, authoriser="Val", by=cast.amara, now=now)
    send(database, letter, cast, now)

    assert read(database, letter, now).organisations == (
        "Água Exemplo (MD)",
        "Sample Valley (MD)",
        "zebra Sample Collective (MD)",
    )


def test_it_names_the_offices_that_have_it_and_the_day_it_first_left(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        two = make.letter(session, cast, now=now, offices=(CHAIR, RANKING))
    late = now.replace(hour=4)  # still the day before where the network works
    send(database, two, cast, late, RANKING)
    after_one = read(database, two, now).line
    send(database, two, cast, now + NIGHT, CHAIR)

    assert (after_one.offices, after_one.sent_on) == ((RANKING.office,), date(2026, 11, 22))
    assert read(database, two, now + NIGHT).line.offices == (RANKING.office, CHAIR.office)
    assert read(database, two, now + NIGHT).line.sent_on == date(2026, 11, 22)


def test_an_office_that_has_an_older_text_is_not_said_to_have_this_one(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        older = make.letter(session, cast, now=now, offices=(CHAIR, RANKING))
    send(database, older, cast, now, CHAIR)
    with database.transaction() as session:
        newer = make.edit(session, cast, older.letter_id, now=now + NIGHT, body="We ask for four things.")
    before = read(database, newer, now + NIGHT)
    send(database, newer, cast, now + NIGHT, RANKING)
    after = read(database, newer, now + NIGHT)

    assert (before.body, before.line.offices) == (older.body, (CHAIR.office,))
    assert (after.body, after.line.offices) == (newer.body, (RANKING.office,))
    assert after.line.sent_on == date(2026, 11, 24)


def test_the_list_begins_with_what_left_last(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        newer = make.letter(session, cast, now=now, title="A newer letter")
        make.letter(session, cast, now=now, title="A letter that stays")
    send(database, letter, cast, now)
    send(database, newer, cast, now + NIGHT)
    with database.reading() as session:
        titles = [line.title for line in public_letters(session, now + NIGHT, ZONE)]

    assert titles == ["A newer letter", letter.title]


@pytest.mark.parametrize(
    ("on_paper", "web", "is_public"),
    [
        (FULL, FULL, True),
        (CHOSEN, CHOSEN, True),
        (FULL, COUNTED, False),
        (FULL, DESCRIBED, False),
        (FULL, Choice(FULL.form, survivor=True), False),
    ],
)
def test_a_testimony_is_public_only_while_its_witness_shows_herself_as_on_paper(
    database: Database, cast: Cast, now: datetime, on_paper: Choice, web: Choice, is_public: bool
) -> None:
    with database.transaction() as session:
        spoken = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)
        make.sign(session, spoken.letter_id, cast.wren, now, recipient=on_paper, web=web)
    send(database, spoken, cast, now)
    with database.reading() as session:
        listed = [line.id for line in public_letters(session, now, ZONE)]

    assert (seen(database, spoken.letter_id, now) is not None) is is_public
    assert listed == ([spoken.letter_id] if is_public else [])


def test_a_testimony_goes_from_the_web_with_its_witness(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        spoken = make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)
        make.sign(session, spoken.letter_id, cast.wren, now, recipient=FULL, web=FULL)
    send(database, spoken, cast, now)
    before = read(database, spoken, now).individuals
    with database.transaction() as session:
        make.withdraw(session, spoken.letter_id, cast.wren, now)

    assert before == ("Wren Sample",)
    assert seen(database, spoken.letter_id, now) is None
