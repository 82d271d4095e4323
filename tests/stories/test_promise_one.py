"""Whatever people, the office and the calendar do in whatever order: nobody is shown who did not say so.

The model beside the machine says the rules once more in plain sets, and knows only what was acknowledged.
"""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.audit import verify
from advocacy.clock import day_in, end_of_day
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.actions import EditionVoid, OtherOffice
from advocacy.editions.messages import DeliveryTrade
from advocacy.editions.models import Edition, Way
from advocacy.editions.queries import edition, pdf_of, where_it_went
from advocacy.letters.actions import Office, open_for_signons, set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import office_mark, recipients, version
from advocacy.mail.models import Message
from advocacy.migrations.tables import METADATA
from advocacy.people.actions import set_limits
from advocacy.people.limits import Audience, Fact, Facts, Form
from advocacy.signons.actions import NotOpen, OnlyLess, PreviewFirst, TextChanged
from advocacy.signons.consent import SPANS, Choice
from advocacy.signons.previews import OverLimit
from advocacy.signons.queries import signers_for
from advocacy.vault import Keys
from tests import make
from tests.make import CHAIR, POSTING, RANKING, Cast

OFFICE, WEB, PRESS = Audience.RECIPIENT, Audience.WEB, Audience.PRESS
REFUSALS = (NotOpen, OnlyLess, PreviewFirst, TextChanged, OverLimit)
GIVES_AWAY: Mapping[str, set[str]] = {
    "count_only": {"count"},
    "descriptor": {"count", "member"},
    "region": {"count", "member", "region"},
    "state": {"count", "member", "region", "state"},
    "initials": {"count", "initials"},
    "first_last_initial": {"count", "initials", "first_name"},
    "chosen_name": {"count", "chosen_name"},
    "full_name": {"count", "initials", "first_name", "full_name"},
}
# Everybody's words: what each form would print. Two live where too few others do.
SAID: Mapping[str, Mapping[str, str]] = {
    "dee": {"full_name": "Delia Placeholder", "chosen_name": "Dee", "initials": "D. P."},
    "river": {"full_name": "Rivka Samplewater", "chosen_name": "River", "initials": "R. S."},
    "wren": {"full_name": "Wren Sample", "chosen_name": "Wrenna", "initials": "W. S."},
    "nguyen": {"full_name": "Nguyễn Mẫu", "chosen_name": "Mai", "initials": "N. M."},
    "ana": {"full_name": "Ana-Lucía Ejemplo", "chosen_name": "Lucía", "initials": "A. E."},
}
ALONE = {"ana"}
PEOPLE = tuple(SAID)
CHOICES = st.builds(Choice, st.sampled_from(Form), st.booleans())
LIMITS = st.frozensets(st.sampled_from(Fact)).map(lambda facts: facts | {Fact.COUNT})


def line_of(who: str, choice: Choice) -> str | None:
    """What somebody's choice would print, said independently of the code."""
    first, last = SAID[who]["full_name"].split()
    plain = {
        "count_only": None,
        "descriptor": "A member of the network",
        "region": None if who in ALONE else "A member from the Midwest",
        "state": None if who in ALONE else "A member from Ohio",
        "first_last_initial": f"{first} {last[0]}.",
        **SAID[who],
    }[choice.form]
    return f"{plain}, survivor" if plain and choice.survivor else plain


def told_by(choice: Choice) -> set[str]:
    """What a choice gives away."""
    survivor = choice.survivor and choice.form is not Form.COUNT_ONLY
    return {*GIVES_AWAY[choice.form], *(["survivor"] if survivor else [])}


@dataclass
class Agreed:
    """What one person was told is so, for one audience."""

    choice: Choice
    line: str | None
    end: datetime
    text: str
    offices: frozenset[str]


