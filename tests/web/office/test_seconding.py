"""Every act that takes two: not by one person, another role, on another day, or of something else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions import overriding
from advocacy.editions.actions import DELIVER, deliver, propose_delivery
from advocacy.editions.models import Way
from advocacy.letters import mending
from advocacy.letters.actions import approve, write_version
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import current_opening
from advocacy.people import exporting, role_changes
from advocacy.people.access import SECONDS
from advocacy.people.actions import ProposalEnded
from advocacy.people.models import SecondedAct
from advocacy.people.queries import roles_on
from advocacy.people.roles import Role
from advocacy.signons import revealing
from tests import make
from tests.make import CHOSEN, ZONE, Cast
from tests.page import Reader, Seen
from tests.web.conftest import Clock, Hire
from tests.web.office.papers import sit

WHY = "The hearing is on Thursday, and she asked for it."
NAME = "Rivka Samplewater"


@dataclass
class Stage:
    """A letter, who works on it, and whoever proposes."""

    database: Database
    cast: Cast
    clock: Clock
    first: UUID
    kept: dict[str, Any] = field(default_factory=dict)

    def letter(self, **words: str) -> LetterVersion:
        with self.database.transaction() as session:
            version = make.letter(session, self.cast, now=self.clock(), **words)
            make.sign(session, version.letter_id, self.cast.river, self.clock(), CHOSEN)
            session.expunge_all()
        return version


# ---- what is proposed, and what comes of it


def deliver_asked(stage: Stage, session: Session) -> None:
    version = stage.letter()
    stage.kept["edition"] = make.frozen(session, version, stage.cast, stage.clock()).id
    stage.kept["office"] = make.office_of(session, version).id
    ask = stage.kept["edition"], stage.kept["office"], Way.EMAIL
    propose_delivery(session, *ask, by=stage.first, now=stage.clock())


def delivered(stage: Stage, session: Session) -> bool:
    ask = stage.kept["edition"], stage.kept["office"], Way.EMAIL
    return bool(deliver(session, *ask, receipt="", by=stage.first, now=stage.clock()))


def export_asked(stage: Stage, session: Session) -> None:
    stage.kept["act"] = exporting.ask_for_roster(session, WHY, by=stage.first, now=stage.clock()).id


def exported(stage: Stage, session: Session) -> bool:
    act = session.get_one(SecondedAct, stage.kept["act"])
    return b"Wren" in exporting.write_roster(session, act, by=stage.first, now=stage.clock())


def reveal_asked(stage: Stage, session: Session) -> None:
    letter_id = stage.kept["letter"] = stage.letter().letter_id
    [line] = revealing.printed_lines(session, letter_id, stage.clock())
    ask = letter_id, line.sign_on_id, WHY
    revealing.ask_who(session, *ask, by=stage.first, zone=ZONE, now=stage.clock())


def revealed(stage: Stage, session: Session) -> bool:
    asked = revealing.asked_by(session, stage.kept["letter"], stage.first, stage.clock())
    if not asked:
        raise ProposalEnded
    return revealing.show_who(session, asked[0], by=stage.first, now=stage.clock()) == NAME


def override_asked(stage: Stage, session: Session) -> None:
    stopped = overriding.stopped_for(session, stage.kept["version"], stage.clock())
    assert stopped is not None
    overriding.ask_to_let_through(session, stopped, WHY, by=stage.first, now=stage.clock())


def overridden(stage: Stage, session: Session) -> bool:
    return bool(overriding.let_through(session, stage.kept["version"], stage.clock()))


def role_asked(stage: Stage, session: Session) -> None:
    begins = stage.clock().date()
    term = {"begins_on": begins, "ends_on": begins + timedelta(days=90), "why": ""}
    role_changes.propose_term(
        session, stage.cast.sam, Role.FINANCE, by=stage.first, now=stage.clock(), **term
    )


def role_given(stage: Stage, session: Session) -> bool:
    return Role.FINANCE in roles_on(session, stage.cast.sam, stage.clock().date())


def typo_asked(stage: Stage, session: Session) -> None:
    old = stage.letter(body="We ask you to recieve us.")
    words = {"title": old.title, "body": "We ask you to receive us.", "based_on": 1}
    new = write_version(session, old.letter_id, by=stage.cast.amara, now=stage.clock(), **words)
    approve(session, new.id, by=stage.cast.jo, now=stage.clock())
    mending.say_typo(session, new.id, by=stage.first, now=stage.clock())
    stage.kept["new"] = new.id, new.letter_id


def mended(stage: Stage, session: Session) -> bool:
    version_id, letter_id = stage.kept["new"]
    opening = current_opening(session, letter_id)
    return opening is not None and opening.version_id == version_id


@dataclass(frozen=True)
class Kind:
    """One act that takes two: who proposes it, who may agree, and whether it happened."""

    act: str
    first: Role
    second: Role
    ask: Callable[[Stage, Session], None]
    happens: Callable[[Stage, Session], bool]
    hours: int


KINDS = (
    Kind(DELIVER, Role.PWG_COFACILITATOR, Role.DEPUTY, deliver_asked, delivered, 48),
    Kind(exporting.ACT, Role.MANAGER, Role.CUSTODIAN, export_asked, exported, 24),
    Kind(revealing.ACT, Role.PWG_COFACILITATOR, Role.STEERING, reveal_asked, revealed, 24),
    Kind(overriding.ACT, Role.CUSTODIAN, Role.CUSTODIAN, override_asked, overridden, 24),
    Kind("role.give", Role.MANAGER, Role.CUSTODIAN, role_asked, role_given, role_changes.STANDS_FOR_HOURS),
    Kind(mending.ACT, Role.PWG_COFACILITATOR, Role.PWG_COFACILITATOR, typo_asked, mended, 72),
)


AT_ONCE = ("role.give", mending.ACT)
"""These happen in the moment somebody agrees."""
LATER = [kind for kind in KINDS if kind.act not in AT_ONCE]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.act)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def stage(database: Database, cast: Cast, clock: Clock, hire: Hire, kind: Kind) -> Stage:
    """The act is proposed, and nobody has agreed yet."""
    found = Stage(database, cast, clock, hire(kind.first, kind.second, name="First Sample"))
    if kind.act == overriding.ACT:  # printing takes its own transactions, and so comes before
        stopped = found.letter(body=f"Senator {NAME} said so.\n\nWages matter.")
        make.printed(database, stopped, cast, clock())
        found.kept["version"] = stopped.id
    with database.transaction() as session:
        kind.ask(found, session)
    return found


@pytest.fixture
def other(app: Flask, hire: Hire, kind: Kind) -> Reader:
    """Somebody else who may agree, on her telephone: a browser of her own, and no script runs in it."""
    found = Reader(app.test_client())
    sit(found, hire(kind.second, name="Second Sample"))
    return found


def proposal(stage: Stage, kind: Kind) -> str:
    with stage.database.reading() as session:
        found = session.query(SecondedAct).filter_by(act=kind.act).one()
        return f"/office/seconding/{found.id}"


def happens(stage: Stage, kind: Kind) -> bool:
    """Whether the act can be done now; if it can, it is done."""
    try:
        with stage.database.transaction() as session:
            return kind.happens(stage, session)
    except ProposalEnded:
        return False


# ---- the rules


EVERY_PAIR = [replace(kind, second=role) for kind in KINDS for role in sorted(SECONDS[kind.act])]
"""Each act with each role that may agree to it, deputies included."""


@pytest.mark.parametrize("kind", EVERY_PAIR, indirect=True, ids=lambda kind: f"{kind.act}-{kind.second}")
def test_nothing_happens_before_one_of_the_named_roles_agreed_and_then_until_its_hour(
    stage: Stage, kind: Kind, other: Reader, clock: Clock
) -> None:
    assert not happens(stage, kind)

    other.post(proposal(stage, kind))

    clock.at += timedelta(hours=kind.hours, seconds=-1)
    assert happens(stage, kind)


def test_one_person_in_two_browsers_is_one_person(stage: Stage, kind: Kind, app: Flask) -> None:
    for browser in (Reader(app.test_client()), Reader(app.test_client())):
        sit(browser, stage.first)
        refused = browser.post(proposal(stage, kind), status=409)
        assert "This takes two different people." in refused.words

    assert not happens(stage, kind)


def test_another_role_cannot_agree(stage: Stage, kind: Kind, app: Flask, hire: Hire) -> None:
    for role in set(Role) - SECONDS[kind.act]:
        browser = Reader(app.test_client())
        sit(browser, hire(role, name=f"{role.label} Sample"))
        browser.post(proposal(stage, kind), status=403)

    assert not happens(stage, kind)


@contextmanager
def of_other_words(stage: Stage, kind: Kind) -> Iterator[None]:
    """While this lasts, the proposal is about something else."""
    hashes = []
    for hash in ("0" * 64, None):
        with stage.database.transaction() as session:
            act = session.query(SecondedAct).filter_by(act=kind.act).one()
            hashes.append(act.hash)
            act.hash = hash or hashes[0]
        if hash:
            yield


def test_nobody_can_agree_to_other_words_or_after_its_hour(
    stage: Stage, kind: Kind, app: Flask, other: Reader, clock: Clock, hire: Hire
) -> None:
    path = proposal(stage, kind)
    with of_other_words(stage, kind):
        # What is done later asks for its hash when it is done.
        answer = other.client.post(path, data={"csrf_token": other.token})
        assert answer.status_code in ((303, 404, 409) if kind in LATER else (409,))
        assert not happens(stage, kind)

    clock.at += timedelta(hours=kind.hours)
    third = Reader(app.test_client())
    sit(third, hire(kind.second, name="Third Sample"))
    third.post(path, status=409)
    assert not happens(stage, kind)


@pytest.mark.parametrize("kind", LATER, indirect=True, ids=lambda kind: kind.act)
def test_what_was_agreed_to_opens_nothing_else_and_nothing_after_its_hour(
    stage: Stage, kind: Kind, other: Reader, clock: Clock
) -> None:
    other.post(proposal(stage, kind))

    with of_other_words(stage, kind):
        assert not happens(stage, kind)
    clock.at += timedelta(hours=kind.hours)
    assert not happens(stage, kind)


def page_of(stage: Stage, kind: Kind, other: Reader) -> Seen:
    """Where whoever agrees looks at it. What the check found may be names: that page opens at a press."""
    if kind.act != overriding.ACT:
        return other.get("/office/seconding")
    list_of_all = other.get("/office/held")
    assert "One custodian would let it print." in list_of_all.words or "Two custodians" in list_of_all.words
    [look] = [action for _, action in list_of_all.forms() if action.startswith("/office/held/")]
    return other.post(look, status=200)


def test_the_page_shows_it_with_a_plain_form_until_it_is_agreed_to(
    stage: Stage, kind: Kind, other: Reader
) -> None:
    path = proposal(stage, kind)
    [form] = page_of(stage, kind, other).soup.find_all("form", action=path)
    assert form["method"] == "post"
    # Without a script a form sends its fields, and here they are all there is to send.
    sent = {field["name"]: field["value"] for field in form.find_all("input")}
    assert other.client.post(path, data=sent).status_code == 303

    assert not page_of(stage, kind, other).soup.find_all("form", action=path)
    assert happens(stage, kind)


def test_no_act_that_takes_two_is_left_out() -> None:
    proved = {kind.act for kind in KINDS}
    alike = {"role.end", "role.extend", "role.begin_anew"}  # of one kind with role.give

    assert set(SECONDS) == proved | alike
