"""An organisation whose yes was to the words before is off, and is asked once more by its own link."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.letters.models import LetterVersion
from advocacy.mail.queries import messages_about
from advocacy.organisations.answering import take_off
from advocacy.organisations.models import Proof
from advocacy.organisations.new_words import NEW_WORDS, ask_about_new_words
from advocacy.organisations.recording import verify
from tests import make
from tests.make import FULL, Cast
from tests.organisations.conftest import VAL, asked, printed, yes_of
from tests.organisations.test_messages import keys_in, mail
from tests.signons.test_asking_again import other_words


def test_it_is_off_and_asked_once_by_a_link_of_its_own(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL)
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now)
    verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.amara, now=now)
    newer = other_words(session, cast, letter, now)
    ask_about_new_words(session, newer, now)
    sent = mail(session, config, NEW_WORDS, signed.id, now)

    assert printed(session, newer, now) == []
    assert len(messages_about(session, NEW_WORDS, signed.id)) == 1
    assert sent is not None
    assert (sent.to, len(keys_in(sent))) == (VAL, 1)
    assert "your organisation is not on the letter now" in sent.body
    assert not [word for word in ("Wren", "Val Placeholder") if word in sent.body + sent.subject]


@pytest.mark.parametrize("what", ["answered", "off", "closed", "old words again"])
def test_it_is_not_asked_where_there_is_nothing_to_ask(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime, what: str
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now)
    other_words(session, cast, letter, now)
    later = now + timedelta(hours=1)
    if what == "answered":
        yes_of(session, guest, later)
    elif what == "off":
        take_off(session, guest, later)
    elif what == "closed":
        later = now + 2 * make.OPEN_FOR
    else:
        make.edit(session, cast, letter.letter_id, now=later, title=letter.title, body=letter.body)

    assert mail(session, config, NEW_WORDS, signed.id, later) is None


def test_whoever_took_itself_off_is_not_asked_about_new_words(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now)
    take_off(session, guest, now)
    other_words(session, cast, letter, now)

    assert not messages_about(session, NEW_WORDS, signed.id)