@dataclass
class Known:
    """All that a fair reader of the acknowledgements would know."""

    agreed: dict[tuple[str, Audience], Agreed] = field(default_factory=dict)
    limits: dict[tuple[str, Audience], Facts] = field(default_factory=dict)
    sent: dict[str, datetime] = field(default_factory=dict)
    posts: bool = False

    def within(self, who: str, audience: Audience, choice: Choice) -> bool:
        return told_by(choice) <= set(self.limits[who, audience])

    def covered(self, who: str, choice: Choice, text: str, at: datetime) -> bool:
        """Whether the web may see no less: asked where one of the offices puts on the web what it gets."""
        web = self.holds(who, WEB, text, at)
        if web is None or web.line is None or not self.within(who, WEB, web.choice):
            return False
        return told_by(choice) <= told_by(web.choice)

    def holds(self, who: str, audience: Audience, text: str, at: datetime) -> Agreed | None:
        given = self.agreed.get((who, audience))
        if given is None or given.text != text or at >= given.end:
            return None
        sent = self.sent.get(text)
        if audience is OFFICE and sent is not None and at >= sent + timedelta(days=30):
            return None
        return given

    def shown(
        self, audience: Audience, text: str, at: datetime, offices: frozenset[str] = frozenset()
    ) -> dict[str, str]:
        """Who may be shown, and how."""
        lines: dict[str, str] = {}
        for who in PEOPLE:
            given = self.holds(who, audience, text, at)
            if given is None or given.line is None or not offices <= given.offices:
                continue
            if audience is OFFICE and self.posts and not self.covered(who, given.choice, text, at):
                continue
            if self.within(who, audience, given.choice):
                lines[who] = given.line
        return lines


