"""A fair reader of what was acknowledged: the rules of consent once more, in plain sets, apart from code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Fact, Facts, Form
from advocacy.signons.consent import Choice

OFFICE, WEB, PRESS = Audience.RECIPIENT, Audience.WEB, Audience.PRESS
ZONE = ZoneInfo("America/New_York")
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
# Everybody's words: what each form would print. One lives where too few others do.
SAID: Mapping[str, Mapping[str, str]] = {
    "dee": {"full_name": "Delia Placeholder", "chosen_name": "Dee", "initials": "D. P."},
    "river": {"full_name": "Rivka Samplewater", "chosen_name": "River", "initials": "R. S."},
    "wren": {"full_name": "Wren Sample", "chosen_name": "Wrenna", "initials": "W. S."},
    "nguyen": {"full_name": "Nguyễn Mẫu", "chosen_name": "Mai", "initials": "N. M."},
    "ana": {"full_name": "Ana-Lucía Ejemplo", "chosen_name": "Lucía", "initials": "A. E."},
}
ALONE = {"ana"}
PEOPLE = tuple(SAID)
# So many members live in Ohio as the story begins: four in the office, and four of those above.
IN_OHIO, FEWEST = 8, 5
A_DAY = timedelta(days=1)
CHOICES = st.builds(Choice, st.sampled_from(Form), st.booleans())
LIMITS = st.frozensets(st.sampled_from(Fact)).map(lambda facts: facts | {Fact.COUNT})


def line_of(who: str, choice: Choice) -> str | None:
    """What somebody's choice would print."""
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
class Wider:
    """A wider limit somebody asked for as she signed."""

    who: str
    audience: Audience
    facts: Facts
    in_force_at: datetime | None = None
    refused: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody has heard her say it."""
        return self.in_force_at is None and not self.refused

    def holds(self, at: datetime) -> bool:
        """Whether what rests on it may show."""
        return not self.refused and self.in_force_at is not None and self.in_force_at <= at


@dataclass(frozen=True)
class Agreed:
    """What one person was told is so, for one audience. A text is known by its meaning."""

    choice: Choice
    line: str | None
    end: datetime
    text: int
    offices: frozenset[str]
    rests_on: int | None = None


@dataclass
class Known:
    """All that a fair reader of the acknowledgements would know."""

    agreed: dict[tuple[str, Audience], Agreed] = field(default_factory=dict)
    limits: dict[tuple[str, Audience], Facts] = field(default_factory=dict)
    to_come: dict[tuple[str, Audience], list[tuple[datetime, Facts]]] = field(default_factory=dict)
    raises: list[Wider] = field(default_factory=list)
    sent: dict[int, datetime] = field(default_factory=dict)
    taken_off: dict[str, dict[Audience, Agreed]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    posts: bool = False
    all_post: bool = False

    def leave(self, who: str) -> None:
        """Her name is off, and can be put back for a week."""
        stood = {audience: self.agreed.pop((who, audience), None) for audience in Audience}
        self.nobody_need_call(stood.values())
        if kept := {audience: given for audience, given in stood.items() if given is not None}:
            self.taken_off[who] = kept

    def nobody_need_call(self, ended: Iterable[Agreed | None]) -> None:
        """What she took back before anybody called her about it is over."""
        for given in ended:
            if given and given.rests_on is not None and self.raises[given.rests_on].waits:
                self.raises[given.rests_on].refused = True

    def waiting(self) -> list[Wider]:
        """Whatever waits for a voice."""
        return [one for one in self.raises if one.waits and one.who not in self.erased]

    def ask_for_more(self, who: str, audience: Audience, choice: Choice) -> int:
        """Which raise a choice beyond her limit rests on: asked twice while nobody called, it is the same."""
        facts = frozenset(Fact(fact) for fact in told_by(choice))
        same = [
            n
            for n, one in enumerate(self.raises)
            if one.waits and (one.who, one.audience, one.facts) == (who, audience, facts)
        ]
        if not same:
            self.raises.append(Wider(who, audience, facts))
        return same[0] if same else len(self.raises) - 1

    def settle(self, now: datetime) -> None:
        """Let what was decided come into force."""
        for key, coming in self.to_come.items():
            for at, facts in sorted(coming):
                if at <= now:
                    self.limits[key] = facts
            self.to_come[key] = [(at, facts) for at, facts in coming if at > now]

    def at_last(self, who: str, audience: Audience) -> Facts:
        """Her limit once everything decided is in force."""
        coming = sorted(self.to_come.get((who, audience), []))
        return coming[-1][1] if coming else self.limits[who, audience]

    def say_limit(self, who: str, audience: Audience, facts: Facts, now: datetime) -> bool:
        """She says how far: less at once, more after a day. Whether something wider is gone."""
        before, lower = self.limits[who, audience], False
        if not (facts == self.at_last(who, audience) and before <= facts):
            coming = self.to_come.get((who, audience), [])
            kept = [one for one in coming if one[1] <= facts & before]
            lower = len(kept) < len(coming) or not before <= facts & before
            self.limits[who, audience] = facts & before
            more = [] if facts <= before else [(now + A_DAY, facts)]
            self.to_come[who, audience] = [*kept, *more]
        return lower

    def take_back_raises(self, who: str, audience: Audience, most: Facts, now: datetime) -> bool:
        """What was asked for beyond this, and is not in force, never comes. Whether there was any."""
        gone = [
            one
            for one in self.raises
            if (one.who, one.audience, one.refused) == (who, audience, False)
            and not one.holds(now)
            and not one.facts <= most
        ]
        for one in gone:
            one.refused = True
        return bool(gone)

    def ask_for_nothing(self, who: str, now: datetime) -> bool:
        """Whatever she asked for that is not in force never comes. Whether there was any."""
        return any([self.take_back_raises(who, one, NOTHING_BUT_COUNT, now) for one in Audience])

    def only_count(self, who: str) -> bool:
        """Nobody knows any more what she wanted instead: the least. Whether something wider is gone."""
        return any([self._no_more_than_a_number(who, audience) for audience in Audience])

    def _no_more_than_a_number(self, who: str, audience: Audience) -> bool:
        coming = self.to_come.get((who, audience), [])
        kept = [one for one in coming if one[1] <= NOTHING_BUT_COUNT]
        lower = len(kept) < len(coming) or not self.limits[who, audience] <= NOTHING_BUT_COUNT
        self.limits[who, audience], self.to_come[who, audience] = NOTHING_BUT_COUNT, kept
        return lower

    def may_ask_for_more(self, who: str, audience: Audience, choice: Choice) -> bool:
        """Whether only her limit stands against it."""
        if choice.form is Form.COUNT_ONLY or choice != Choice(choice.form):
            return False
        may_be = line_of(who, choice) is not None and self.is_common(choice)
        return may_be and not self.may_choose(who, audience, choice)

    def within(self, who: str, audience: Audience, choice: Choice) -> bool:
        """Whether her naming limit allows it."""
        return told_by(choice) <= set(self.limits[who, audience])

    def may_choose(self, who: str, audience: Audience, choice: Choice) -> bool:
        """Whether the door may let her choose it."""
        if choice.form is Form.COUNT_ONLY:
            return True
        for_web = audience is OFFICE and self.all_post
        fits = self.within(who, audience, choice) and (not for_web or self.within(who, WEB, choice))
        return fits and line_of(who, choice) is not None and self.is_common(choice)

    def is_common(self, choice: Choice) -> bool:
        """Whether enough members live where she lives for her place to be told."""
        left = IN_OHIO - len(self.erased - ALONE)
        return choice.form not in (Form.STATE, Form.REGION) or left >= FEWEST

    def covered(self, who: str, choice: Choice, text: int, at: datetime) -> bool:
        """Whether the web may see no less: asked where one of the offices puts on the web what it gets."""
        web = self.holds(who, WEB, text, at)
        if web is None or web.line is None or not self.within(who, WEB, web.choice):
            return False
        if not self.is_confirmed(web, at):
            return False
        return self.is_common(web.choice) and told_by(choice) <= told_by(web.choice)

    def is_confirmed(self, given: Agreed, at: datetime) -> bool:
        """Whether it rests on nothing, or on what holds."""
        return given.rests_on is None or self.raises[given.rests_on].holds(at)

    def holds(self, who: str, audience: Audience, text: int, at: datetime) -> Agreed | None:
        """What stands of her for an audience at a moment."""
        given = self.agreed.get((who, audience))
        if who in self.erased or given is None or given.text != text or at >= given.end:
            return None
        sent = self.sent.get(text)
        if audience is OFFICE and sent is not None and at >= thirty_days_after(sent):
            return None
        return given

    def shown(
        self,
        audience: Audience,
        text: int,
        at: datetime,
        offices: frozenset[str] = frozenset(),
        posts: bool | None = None,
    ) -> dict[str, str]:
        """Who may be shown, and how; `posts` tells whether one of these offices puts it on the web."""
        posts = self.posts if posts is None else posts
        lines: dict[str, str] = {}
        for who in PEOPLE:
            given = self.holds(who, audience, text, at)
            if given is None or given.line is None or not offices <= given.offices:
                continue
            if not self.is_confirmed(given, at):
                continue
            if audience is OFFICE and posts and not self.covered(who, given.choice, text, at):
                continue
            if self.within(who, audience, given.choice) and self.is_common(given.choice):
                lines[who] = given.line
        return lines


def thirty_days_after(sent: datetime) -> datetime:
    """The same time of day by her clocks, thirty days on."""
    return (sent.astimezone(ZONE) + timedelta(days=30)).astimezone(sent.tzinfo)
