"""One letter, offices that keep it to themselves and offices that post it: who gets which file."""

import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.editions import printing
from advocacy.editions.actions import OtherOffice, propose_delivery
from advocacy.editions.check import Finding, Report
from advocacy.editions.grouping import groups
from advocacy.editions.models import Edition, Way
from advocacy.editions.printing import Print, print_editions
from advocacy.editions.queries import current_editions, edition, editions, held_print, is_void, pdf_of
from advocacy.letters.actions import set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import office_mark
from advocacy.people.limits import Audience
from advocacy.signons.one_more_office import answer_offices, marks_of, offices_to_ask
from advocacy.signons.queries import names_not_in, signers_for
from tests import make
from tests.make import CHAIR, CHOSEN, COUNTED, FULL, LETTERHEAD, POSTING, RANKING, Cast

pytestmark = pytest.mark.both_databases


@pytest.fixture
def both(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """A letter to a chair, who keeps it, and to a committee that puts it on the web."""
    with database.transaction() as session:
        return make.letter(session, cast, now=now, offices=[CHAIR, POSTING])


def sign(database: Database, version: LetterVersion, who: UUID, now: datetime, **how: object) -> None:
    with database.transaction() as session:
        make.sign(session, version.letter_id, who, now, **how)  # type: ignore[arg-type]


def printed(database: Database, version: LetterVersion, cast: Cast, now: datetime) -> tuple[Print, ...]:
    return print_editions(database, version.id, LETTERHEAD, by=cast.amara, now=now)


def files(database: Database, done: tuple[Print, ...], folder: Path) -> Mapping[str, str]:
    """What each file says, by the offices it is for."""
    with database.reading() as session:
        return {frozen.offices: _said(session, frozen, folder) for frozen in _frozen(session, done)}


def _frozen(session: object, done: tuple[Print, ...]) -> list[Edition]:
    found = [edition(session, one.edition_id) for one in done if one.edition_id]  # type: ignore[arg-type]
    return [one for one in found if one is not None]


def _said(session: object, frozen: Edition, folder: Path) -> str:
    path = folder / f"{frozen.n}.pdf"
    path.write_bytes(pdf_of(session, frozen) or b"")  # type: ignore[arg-type]
    read = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(read.split())


def mark(database: Database, version: LetterVersion, office: str) -> str:
    with database.reading() as session:
        return office_mark(make.office_of(session, version, office))


def test_the_chair_sees_river_and_the_committee_that_posts_does_not(
    database: Database, both: LetterVersion, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    sign(database, both, cast.river, now, recipient=CHOSEN)
    sign(database, both, cast.wren, now, recipient=FULL, web=FULL)

    said = files(database, printed(database, both, cast, now), tmp_path)
    chair, committee = (said[mark(database, both, one.office)] for one in (CHAIR, POSTING))

    assert "River" in chair
    assert "Wren Sample" in chair
    assert "River" not in committee
    assert "Wren Sample" in committee
    assert "1 other" in committee
    assert CHAIR.office not in committee
    assert POSTING.office not in chair


def test_where_all_may_see_the_same_there_is_one_file_for_all(
    database: Database, both: LetterVersion, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    sign(database, both, cast.wren, now, recipient=FULL, web=FULL)
    sign(database, both, cast.dee, now)

    (said,) = files(database, printed(database, both, cast, now), tmp_path).values()

    assert CHAIR.office in said
    assert POSTING.office in said


def test_a_file_made_for_one_office_cannot_go_to_the_other(
    database: Database, both: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, both, cast.river, now, recipient=CHOSEN)
    done = printed(database, both, cast, now)

    with database.transaction() as session:
        for frozen in _frozen(session, done):
            for office in (CHAIR, POSTING):
                to = make.office_of(session, both, office.office)
                if office_mark(to) in frozen.offices:
                    propose_delivery(session, frozen.id, to.id, Way.EMAIL, by=cast.amara, now=now)
                else:
                    with pytest.raises(OtherOffice):
                        propose_delivery(session, frozen.id, to.id, Way.EMAIL, by=cast.amara, now=now)


def test_printing_the_same_again_makes_no_further_edition(
    database: Database, both: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, both, cast.river, now, recipient=CHOSEN)
    first = printed(database, both, cast, now)

    assert [one.edition_id for one in printed(database, both, cast, now)] == [one.edition_id for one in first]
    with database.reading() as session:
        assert [one.n for one in editions(session, both.letter_id)] == [2, 1]
        assert [one.n for one in current_editions(session, both.letter_id)] == [2, 1]


def test_taking_back_the_yes_to_the_web_voids_the_committees_file_alone(
    database: Database, both: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, both, cast.river, now, recipient=CHOSEN)
    sign(database, both, cast.wren, now, recipient=FULL, web=FULL, days={**make.DAYS, make.Audience.WEB: 30})
    done = printed(database, both, cast, now)
    late, chair = now + timedelta(days=40), mark(database, both, CHAIR.office)

    with database.reading() as session:
        void = {one.offices: is_void(session, one, late) for one in _frozen(session, done)}
    assert void.pop(chair) is False
    assert set(void.values()) == {True}


def test_a_file_for_one_group_does_not_supersede_the_other_groups(
    database: Database, both: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, both, cast.wren, now, recipient=FULL, web=FULL)
    printed(database, both, cast, now)
    sign(database, both, cast.river, now, recipient=CHOSEN)
    printed(database, both, cast, now)
    sign(database, both, cast.river, now, recipient=COUNTED)
    later = printed(database, both, cast, now)

    with database.reading() as session:
        assert [one.n for one in current_editions(session, both.letter_id)] == [4]
        assert later[0].edition_id == editions(session, both.letter_id)[0].id


def test_a_print_held_back_for_one_group_stays_held_beside_the_others(
    database: Database, both: LetterVersion, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(database, both, cast.river, now, recipient=CHOSEN)
    reports = iter((Report((Finding("name", "page 1", "somebody"),)), Report(())))
    monkeypatch.setattr(printing, "check", lambda *_: next(reports))

    done = printed(database, both, cast, now)

    assert [one.edition_id is None for one in done] == [True, False]
    with database.reading() as session:
        assert held_print(session, both.id) is not None


def test_a_letter_to_one_kind_of_office_is_one_group(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, letter, cast.river, now, recipient=CHOSEN)

    with database.reading() as session:
        assert [len(group.offices) for group in groups(session, letter, now)] == [1]


@pytest.fixture
def grown(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> LetterVersion:
    """A letter River and Dee signed for the chair, before a ranking member was added."""
    sign(database, letter, cast.river, now, recipient=CHOSEN)
    sign(database, letter, cast.dee, now)
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [CHAIR, RANKING])
    return letter


def answer(database: Database, version: LetterVersion, who: UUID, now: datetime, *, yes: bool) -> None:
    with database.transaction() as session:
        visit = make.come(session, version.letter_id, who, now)
        marks = marks_of(offices_to_ask(session, visit, now))
        answer_offices(session, visit, marks, yes=yes, zone=make.ZONE, now=now)


def test_an_office_added_later_takes_nobodys_line_away_from_the_earlier_ones(
    database: Database, grown: LetterVersion, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    said = files(database, printed(database, grown, cast, now), tmp_path)
    chair, ranking = (said[mark(database, grown, one.office)] for one in (CHAIR, RANKING))

    assert "River" in chair
    assert "1 other" in chair
    assert "River" not in ranking
    assert "Signed by 2 members" in ranking


def test_the_file_the_earlier_office_has_holds_after_one_was_added(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, letter, cast.river, now, recipient=CHOSEN)
    first = printed(database, letter, cast, now)
    with database.transaction() as session:
        set_recipients(session, letter.letter_id, [CHAIR, RANKING])
    again = printed(database, letter, cast, now)

    assert first[0].edition_id in [one.edition_id for one in again]
    with database.reading() as session:
        assert [is_void(session, one, now) for one in current_editions(session, letter.letter_id)] == [
            False,
            False,
        ]


def test_her_yes_to_the_new_office_brings_them_together_and_her_no_does_not(
    database: Database, grown: LetterVersion, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    sign(database, grown, cast.wren, now, recipient=FULL)
    answer(database, grown, cast.river, now, yes=False)
    apart = files(database, printed(database, grown, cast, now), tmp_path)
    assert len(apart) == 2
    assert "River" not in apart[mark(database, grown, RANKING.office)]
    assert "Wren Sample" in apart[mark(database, grown, RANKING.office)]

    sign(database, grown, cast.river, now, recipient=COUNTED)
    sign(database, grown, cast.river, now, recipient=CHOSEN)
    (together,) = files(database, printed(database, grown, cast, now), tmp_path).values()
    assert "River" in together


def test_the_check_looks_for_her_name_in_a_file_for_an_office_she_did_not_say_yes_to(
    database: Database, grown: LetterVersion, cast: Cast, now: datetime
) -> None:
    chair, ranking = (mark(database, grown, one.office) for one in (CHAIR, RANKING))
    with database.transaction() as session:
        for_chair = names_not_in(session, grown.id, now, by=cast.amara, offices=[chair])
        for_ranking = names_not_in(session, grown.id, now, by=cast.amara, offices=[ranking])
        for_both = names_not_in(session, grown.id, now, by=cast.amara)

    assert "River" not in for_chair
    assert "River" in for_ranking
    assert "River" in for_both


def test_each_office_of_a_group_may_see_just_what_the_whole_group_is_shown(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        version = make.letter(session, cast, now=now, offices=[CHAIR, POSTING])
        make.sign(session, version.letter_id, cast.river, now, recipient=CHOSEN)
        make.sign(session, version.letter_id, cast.wren, now, recipient=FULL, web=FULL)
        set_recipients(session, version.letter_id, [RANKING, POSTING, CHAIR])
        found = groups(session, version, now)

        def shown(marks: tuple[str, ...]) -> object:
            return signers_for(session, version.id, Audience.RECIPIENT, now, offices=marks)

        assert sorted(office.office for group in found for office in group.offices) == sorted(
            one.office for one in (CHAIR, POSTING, RANKING)
        )
        assert len(found) == 3
        for group in found:
            for office in group.offices:
                assert shown((office_mark(office),)) == shown(group.marks)
