"""Whatever people, the office and the calendar do in whatever order: nobody is shown who did not say so.

The model beside the machine says the rules once more in plain sets, and knows only what was acknowledged.
"""

import re
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
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
from advocacy.db import Database, sweep_traces
from advocacy.editions.actions import EditionVoid, OtherOffice
from advocacy.editions.messages import DeliveryTrade
from advocacy.editions.models import Edition, Way
from advocacy.editions.queries import edition, first_sent_at, pdf_of, where_it_went
from advocacy.erasure import erase, replay
from advocacy.journal import Journal
from advocacy.key_file import Keys
from advocacy.ledger import Ledger
from advocacy.letters.actions import Office, approve, open_for_signons, set_recipients, write_version
from advocacy.letters.mending import agree_typo, say_typo
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import office_mark, recipients, version
from advocacy.mail.models import Message
from advocacy.migrations.tables import METADATA
from advocacy.people.limiting import say_limits
from advocacy.people.limits import Audience, Fact, Facts, Form, parse_facts
from advocacy.people.raising import confirm_raise, raises_waiting, refuse_raise
from advocacy.restoring import hold_to
from advocacy.signons.actions import NotOpen, OnlyLess, PreviewFirst, TextChanged
from advocacy.signons.consent import SPANS, Choice
from advocacy.signons.inviting import GroupTooSmall
from advocacy.signons.one_more_office import answer_offices, marks_of, offices_to_ask
from advocacy.signons.previews import OverLimit
from advocacy.signons.queries import signers_for
from advocacy.signons.renewing import lapsing, renew, renewal_mark
from advocacy.signons.sooner import NotSooner, end_sooner
from advocacy.signons.undoing import may_come_back, put_back
from advocacy.signons.visits import Visit
from tests import make
from tests.make import CHAIR, POSTING, RANKING, Cast
from tests.stories.reader import (
    A_DAY,
    CHOICES,
    GIVES_AWAY,
    LIMITS,
    OFFICE,
    PEOPLE,
    PRESS,
    SAID,
    WEB,
    Agreed,
    Known,
    Wider,
    line_of,
)

REFUSALS = (NotOpen, OnlyLess, PreviewFirst, TextChanged, OverLimit)
TYPOS = (("recieve", "receive"), ("seperate", "separate"))
LISTED = st.sampled_from(PEOPLE)


@dataclass(frozen=True)
class Backup:
    """A copy of the database, what was so when it was made, and how much had been taken back by then."""

    content: bytes
    then: dict[str, Any]
    taken_back: int