class Promise(RuleBasedStateMachine):
    """People, the office and the calendar, each doing what they may."""

    def __init__(self, folder: Path, empty: bytes, keys: Keys, prints: int, number: int) -> None:
        super().__init__()
        path = folder / f"{number}.db"
        path.write_bytes(empty)
        self.folder, self.prints = folder, prints
        self.database = Database(f"sqlite:///{path}", keys=keys)
        self.trade = DeliveryTrade(Config.from_environment({"VAR": str(folder), "DEMO": "1"}))
        self.now = datetime.fromisoformat("2026-11-23T15:00:00+00:00")
        self.texts = count(2)
        self.offices: tuple[Office, ...] = (CHAIR,)
        self.known = Known()
        self.frozen: list[UUID] = []
        self.lines: dict[UUID, tuple[str, ...]] = {}
        with self.database.transaction() as session:
            self.cast: Cast = make.cast(session, self.now)
            self.version: LetterVersion = make.letter(session, self.cast, now=self.now)
            self.closes = self.now + make.OPEN_FOR
            self.sign_ons: dict[str, UUID] = {}
        for who, audience in ((who, audience) for who in PEOPLE for audience in Audience):
            preset = {"dee": {OFFICE: {"count"}}, "river": {OFFICE: {"count", "member", "region", "state"}}}
            limit = preset.get(who, {}).get(audience, {"count"} if who in preset else set(Fact))
            if (who, audience) == ("river", OFFICE):
                limit = {*limit, "chosen_name", "survivor"}
            self.known.limits[who, audience] = frozenset(Fact(fact) for fact in limit)

    def teardown(self) -> None:
        with self.database.reading() as session:
            assert verify(session).holds
            rows = (row for table in METADATA.sorted_tables for row in session.execute(select(table)))
            stored = " ".join(repr(tuple(row)) for row in rows)
        self.database.close()
        for words in SAID.values():
            for word in (words["full_name"], words["chosen_name"]):
                assert not re.search(rf"\b{word}\b", stored), word

    def marks(self) -> frozenset[str]:
        with self.database.reading() as session:
            return frozenset(office_mark(row) for row in recipients(session, self.version.letter_id))

    # ---- people

    @rule(
        who=st.sampled_from(PEOPLE),
        choices=st.tuples(CHOICES, CHOICES, CHOICES),
        days=st.tuples(*(st.sampled_from(SPANS[audience].offered_days) for audience in (OFFICE, WEB, PRESS))),
    )
    def sign(self, who: str, choices: tuple[Choice, Choice, Choice], days: tuple[int, int, int]) -> None:
        self._sign(who, choices, dict(zip((OFFICE, WEB, PRESS), days, strict=True)))

    @rule(
        who=st.sampled_from(PEOPLE), form=st.sampled_from((Form.FULL_NAME, Form.CHOSEN_NAME, Form.DESCRIPTOR))
    )
    def sign_as_allowed(self, who: str, form: Form) -> None:
        """Sign as people mostly do: the same to everybody who may see it."""
        choice = Choice(form)
        allowed = [
            choice if self.known.within(who, audience, choice) else Choice()
            for audience in (OFFICE, WEB, PRESS)
        ]
        self._sign(who, (allowed[0], allowed[1], allowed[2]), dict(make.DAYS))

    def _sign(self, who: str, choices: tuple[Choice, ...], days: Mapping[Audience, int]) -> None:
        wanted = dict(zip((OFFICE, WEB, PRESS), choices, strict=True))
        fits = all(
            choice.form is Form.COUNT_ONLY
            or (self.known.within(who, audience, choice) and line_of(who, choice) is not None)
            for audience, choice in wanted.items()
        )
        try:
            with self.database.transaction() as session:
                signed = make.sign(
                    session, self.version.letter_id, getattr(self.cast, who), self.now, *choices, days=days
                )
        except REFUSALS:
            assert not (fits and self.now < self.closes), "a yes that may be given was refused"
            return
        assert fits
        self.sign_ons[who] = signed.id
        self._agree(who, {**wanted, Audience.COUNT: Choice()}, days)

    def _agree(self, who: str, wanted: Mapping[Audience, Choice], days: Mapping[Audience, int]) -> None:
        today, is_open = day_in(make.ZONE, self.now), self.now < self.closes
        for audience, choice in wanted.items():
            end = end_of_day(make.ZONE, today + timedelta(days=days.get(audience, 90)))
            if audience is Audience.COUNT:
                end = min(end, self.closes + timedelta(days=30))
            offices, before = self.marks(), self.known.agreed.get((who, audience))
            if not is_open:
                assert before is not None
                assert GIVES_AWAY[choice.form] <= GIVES_AWAY[before.choice.form]
                end, offices = min(end, before.end), offices & before.offices
            line = line_of(who, choice)
            self.known.agreed[who, audience] = Agreed(choice, line, end, self.version.sha256, offices)

    @rule(who=st.sampled_from(PEOPLE), how=st.sampled_from((make.withdraw, make.decline)))
    def leave(self, who: str, how: object) -> None:
        with self.database.transaction() as session:
            how(session, self.version.letter_id, getattr(self.cast, who), self.now)  # type: ignore[operator]
        for audience in Audience:
            self.known.agreed.pop((who, audience), None)

    # ---- the calendar and the membership group

    @rule(hours=st.sampled_from((1, 7, 24, 24 * 8, 24 * 31, 24 * 100)))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(who=st.sampled_from(PEOPLE), audience=st.sampled_from((OFFICE, WEB, PRESS)), limit=LIMITS)
    def set_limit(self, who: str, audience: Audience, limit: Facts) -> None:
        self.now += timedelta(seconds=1)
        with self.database.transaction() as session:
            person = getattr(self.cast, who)
            set_limits(session, person, {audience: limit}, by=self.cast.lee, in_force_at=self.now)
        self.known.limits[who, audience] = limit

    # ---- the office

    @rule()
    def change_the_text(self) -> None:
        self.now += timedelta(seconds=1)
        with self.database.transaction() as session:
            self.version = make.edit(
                session, self.cast, self.version.letter_id, now=self.now, body=f"Text {next(self.texts)}."
            )
        self.closes = self.now + make.OPEN_FOR

    @rule()
    def open_again(self) -> None:
        self.closes = self.now + make.OPEN_FOR
        with self.database.transaction() as session:
            open_for_signons(session, self.version.id, closes_at=self.closes, by=self.cast.jo, now=self.now)

    @rule(offices=st.sampled_from(((CHAIR,), (RANKING,), (CHAIR, RANKING), (CHAIR, POSTING))))
    def send_elsewhere(self, offices: tuple[Office, ...]) -> None:
        with self.database.transaction() as session:
            set_recipients(session, self.version.letter_id, offices)
        self.offices, self.known.posts = offices, POSTING in offices

    @rule()
    def freeze(self) -> None:
        with self.database.transaction() as session:
            made = make.frozen(session, self.version, self.cast, self.now)
        allowed = self.known.shown(OFFICE, self.version.sha256, self.now, self.marks())
        if made.id not in self.lines:
            self.frozen.append(made.id)
            self.lines[made.id] = tuple(sorted(allowed.values()))

    @precondition(lambda self: self.frozen)
    @rule(data=st.data(), way=st.sampled_from((Way.POST, Way.EMAIL)))
    def deliver(self, data: st.DataObject, way: Way) -> None:
        id = data.draw(st.sampled_from(self.frozen))
        try:
            with self.database.transaction() as session:
                office = data.draw(st.sampled_from(recipients(session, self.version.letter_id)))
                done = make.hand_over(session, id, office.id, self.cast, self.now, way, "receipt")
                marks, made = office_mark(office), session.get_one(Edition, id)
                was_before = done.delivered_at < self.now or done.way != way
                message = session.scalars(select(Message).where(Message.about_id == done.id)).first()
                if message is not None and message.sent_at is None and message.dropped_at is None:
                    self._post(session, message)
        except (EditionVoid, OtherOffice):
            return
        if not was_before:
            self._went(made, marks)

    def _post(self, session: Session, message: Message) -> None:
        if self.trade.may_send(session, message, self.now):
            message.sent_at = self.now
        else:
            message.dropped_at = self.now

    def _went(self, made: Edition, mark: str) -> None:
        """What left was, at that moment, allowed to the last line, and its people are told."""
        assert mark in made.offices.split()
        text = self.version.sha256
        allowed = self.known.shown(OFFICE, text, self.now, frozenset(made.offices.split()))
        assert sorted(allowed.values()) == sorted(self.lines[made.id])
        self.known.sent.setdefault(text, self.now)
        with self.database.reading() as session:
            for who, sign_on in self.sign_ons.items():
                assert who not in allowed or where_it_went(session, self.version.letter_id, sign_on)

    @precondition(lambda self: self.prints > 0 and self.known.agreed)
    @rule()
    def print_on_paper(self) -> None:
        self.prints -= 1
        self._print()

    def _print(self) -> None:
        id = make.edition_of(make.printed(self.database, self.version, self.cast, self.now))
        with self.database.reading() as session:
            made = edition(session, id)
            assert made is not None
            path = self.folder / "edition.pdf"
            path.write_bytes(pdf_of(session, made) or b"")
        read = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        text = " ".join(read.split())
        allowed = self.known.shown(OFFICE, self.version.sha256, self.now, self.marks())
        assert all(line in text for line in allowed.values())
        for words in SAID.values():
            for word in (words["full_name"], words["chosen_name"]):
                told = any(word in line for line in allowed.values())
                assert told or not re.search(rf"\b{word}\b", text), word

    # ---- the promise

    @invariant()
    def nobody_is_shown_who_did_not_say_so(self) -> None:
        marks, text = self.marks(), self.version.sha256
        with self.database.reading() as session:
            for audience in (OFFICE, WEB, PRESS):
                sent = self.known.sent.get(text) if audience is OFFICE else None
                shown = signers_for(session, self.version.id, audience, self.now, sent_at=sent)
                asked = marks if audience is OFFICE else frozenset[str]()
                allowed = self.known.shown(audience, text, self.now, asked)
                assert [one.line for one in shown.individuals] == sorted(allowed.values())
                counted = {who for who in PEOPLE if self.known.holds(who, Audience.COUNT, text, self.now)}
                assert shown.others == len(counted - set(allowed))

    @invariant()
    def nobody_stands_under_an_older_text(self) -> None:
        with self.database.reading() as session:
            newest = version(session, self.version.id)
            assert newest is not None
            older = select(LetterVersion.id).where(LetterVersion.sha256 != newest.sha256)
            for id in session.scalars(older):
                assert signers_for(session, id, WEB, self.now).total == 0


def walk(folder: Path, empty: Path, keys: Keys, *, examples: int, steps: int, prints: int) -> None:
    numbers = count()
    run_state_machine_as_test(
        lambda: Promise(folder, empty.read_bytes(), keys, prints, next(numbers)),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nobody_is_shown_who_did_not_say_so(tmp_path: Path, empty_database: Path, keys: Keys) -> None:
    walk(tmp_path, empty_database, keys, examples=12, steps=30, prints=1)


@pytest.mark.long
def test_nobody_is_ever_shown_who_did_not_say_so(tmp_path: Path, empty_database: Path, keys: Keys) -> None:
    walk(tmp_path, empty_database, keys, examples=1500, steps=70, prints=1)
