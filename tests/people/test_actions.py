"""What is done about people: rosters, limits, terms, organisations, and acts that take two."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.db import Database
from advocacy.people import actions, queries
from advocacy.people.limits import FORM_FACTS, NOTHING_BUT_COUNT, Audience, Facts, Form, Preset
from advocacy.people.models import NamingLimit, Organisation, Person, SecondedAct, Term
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow, read_roster

pytestmark = pytest.mark.both_databases

FILE = """name,email,state,naming_limit,groups
Wren Sample,home@members.example,OH,public_advocate,Policy;Storytellers
Sky Sample,home@members.example,OH,,Policy
Ana-Lucía Ejemplo,ana@members.example,NM,chosen_name_to_offices,
"""
FULL, CHOSEN = FORM_FACTS[Form.FULL_NAME], FORM_FACTS[Form.CHOSEN_NAME]
DAY = timedelta(days=1)


def rows(text: str = FILE) -> tuple[RosterRow, ...]:
    return read_roster(text.encode())


def take_in(database: Database, now: datetime, text: str = FILE) -> actions.Intake:
    with database.transaction() as session:
        return actions.import_roster(session, rows(text), by=None, now=now)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def wren(database: Database, now: datetime) -> UUID:
    take_in(database, now)
    return named(database, "Wren Sample")


def named(database: Database, name: str) -> UUID:
    with database.reading() as session:
        everybody = queries.roster(session)
        (found,) = (person for person in everybody if queries.names_of(session, person).name == name)
    return found.id


# ---- the roster


def test_a_roster_is_taken_in_with_limits_and_groups(database: Database, now: datetime) -> None:
    assert take_in(database, now) == actions.Intake(added=3, known=0)

    with database.reading() as session:
        assert [group.name for group in queries.groups(session)] == ["Policy", "Storytellers"]
        policy, _ = queries.groups(session)
        assert queries.group_size(session, policy.id) == 2
        limits = queries.naming_limits(session, queries.people_at(session, "ana@members.example")[0].id, now)
    assert limits == Preset.CHOSEN_NAME_TO_OFFICES.limits()


def test_the_same_roster_twice_is_taken_in_once(database: Database, now: datetime) -> None:
    take_in(database, now)

    assert take_in(database, now) == actions.Intake(added=0, known=3)
    with database.reading() as session:
        assert count(session, Person) == 3


def test_a_later_roster_never_raises_a_limit(database: Database, wren: UUID, now: datetime) -> None:
    with database.transaction() as session:
        actions.set_limits(
            session, wren, Preset.COUNT_ME_ONLY.limits(), by=None, in_force_at=now + timedelta(hours=1)
        )

    take_in(database, now + DAY)

    with database.reading() as session:
        assert queries.naming_limits(session, wren, now + DAY) == Preset.COUNT_ME_ONLY.limits()


def test_somebody_known_is_found_whatever_the_capitals(database: Database, wren: UUID, now: datetime) -> None:
    again = "name,email\nWREN SAMPLE,Home@Members.Example\n"

    assert take_in(database, now, again).known == 1


def test_an_intake_that_fails_takes_in_nobody(database: Database, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        actions.import_roster(session, rows(), by=None, now=now)
        raise ZeroDivisionError

    with database.reading() as session:
        assert count(session, Person) == count(session, NamingLimit) == count(session, vault.DataKey) == 0
        assert count(session, audit.AuditEntry) == 0


def test_an_intake_is_on_record_without_a_name(database: Database, wren: UUID) -> None:
    with database.reading() as session:
        entry = session.scalars(select(audit.AuditEntry)).one()

    assert (entry.act, entry.why) == ("roster.import", "3 added, 0 already known")


def test_two_in_one_mailbox_are_two_people(database: Database, wren: UUID) -> None:
    with database.reading() as session:
        found = queries.people_at(session, " HOME@members.example ")

        assert {queries.names_of(session, one).name for one in found} == {"Wren Sample", "Sky Sample"}


def test_opened_names_do_not_show_in_a_trace(database: Database, wren: UUID) -> None:
    with database.reading() as session:
        opened = queries.names_of(session, session.get_one(Person, wren))

    assert (opened.name, opened.state) == ("Wren Sample", "OH")
    assert "Wren" not in repr(opened)


def test_members_are_counted_by_state_and_region_without_opening_anybody(
    database: Database, wren: UUID
) -> None:
    with database.reading() as session:
        assert queries.members_in_state(session, "OH") == 2
        assert queries.members_in_state(session, "WY") == 0
        assert queries.members_in_region(session, "the Midwest") == 2
        assert queries.members_in_region(session, "the West") == 1
        assert queries.members_in_region(session, "nowhere") == 0


# ---- naming limits


def limit_at(database: Database, person: UUID, at: datetime) -> Facts:
    with database.reading() as session:
        return queries.naming_limits(session, person, at)[Audience.WEB]


def decide(database: Database, person: UUID, facts: Facts, in_force_at: datetime) -> None:
    with database.transaction() as session:
        actions.set_limits(session, person, {Audience.WEB: facts}, by=None, in_force_at=in_force_at)


def test_somebody_nobody_asked_is_only_counted(database: Database, now: datetime) -> None:
    assert limit_at(database, uuid4(), now) == NOTHING_BUT_COUNT


def test_a_limit_holds_from_its_moment_on(database: Database, now: datetime) -> None:
    take_in(database, now)
    sky = named(database, "Sky Sample")

    decide(database, sky, CHOSEN, now + DAY)

    assert limit_at(database, sky, now + DAY - timedelta(microseconds=1)) == NOTHING_BUT_COUNT
    assert limit_at(database, sky, now + DAY) == CHOSEN


def test_a_limit_for_one_audience_leaves_the_others(database: Database, wren: UUID, now: datetime) -> None:
    decide(database, wren, NOTHING_BUT_COUNT, now + DAY)

    with database.reading() as session:
        limits = queries.naming_limits(session, wren, now + DAY)
    assert limits[Audience.WEB] == NOTHING_BUT_COUNT
    assert limits[Audience.RECIPIENT] >= FULL


def test_lowering_takes_back_a_raise_that_is_still_to_come(
    database: Database, wren: UUID, now: datetime
) -> None:
    decide(database, wren, CHOSEN, now + timedelta(minutes=1))
    decide(database, wren, FULL, now + DAY)

    decide(database, wren, NOTHING_BUT_COUNT, now + timedelta(hours=2))

    assert limit_at(database, wren, now + 2 * DAY) == NOTHING_BUT_COUNT


def test_a_raise_leaves_a_lowering_that_is_still_to_come(
    database: Database, wren: UUID, now: datetime
) -> None:
    decide(database, wren, NOTHING_BUT_COUNT, now + 2 * DAY)

    decide(database, wren, CHOSEN, now + DAY)

    assert limit_at(database, wren, now + DAY) == CHOSEN
    assert limit_at(database, wren, now + 2 * DAY) == NOTHING_BUT_COUNT


def test_of_two_limits_of_one_moment_the_later_word_counts(
    database: Database, wren: UUID, now: datetime
) -> None:
    for facts in (FULL, NOTHING_BUT_COUNT, CHOSEN, NOTHING_BUT_COUNT):
        decide(database, wren, facts, now + DAY)

    assert limit_at(database, wren, now + DAY) == NOTHING_BUT_COUNT


# ---- terms


FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def give(database: Database, person: UUID, begins: date = FIRST, ends: date = LAST) -> None:
    with database.transaction() as session:
        actions.give_term(session, person, Role.FINANCE, begins_on=begins, ends_on=ends, by=None)


@pytest.mark.parametrize(
    ("day", "held"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
)
def test_a_term_holds_from_its_first_day_to_its_last(
    database: Database, wren: UUID, day: date, held: bool
) -> None:
    give(database, wren)

    with database.reading() as session:
        assert (queries.roles_on(session, wren, day) == {Role.FINANCE}) is held
        assert (list(queries.holders(session, [Role.FINANCE], day)) == [wren]) is held


def test_the_same_term_twice_is_one(database: Database, wren: UUID) -> None:
    give(database, wren)
    give(database, wren)

    with database.reading() as session:
        assert count(session, Term) == 1


def test_a_term_that_ends_before_it_begins_is_refused(database: Database, wren: UUID) -> None:
    with pytest.raises(actions.BackwardsTerm):
        give(database, wren, LAST, FIRST)


# ---- organisations, and stopping mail


def test_pressing_at_once_gives_one_term_and_adds_one_organisation(database: Database, now: datetime) -> None:
    take_in(database, now)
    with database.reading() as session:
        ana = queries.people_at(session, "ana@members.example")[0].id
    ready, today = Barrier(6), now.date()

    def press() -> None:
        ready.wait()
        with database.transaction() as session:
            actions.give_term(session, ana, Role.STEERING, begins_on=today, ends_on=today, by=None)
            actions.add_organisation(session, public_name="Example House", state=None, now=now)

    with ThreadPoolExecutor(6) as threads:
        for done in [threads.submit(press) for _ in range(6)]:
            done.result()

    with database.reading() as session:
        assert count(session, Term) == 1
        assert count(session, Organisation) == 1


def test_the_same_organisation_twice_is_one(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        for state in ("OH", "OH", None, None, "NM"):
            actions.add_organisation(session, public_name="Example House", state=state, now=now)

        assert count(session, Organisation) == 3
        assert {one.state for one in queries.organisations(session)} == {"OH", "NM", None}


def test_stopping_mail_twice_is_stopping_it_once(database: Database, wren: UUID, now: datetime) -> None:
    for later in (0, 3):
        with database.transaction() as session:
            actions.stop_mail(session, wren, now + later * DAY)

    with database.reading() as session:
        assert session.get_one(Person, wren).mail_stopped_on == now.date()
        acts = session.scalars(select(audit.AuditEntry.act)).all()
    assert acts.count("mail.stop") == 1


# ---- acts that take two


@pytest.fixture
def sky(database: Database, wren: UUID) -> UUID:
    return named(database, "Sky Sample")


@pytest.fixture
def about() -> UUID:
    return uuid4()


@pytest.fixture
def proposed(database: Database, wren: UUID, about: UUID, now: datetime) -> UUID:
    """Wren proposes to deliver exactly "abc", within two days."""
    with database.transaction() as session:
        return actions.propose(session, "deliver", about, hash="abc", by=wren, now=now).id


def second(database: Database, proposal: UUID, by: UUID, at: datetime) -> None:
    with database.transaction() as session:
        actions.second(session, proposal, by=by, now=at)


def use(database: Database, about: UUID, at: datetime, hash: str = "abc", act: str = "deliver") -> None:
    with database.transaction() as session:
        actions.use(session, act, about, hash=hash, now=at)


def test_what_two_agreed_to_may_be_done(
    database: Database, proposed: UUID, sky: UUID, about: UUID, now: datetime
) -> None:
    second(database, proposed, sky, now)
    use(database, about, now)

    with database.reading() as session:
        assert session.get_one(SecondedAct, proposed).used_at == now


def test_nobody_seconds_her_own_proposal(
    database: Database, proposed: UUID, wren: UUID, about: UUID, now: datetime
) -> None:
    with pytest.raises(actions.SamePerson):
        second(database, proposed, wren, now)
    with pytest.raises(actions.ProposalEnded):
        use(database, about, now)


def test_proposing_again_is_not_seconding(
    database: Database, proposed: UUID, sky: UUID, about: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        again = actions.propose(session, "deliver", about, hash="abc", by=sky, now=now)
        assert again.id == proposed

    with pytest.raises(actions.ProposalEnded):
        use(database, about, now)


@pytest.mark.parametrize(("hash", "act"), [("abd", "deliver"), ("ABC", "deliver"), ("abc", "export")])
def test_nothing_but_what_was_agreed_may_be_done(
    database: Database, proposed: UUID, sky: UUID, about: UUID, now: datetime, hash: str, act: str
) -> None:
    second(database, proposed, sky, now)

    with pytest.raises(actions.ProposalEnded):
        use(database, about, now, hash, act)
    with pytest.raises(actions.ProposalEnded):
        use(database, uuid4(), now)


def test_what_has_run_out_can_be_neither_seconded_nor_done(
    database: Database, proposed: UUID, sky: UUID, about: UUID, now: datetime
) -> None:
    with pytest.raises(actions.ProposalEnded):
        second(database, proposed, sky, now + 2 * DAY)
    second(database, proposed, sky, now + 2 * DAY - timedelta(seconds=1))

    with pytest.raises(actions.ProposalEnded):
        use(database, about, now + 2 * DAY)


def test_what_was_agreed_is_done_once(
    database: Database, proposed: UUID, sky: UUID, about: UUID, now: datetime
) -> None:
    second(database, proposed, sky, now)
    use(database, about, now)

    with pytest.raises(actions.ProposalEnded):
        use(database, about, now)
    with pytest.raises(actions.ProposalEnded):
        second(database, proposed, sky, now)


def test_many_who_do_it_at_once_do_it_once(
    database: Database, proposed: UUID, sky: UUID, about: UUID, now: datetime
) -> None:
    second(database, proposed, sky, now)

    def did(_: int) -> bool:
        try:
            use(database, about, now)
        except actions.ProposalEnded:
            return False
        return True

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(did, range(16))) == 1


def test_of_two_equal_proposals_the_agreed_one_counts(
    database: Database, proposed: UUID, sky: UUID, wren: UUID, about: UUID, now: datetime
) -> None:
    second(database, proposed, sky, now)
    with database.transaction() as session:  # as two who propose at the same moment leave it
        twin = SecondedAct(act="deliver", about_id=about, hash="abc", proposed_by=wren)
        twin.proposed_at, twin.until_at = now + timedelta(seconds=1), now + DAY
        session.add(twin)

    use(database, about, now)


def test_who_seconded_first_stays_on_record(
    database: Database, proposed: UUID, sky: UUID, now: datetime
) -> None:
    second(database, proposed, sky, now)
    second(database, proposed, named(database, "Ana-Lucía Ejemplo"), now + DAY)

    with database.reading() as session:
        assert session.get_one(SecondedAct, proposed).seconded_by == sky
        assert queries.proposals_waiting(session, now) == []