class Promise(RuleBasedStateMachine):
    """People, the office and the calendar, each doing what they may; and a machine put back a while."""

    def __init__(self, folder: Path, empty: bytes, keys: Keys, number: int) -> None:
        super().__init__()
        self.folder, self.keys, self.steps, self.printed = folder, keys, 0, False
        self.path = folder / f"{number}.db"
        self.path.write_bytes(empty)
        self.journal = Journal(folder / f"{number}-journal.jsonl")
        self.ledger = Ledger(folder / f"{number}-erasures.jsonl")
        self.database = self._open()
        self.trade = DeliveryTrade(Config.from_environment({"VAR": str(folder), "DEMO": "1"}))
        self.now = datetime.fromisoformat("2026-11-23T15:00:00+00:00")
        self.texts = count(2)
        self.known = Known()
        self.frozen: list[UUID] = []
        self.lines: dict[UUID, tuple[str, ...]] = {}
        self.posted: dict[UUID, bool] = {}
        self.sign_ons: dict[str, UUID] = {}
        self.signed: dict[str, UUID] = {}
        self.left_at: dict[str, datetime] = {}
        self.meaning, self.meanings = 1, dict[UUID, int]()
        self.backups: list[Backup] = []
        self.taken_back: list[tuple[str, str]] = []
        with self.database.transaction() as session:
            self.cast: Cast = make.cast(session, self.now)
            self.version: LetterVersion = make.letter(session, self.cast, now=self.now, body=text_of(1))
        self.meanings[self.version.id] = self.meaning
        self.closes = self.now + make.OPEN_FOR
        self._begin_with_limits()

    def _begin_with_limits(self) -> None:
        for who, audience in ((who, audience) for who in PEOPLE for audience in Audience):
            preset = {"dee": {OFFICE: {"count"}}, "river": {OFFICE: {"count", "member", "region", "state"}}}
            limit = preset.get(who, {}).get(audience, {"count"} if who in preset else set(Fact))
            if (who, audience) == ("river", OFFICE):
                limit = {*limit, "chosen_name", "survivor"}
            self.known.limits[who, audience] = frozenset(Fact(fact) for fact in limit)

    def _open(self) -> Database:
        return Database(f"sqlite:///{self.path}", keys=self.keys, journal=self.journal)

    def teardown(self) -> None:
        with self.database.reading() as session:
            assert verify(session).holds
            rows = (row for table in METADATA.sorted_tables for row in session.execute(select(table)))
            stored = " ".join(repr(tuple(row)) for row in rows)
        self.database.close()
        self.backups.clear()
        beside = " ".join(one.path.read_text() for one in (self.journal, self.ledger) if one.path.exists())
        for words in SAID.values():
            for word in (words["full_name"], words["chosen_name"]):
                assert not re.search(rf"\b{word}\b", stored + beside), word

    def marks(self) -> frozenset[str]:
        with self.database.reading() as session:
            return self._marks(session)

    def _marks(self, session: Session) -> frozenset[str]:
        return frozenset(office_mark(row) for row in recipients(session, self.version.letter_id))

    def person(self, who: str) -> UUID:
        """Who that is."""
        id: UUID = getattr(self.cast, who)
        return id

    def come(self, session: Session, who: str) -> Visit:
        """She opens a fresh link."""
        return make.come(session, self.version.letter_id, self.person(who), self.now)

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
            choice if self.known.may_choose(who, audience, choice) else Choice()
            for audience in (OFFICE, WEB, PRESS)
        ]
        self._sign(who, (allowed[0], allowed[1], allowed[2]), dict(make.DAYS))

    @rule(who=LISTED, audience=st.sampled_from((OFFICE, WEB, PRESS)), form=st.sampled_from(Form))
    def ask_for_more(self, who: str, audience: Audience, form: Form) -> None:
        """Be counted now, and shown so once somebody heard her say it; to all others, as far as she may."""
        choice = Choice(form)
        choices = [
            choice if one is audience or self.known.may_choose(who, one, choice) else Choice()
            for one in (OFFICE, WEB, PRESS)
        ]
        self._sign(who, tuple(choices), make.DAYS, later=audience)

    def _sign(
        self,
        who: str,
        choices: tuple[Choice, ...],
        days: Mapping[Audience, int],
        later: Audience | None = None,
    ) -> None:
        if who in self.known.erased:
            return
        wanted = dict(zip((OFFICE, WEB, PRESS), choices, strict=True))
        fits = all(self._may_wish(who, audience, wanted[audience], later) for audience in wanted)
        try:
            with self.database.transaction() as session:
                signed = make.sign(
                    session,
                    self.version.letter_id,
                    self.person(who),
                    self.now,
                    *choices,
                    days=days,
                    later=later,
                )
        except REFUSALS:
            assert not (fits and self.now < self.closes), "a yes that may be given was refused"
            return
        assert fits
        self.sign_ons[who] = signed.id
        self._agree(who, self._told(who, {**wanted, Audience.COUNT: Choice()}, days), later)
        self.signed[who] = self.version.id
        self.known.taken_off.pop(who, None)

    def _may_wish(self, who: str, audience: Audience, choice: Choice, later: Audience | None) -> bool:
        if audience is later:
            return self.now < self.closes and self.known.may_ask_for_more(who, audience, choice)
        return self.known.may_choose(who, audience, choice)

    def _told(
        self, who: str, wanted: Mapping[Audience, Choice], days: Mapping[Audience, int]
    ) -> Mapping[Audience, Agreed]:
        """What she is told she agreed to."""
        today, is_open = day_in(make.ZONE, self.now), self.now < self.closes
        told = {}
        for audience, choice in wanted.items():
            end = end_of_day(make.ZONE, today + timedelta(days=days.get(audience, 90)))
            if audience is Audience.COUNT:
                end = min(end, self.closes + timedelta(days=30))
            offices, before = self.marks(), self.known.agreed.get((who, audience))
            if not is_open:
                stood = before.choice.form if before else Form.COUNT_ONLY
                assert GIVES_AWAY[choice.form] <= GIVES_AWAY[stood]
                asked = self.known.agreed[who, Audience.COUNT].offices
                end, offices = min(end, before.end) if before else end, offices & asked
            told[audience] = Agreed(choice, line_of(who, choice), end, self.meaning, offices)
        return told

    def _agree(self, who: str, told: Mapping[Audience, Agreed], later: Audience | None) -> None:
        before = {audience: self.known.agreed.get((who, audience)) for audience in Audience}
        same = self.signed.get(who) == self.version.id and all(
            given is not None
            and replace(given, rests_on=None) == told[audience]
            and (given.rests_on is not None) == (audience is later)
            and (given.rests_on is None or not self.known.raises[given.rests_on].refused)
            for audience, given in before.items()
        )
        if same:
            return
        if any(before.values()):
            self.taken_back.append(("off", who))
        self.known.nobody_need_call(before.values())
        for audience, given in told.items():
            asked = audience is later
            rests = self.known.ask_for_more(who, audience, given.choice) if asked else None
            self.known.agreed[who, audience] = replace(given, rests_on=rests)

    @precondition(lambda self: self.standing)
    @rule(data=st.data(), how=st.sampled_from((make.withdraw, make.decline)))
    def leave(self, data: st.DataObject, how: Callable[..., None]) -> None:
        who = data.draw(st.sampled_from(self.standing))
        with self.database.transaction() as session:
            how(session, self.version.letter_id, self.person(who), self.now)
        if self._stands(who):
            self.taken_back.append(("off", who))
            self.known.leave(who)
            self.left_at[who] = self.now

    def _stands(self, who: str) -> bool:
        return any((who, audience) in self.known.agreed for audience in Audience)

    @property
    def standing(self) -> list[str]:
        """Whoever has said yes to something."""
        return [who for who in PEOPLE if self._stands(who) and who not in self.known.erased]

    @precondition(lambda self: self.known.taken_off)
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        """What comes back is word for word what stood, for a week, and never longer than it was to stand."""
        who = data.draw(st.sampled_from(sorted(self.known.taken_off)))
        with self.database.transaction() as session:
            visit = self.come(session, who)
            back = [Audience(one.audience) for one in may_come_back(session, visit, self.now)]
            if back:
                put_back(session, visit, back, zone=make.ZONE, now=self.now)
        for audience in back:
            given = self.known.taken_off[who][audience]
            assert self.now < min(given.end, self.left_at[who] + timedelta(days=7))
            assert given.text == self.meaning
            self.known.agreed[who, audience] = given
        if back:
            del self.known.taken_off[who]

    @precondition(lambda self: self.standing)
    @rule(data=st.data(), audience=st.sampled_from((OFFICE, WEB, PRESS)), days=st.integers(0, 200))
    def end_sooner(self, data: st.DataObject, audience: Audience, days: int) -> None:
        who = data.draw(st.sampled_from(self.standing))
        given = self.known.agreed.get((who, audience))
        if given is None:
            return
        day = day_in(make.ZONE, self.now) + timedelta(days=days)
        end = end_of_day(make.ZONE, day)
        try:
            with self.database.transaction() as session:
                end_sooner(session, self.come(session, who), {audience: day}, zone=make.ZONE, now=self.now)
        except NotSooner:
            assert end > given.end or end <= self.now
            return
        assert end <= given.end
        if end != given.end:
            self.taken_back.append(("off", who))
        self.known.agreed[who, audience] = replace(given, end=end)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def keep(self, data: st.DataObject) -> None:
        """What lapses soon is kept as it is: never wider, and never longer than a new yes could last."""
        who = data.draw(st.sampled_from(self.standing))
        with self.database.transaction() as session:
            visit, how = self.come(session, who), {"zone": make.ZONE, "now": self.now}
            found = lapsing(session, visit, first_sent_at, **how)  # type: ignore[arg-type]
            mark, wanted = renewal_mark(session, found), [one.consent_id for one in found]
            if wanted:
                renew(session, visit, wanted, mark=mark, sent_at=first_sent_at, **how)  # type: ignore[arg-type]
        for one in found:
            given = self.known.agreed[who, one.audience]
            days = SPANS[one.audience].default_days
            assert one.would_end_at <= end_of_day(
                make.ZONE, day_in(make.ZONE, self.now) + timedelta(days=days)
            )
            assert (one.line, given.text) == (given.line, self.meaning)
            self.known.agreed[who, one.audience] = replace(given, end=one.would_end_at)

    @precondition(lambda self: self.standing)
    @rule(data=st.data(), yes=st.booleans())
    def answer_for_an_office(self, data: st.DataObject, yes: bool) -> None:
        """One more office is asked about alone: a yes adds just that one, a no adds nothing."""
        who = data.draw(st.sampled_from(self.standing))
        with self.database.transaction() as session:
            visit = self.come(session, who)
            new = marks_of(offices_to_ask(session, visit, self.now))
            if new:
                answer_offices(session, visit, new, yes=yes, zone=make.ZONE, now=self.now)
        if not new or not yes:
            return
        assert self.now < self.closes and set(new.split()) <= self.marks()
        for audience in Audience:
            if given := self.known.agreed.get((who, audience)):
                offices = given.offices | set(new.split())
                self.known.agreed[who, audience] = replace(given, offices=offices)

    @precondition(lambda self: len(self.known.erased) < 3)
    @rule(who=LISTED, sure=st.sampled_from((False, False, False, True)))
    def erase(self, who: str, sure: bool) -> None:
        """Everything about her goes. Rarely, or there would be nobody left to walk with."""
        if not sure or who in self.known.erased:
            return
        erase(self.database, self.ledger, self.person(who), by=None, zone=make.ZONE, now=self.now)
        self._forget(who)

    def _forget(self, who: str) -> None:
        self.known.leave(who)
        self.known.taken_off.pop(who, None)
        self.known.erased.add(who)

    # ---- the calendar and the membership group

    def _later(self, much: timedelta) -> None:
        self.now += much
        self.known.settle(self.now)

    # Mostly little at a time, or nobody would still be there when something happens.
    @rule(hours=st.sampled_from((1, 1, 1, 7, 7, 24, 24, 24 * 5, 24 * 31, 24 * 100)))
    def wait(self, hours: int) -> None:
        self._later(timedelta(hours=hours))

    @rule(who=LISTED, audience=st.sampled_from((OFFICE, WEB, PRESS)), limit=LIMITS)
    def say_limit(self, who: str, audience: Audience, limit: Facts) -> None:
        """She tells the membership group how far she may be shown: less at once, more a day later."""
        if who in self.known.erased:
            return
        self._later(timedelta(seconds=1))
        how = {"by": self.cast.lee, "by_voice": True, "wait": A_DAY, "now": self.now}
        with self.database.transaction() as session:
            say_limits(session, self.person(who), {audience: limit}, **how)  # type: ignore[arg-type]
        if self.known.say_limit(who, audience, limit, self.now):
            self.taken_back.append(("limit", who))
        if self.known.take_back_raises(who, audience, limit, self.now):
            self.taken_back.append(("refused", who))

    @precondition(lambda self: self.known.waiting())
    @rule(data=st.data(), yes=st.booleans())
    def call_her(self, data: st.DataObject, yes: bool) -> None:
        """The membership group hears her say it, and it holds a day later; or she did not say so."""
        self._later(timedelta(seconds=1))
        names = {self.person(who): who for who in PEOPLE}
        with self.database.transaction() as session:
            rows = {
                (names[row.person_id], row.audience, parse_facts(row.facts)): row.id
                for row in raises_waiting(session)
            }
            waiting = {(one.who, str(one.audience), one.facts): one for one in self.known.waiting()}
            assert set(rows) == set(waiting)
            which = data.draw(st.sampled_from(sorted(waiting, key=str)))
            if yes:
                confirm_raise(session, rows[which], by=self.cast.lee, wait=A_DAY, now=self.now)
            else:
                today = day_in(make.ZONE, self.now)
                refuse_raise(session, rows[which], by=self.cast.lee, today=today)
        self._called(waiting[which], yes)

    def _called(self, asked: Wider, yes: bool) -> None:
        if not yes:
            asked.refused = True
            self.taken_back.append(("refused", asked.who))
            return
        asked.in_force_at = self.now + A_DAY
        key = (asked.who, asked.audience)
        wider = self.known.at_last(*key) | asked.facts
        self.known.to_come.setdefault(key, []).append((asked.in_force_at, wider))

    # ---- the machine it runs on

    @rule()
    def back_up(self) -> None:
        sweep_traces(self.database)
        names = ("version", "meaning", "closes", "frozen", "lines", "sign_ons", "signed", "known", "left_at")
        then = {name: copy(getattr(self, name)) for name in names}
        then["known"] = deepcopy(self.known)
        self.backups.append(Backup(self.path.read_bytes(), then, len(self.taken_back)))

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def put_a_backup_back(self, data: st.DataObject) -> None:
        """What was taken back since then stays taken back, whatever the copy of the database says."""
        backup, erased = self.backups[data.draw(st.sampled_from(range(len(self.backups))))], self.known.erased
        self.database.close()
        for beside in self.folder.glob(f"{self.path.name}-*"):
            beside.unlink()
        self.path.write_bytes(backup.content)
        self.database = self._open()
        for name, value in backup.then.items():
            setattr(self, name, deepcopy(value) if name == "known" else copy(value))
        self._later(timedelta(seconds=1))
        replay(self.database, self.ledger, zone=make.ZONE, now=self.now)
        hold_to(self.database, self.journal, zone=make.ZONE, now=self.now)
        for who in erased:
            self._forget(who)
        for what, who in self.taken_back[backup.taken_back :]:
            self._take_back(what, who)

    def _take_back(self, what: str, who: str) -> None:
        if what == "sent":
            self.known.taken_off.clear()
            for one in PEOPLE:
                self.known.agreed.pop((one, OFFICE), None)
        elif what == "off":
            self.known.leave(who)
            self.known.taken_off.pop(who, None)
        elif who not in self.known.erased:
            # Said again, each is a new line, which the other copies do not know either.
            if what == "limit" and self.known.only_count(who):
                self.taken_back.append(("limit", who))
            if self.known.ask_for_nothing(who, self.now):
                self.taken_back.append(("refused", who))

    # ---- the office

    @rule()
    def invite(self) -> None:
        with suppress(GroupTooSmall, NotOpen), self.database.transaction() as session:
            make.ask_members(session, self.version, self.cast, self.now)

    @rule(really=st.sampled_from((False, True)))
    def change_the_text(self, really: bool) -> None:
        if not really:
            return
        self._later(timedelta(seconds=1))
        self.meaning = next(self.texts)
        with self.database.transaction() as session:
            body, letter = text_of(self.meaning), self.version.letter_id
            self.version = make.edit(session, self.cast, letter, now=self.now, body=body)
        self.meanings[self.version.id] = self.meaning
        self.closes = self.now + make.OPEN_FOR

    @rule()
    def mend_a_typo(self) -> None:
        """Two people agree that it is only a typo; every yes stands, and nobody gets more time."""
        wrong, right = next((typo for typo in TYPOS if typo[0] in self.version.body), ("", ""))
        if not wrong:
            return
        self._later(timedelta(seconds=1))
        body, before = self.version.body.replace(wrong, right), self.version
        words = {"title": before.title, "body": body, "based_on": before.n, "by": self.cast.amara}
        with self.database.transaction() as session:
            self.version = write_version(session, before.letter_id, now=self.now, **words)  # type: ignore[arg-type]
            approve(session, self.version.id, by=self.cast.jo, now=self.now)
            said = say_typo(session, self.version.id, by=self.cast.jo, now=self.now)
            agree_typo(session, said, by=self.cast.amara, now=self.now)
        self.meanings[self.version.id] = self.meaning

    @rule()
    def open_again(self) -> None:
        self.closes = self.now + make.OPEN_FOR
        with self.database.transaction() as session:
            open_for_signons(session, self.version.id, closes_at=self.closes, by=self.cast.jo, now=self.now)

    @rule(offices=st.sampled_from(((CHAIR,), (RANKING,), (CHAIR, RANKING), (CHAIR, POSTING), (POSTING,))))
    def send_elsewhere(self, offices: tuple[Office, ...]) -> None:
        with self.database.transaction() as session:
            set_recipients(session, self.version.letter_id, offices)
        self.known.posts, self.known.all_post = POSTING in offices, set(offices) == {POSTING}

    @rule()
    def freeze(self) -> None:
        with self.database.transaction() as session:
            made = make.frozen(session, self.version, self.cast, self.now)
        allowed = self.known.shown(OFFICE, self.meaning, self.now, self.marks())
        if made.id not in self.lines:
            self.frozen.append(made.id)
            self.lines[made.id] = tuple(sorted(allowed.values()))
            self.posted[made.id] = self.known.posts

    @precondition(lambda self: self.frozen)
    @rule(data=st.data(), way=st.sampled_from((Way.POST, Way.EMAIL)))
    def deliver(self, data: st.DataObject, way: Way) -> None:
        id, written = data.draw(st.sampled_from(self.frozen)), self._written()
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
        if self._written() > written:
            self.taken_back.append(("sent", ""))
        if not was_before:
            self._went(made, marks)

    def _written(self) -> int:
        return len(self.journal.path.read_bytes()) if self.journal.path.exists() else 0

    def _post(self, session: Session, message: Message) -> None:
        if self.trade.may_send(session, message, self.now):
            message.sent_at = self.now
        else:
            message.dropped_at = self.now

    def _went(self, made: Edition, mark: str) -> None:
        """What left was, at that moment, allowed to the last line, and its people are told."""
        assert mark in made.offices.split()
        text = self.meaning
        # A copy made for an office that posts stays as narrow as that one when the letter goes elsewhere.
        asked, posts = frozenset(made.offices.split()), self.posted[made.id]
        allowed = self.known.shown(OFFICE, text, self.now, asked, posts)
        lines = self.lines[made.id]
        if made.version_id == self.version.id:
            assert sorted(allowed.values()) == sorted(lines)
        # Whoever signed once the typos were gone did not sign the text that has them.
        assert set(lines) <= set(allowed.values())
        self.known.sent.setdefault(text, self.now)
        with self.database.reading() as session:
            for sign_on in (self.sign_ons[who] for who, line in allowed.items() if line in lines):
                assert where_it_went(session, self.version.letter_id, sign_on)

    @precondition(lambda self: not self.printed and self.known.agreed)
    @rule(really=st.sampled_from((False, False, False, True)))
    def print_on_paper(self, really: bool) -> None:
        """Once a walk at most: it takes a second."""
        if really:
            self.printed = True
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
        allowed = self.known.shown(OFFICE, self.meaning, self.now, self.marks())
        assert all(line in text for line in allowed.values())
        for words in SAID.values():
            for word in (words["full_name"], words["chosen_name"]):
                told = any(word in line for line in allowed.values())
                assert told or not re.search(rf"\b{word}\b", text), word

    # ---- the promise

    @invariant()
    def nobody_is_shown_who_did_not_say_so(self) -> None:
        self.steps += 1
        with self.database.reading() as session:
            for audience in (OFFICE, WEB, PRESS):
                self._nobody_is_shown_to(session, audience)
            self._nobody_stands_under_an_older_text(session)

    def _nobody_is_shown_to(self, session: Session, audience: Audience) -> None:
        text = self.meaning
        sent = self.known.sent.get(text) if audience is OFFICE else None
        shown = signers_for(session, self.version.id, audience, self.now, sent_at=sent)
        asked = self._marks(session) if audience is OFFICE else frozenset[str]()
        allowed = self.known.shown(audience, text, self.now, asked)
        named = [one.line for one in shown.individuals]
        assert named == sorted(allowed.values()), (audience, named, allowed)
        counted = {who for who in PEOPLE if self.known.holds(who, Audience.COUNT, text, self.now)}
        assert shown.others == len(counted - set(allowed))

    def _nobody_stands_under_an_older_text(self, session: Session) -> None:
        older = [id for id, meaning in self.meanings.items() if meaning != self.meaning]
        for id in older[-2:]:
            if version(session, id) is not None:
                assert signers_for(session, id, WEB, self.now).total == 0


def text_of(n: int) -> str:
    """A text with two typos in it."""
    return f"We ask for care for those who recieve none, and keep it seperate. This is text {n}."


def walk(folder: Path, empty: Path, keys: Keys, *, steps: int) -> None:
    """So many steps at least, in walks of up to fifty."""
    machines: list[Promise] = []

    def begin() -> Promise:
        machines.append(Promise(folder, empty.read_bytes(), keys, len(machines)))
        return machines[-1]

    while (taken := sum(machine.steps for machine in machines)) < steps:
        run_state_machine_as_test(
            begin,
            settings=settings(
                max_examples=max(5, (steps - taken) // 40),
                stateful_step_count=50,
                deadline=None,
                report_multiple_bugs=False,
                derandomize=False,
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.mark.parametrize("part", range(2))
def test_nobody_is_shown_who_did_not_say_so(
    tmp_path: Path, empty_database: Path, keys: Keys, part: int
) -> None:
    walk(tmp_path, empty_database, keys, steps=1_000)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_nobody_is_ever_shown_who_did_not_say_so(
    tmp_path: Path, empty_database: Path, keys: Keys, part: int
) -> None:
    walk(tmp_path, empty_database, keys, steps=25_000)
