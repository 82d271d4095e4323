"""What is asked about editions."""

import json
from datetime import datetime
from uuid import uuid4

from advocacy.db import Database
from advocacy.editions.models import Way
from advocacy.editions.queries import (
    Stage,
    delivered_letters,
    edition,
    edition_with_hash,
    editions,
    first_sent_at,
    left,
    manifest_of,
    stage_for,
)
from advocacy.letters.models import LetterVersion
from advocacy.signons.queries import Signer, Signers
from tests import make
from tests.make import FULL, Cast


def test_a_manifest_is_ids_and_a_number_in_one_order() -> None:
    one, two = Signer("Wren Sample", uuid4()), Signer("River", uuid4())

    told = manifest_of(Signers((), (one, two), 3))

    assert told == manifest_of(Signers((), (two, one), 3))
    assert json.loads(told) == {"printed": sorted(map(str, (one.consent_id, two.consent_id))), "others": 3}
    assert told != manifest_of(Signers((), (one, two), 4))
    assert "Wren" not in told


def test_a_letter_goes_from_nothing_to_print_to_an_office(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        assert stage_for(session, letter.letter_id) is Stage.NOT_PRINTED
        assert editions(session, letter.letter_id) == []
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        made = make.frozen(session, letter, cast, now)
        assert stage_for(session, letter.letter_id) is Stage.PRINTED
        assert (left(session, made.id), first_sent_at(session, letter.id)) == ([], None)

        done = make.hand_over(
            session, made.id, make.office_of(session, letter).id, cast, now, Way.POST, "postmark"
        )
        assert stage_for(session, letter.letter_id) is Stage.DELIVERED
        assert (left(session, made.id), first_sent_at(session, letter.id)) == ([done], now)
        assert delivered_letters(session) == [letter.letter_id]


def test_a_file_is_known_by_its_hash_alone(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        made = make.frozen(session, letter, cast, now)

        assert edition_with_hash(session, made.pdf_sha256) is made
        assert edition_with_hash(session, "0" * 64) is None
        assert edition(session, uuid4()) is None
