"""A person decides about mail that nobody can be sure of, and reads no name while she does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from bs4 import Tag
from sqlalchemy import select

from advocacy.audit import AuditEntry
from advocacy.db import Database
from advocacy.mail.actions import claim, mark_failed, mark_uncertain, queue
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.queries import message_about
from advocacy.people.roles import Role
from tests.page import Reader
from tests.web.conftest import Clock

Sit = Callable[..., UUID]
Stuck = Callable[..., Message]


@pytest.fixture
def stuck(database: Database, clock: Clock) -> Stuck:
    """A message that was claimed and did not end well."""

    def made(kind: str = "invitation", refused: bool = False, since: datetime | None = None) -> Message:
        at = since or clock()
        with database.transaction() as session:
            message = queue(session, kind=kind, about=uuid4(), now=at)
            claim(message, at)
            session.flush()
            mark = mark_failed if refused else mark_uncertain
            mark(session, message.id, at, "550 wren@members.example does not live here")
        return message

    return made


def choice_of(reader: Reader, message: Message) -> str:
    """The name of the field in which one message is decided."""
    page = reader.get("/office/mail")
    form = page.soup.find("form", action=f"/office/mail/{message.id}")
    assert isinstance(form, Tag)
    field = form.find("input", type="radio")
    assert isinstance(field, Tag)
    return str(field["name"])


def newest(database: Database, message: Message) -> Message:
    with database.reading() as session:
        found = message_about(session, message.kind, message.about_id)
    assert found is not None
    return found


def test_when_nothing_is_stuck_the_page_says_so(reader: Reader, sit_down: Sit) -> None:
    sit_down(Role.PWG_COFACILITATOR)
    page = reader.get("/office/mail")

    assert "Nothing waits for your decision. Fewer than five" in page.words


def test_a_single_message_that_waits_cannot_be_told_from_none(
    reader: Reader, sit_down: Sit, database: Database, clock: Clock
) -> None:
    # Or whoever asks an address to be a witness could read here whether a member has it.
    sit_down(Role.MANAGER)
    told = {reader.get("/office/mail").words}
    for _ in range(4):
        with database.transaction() as session:
            queue(session, kind="invitation", about=uuid4(), now=clock())
        told.add(reader.get("/office/mail").words)
    assert len(told) == 1

    with database.transaction() as session:
        queue(session, kind="invitation", about=uuid4(), now=clock())
    assert "5 messages wait to leave." in reader.get("/office/mail").words


def test_each_is_listed_by_kind_and_day_and_nothing_more(
    reader: Reader, sit_down: Sit, stuck: Stuck, clock: Clock
) -> None:
    sit_down(Role.PWG_COFACILITATOR)
    late = clock().replace(hour=3)  # still the day before where the network works
    invitation, refused = stuck("invitation", since=late), stuck("delivery", refused=True)
    words = reader.get("/office/mail").words

    assert f"An invitation to a member, 22 November 2026 {invitation.id.hex[:8]} Uncertain" in words
    assert f"A letter to an office, 23 November 2026 {refused.id.hex[:8]} Did not arrive" in words
    assert "Wren" not in words
    assert "@" not in words
    told = words.replace(refused.id.hex[:8], "")  # which may hold these three digits by chance
    assert "550" not in told


def test_sending_afresh_queues_it_once_more(
    reader: Reader, sit_down: Sit, stuck: Stuck, database: Database
) -> None:
    me, message = sit_down(Role.PWG_COFACILITATOR), stuck()
    field = choice_of(reader, message)
    gone = reader.post(f"/office/mail/{message.id}", {field: "again"})
    again = newest(database, message)

    assert "Nothing waits for your decision. Fewer than five" in reader.follow(gone).words
    assert (again.turn, again.stage) == (2, MessageStage.WAITING)
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "mail.settle")).one()
    assert (entry.actor_id, entry.about_id, entry.why) == (me, message.id, "again")


def test_leaving_it_sends_nothing(reader: Reader, sit_down: Sit, stuck: Stuck, database: Database) -> None:
    sit_down(Role.PWG_COFACILITATOR)
    message = stuck(refused=True)
    gone = reader.post(f"/office/mail/{message.id}", {choice_of(reader, message): "leave"})

    assert "Nothing waits for your decision. Fewer than five" in reader.follow(gone).words
    assert newest(database, message).id == message.id


def test_nothing_is_chosen_beforehand_and_a_bare_button_decides_nothing(
    reader: Reader, sit_down: Sit, stuck: Stuck, database: Database
) -> None:
    sit_down(Role.PWG_COFACILITATOR)
    message, other = stuck(), stuck()
    page = reader.get("/office/mail")
    wrong = reader.post(f"/office/mail/{message.id}", status=422)

    assert not page.soup.find_all("input", checked=True)
    assert wrong.words.count("Please choose one.") == 1
    assert f"/office/mail/{other.id}" in [action for _, action in wrong.forms()]
    assert newest(database, message).settled_at is None


def test_what_another_person_decided_meanwhile_stands(
    reader: Reader, sit_down: Sit, stuck: Stuck, database: Database
) -> None:
    sit_down(Role.PWG_COFACILITATOR)
    message = stuck()
    field = choice_of(reader, message)
    reader.post(f"/office/mail/{message.id}", {field: "leave"})
    seen = reader.post(f"/office/mail/{message.id}", {field: "again"}, 409)

    assert "This message is not waiting for anybody’s decision." in seen.words.replace("'", "’")
    assert newest(database, message).turn == 1


def test_a_message_that_never_was_is_nothing_here(reader: Reader, sit_down: Sit) -> None:
    sit_down(Role.PWG_COFACILITATOR)

    reader.post(f"/office/mail/{uuid4()}", status=404)


@pytest.mark.parametrize(
    "role", [Role.PWG_MEMBER, Role.STEERING, Role.FINANCE, Role.MEMBERSHIP_COFACILITATOR]
)
def test_whoever_does_not_send_does_not_decide(
    reader: Reader, sit_down: Sit, stuck: Stuck, database: Database, role: Role
) -> None:
    sit_down(role)
    message = stuck()

    reader.get("/office/mail", 403)
    reader.post(f"/office/mail/{message.id}", {"choice": "again"}, 403)
    assert newest(database, message).settled_at is None


def test_looking_decides_nothing(
    reader: Reader, sit_down: Sit, stuck: Stuck, database: Database, clock: Clock
) -> None:
    sit_down(Role.PWG_COFACILITATOR)
    message = stuck(since=clock() - timedelta(days=3))
    for _ in range(2):
        reader.get("/office/mail")

    assert newest(database, message).stage is MessageStage.UNCERTAIN
