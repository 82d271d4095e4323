"""The table of consent as a lawyer would read it: one row, one rule, and what is printed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from advocacy.people.limits import Fact, Facts, Form
from advocacy.signons.consent import (
    Choice,
    Given,
    Outcome,
    Places,
    Printing,
    Raise,
    Terms,
    decide,
    is_shown_in_public,
    revealed,
    shown_on_web,
)

NOW = datetime(2026, 12, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT, OTHER_TEXT = "a" * 64, "b" * 64
OFFICE, OTHER_OFFICE = "the office she was asked about", "an office added later"

COUNTED, MEMBER = Choice(), Choice(Form.DESCRIPTOR)
OHIO, MIDWEST = Choice(Form.STATE), Choice(Form.REGION)
RIVER, MARIA = Choice(Form.CHOSEN_NAME), Choice(Form.FULL_NAME)
RIVER_SURVIVOR = Choice(Form.CHOSEN_NAME, survivor=True)
RIVER_WITH_TITLE = Choice(Form.CHOSEN_NAME, credential=True)
RIVER_OF_A_HOUSE = Choice(Form.CHOSEN_NAME, affiliation=True)

ANYTHING: Facts = frozenset(Fact)
NOT = {fact: ANYTHING - {fact} for fact in Fact}
ENOUGH, TOO_FEW = Places(state=True, region=True), Places(state=False, region=False)
FEW_IN_THE_STATE = Places(state=False, region=True)


@dataclass(frozen=True)
class Row:
    """One line of the table. What is not said is as it is for everybody: everything holds."""

    rule: str
    prints: str
    choice: Choice = RIVER
    limit: Facts = ANYTHING
    says_survivors: bool = False
    text: str = TEXT
    goes_to: frozenset[str] = frozenset({OFFICE})
    lasts: timedelta = 30 * DAY
    sent: timedelta | None = None
    after_sending: int | None = None
    ended: bool = False
    places: Places = ENOUGH
    web: Choice | None = None
    web_ended: bool = False
    to_public_office: bool = False
    raised: Raise | None = None

    def given(self, choice: Choice) -> Given:
        return Given(
            choice=choice,
            text_sha256=TEXT,
            offices=frozenset({OFFICE}),
            latest_at=NOW + self.lasts,
            days_after_sending=self.after_sending,
            ended=self.ended,
            rests_on=self.raised,
        )

    def outcome(self) -> Outcome:
        sent_at = None if self.sent is None else NOW - self.sent
        printing = Printing(frozenset({self.text}), self.goes_to, NOW, sent_at)
        terms = Terms(self.limit, self.says_survivors, self.places)
        if self.to_public_office:
            web = replace(self.given(self.web), ended=self.web_ended, rests_on=None) if self.web else None
            terms = replace(terms, on_web=shown_on_web(web, terms, printing))
        return decide(self.given(self.choice), terms, printing)


TABLE = (
    # Form against naming limit: every fact of the line must be within the limit.
    Row("she chose to be counted", "count", choice=COUNTED),
    Row("her limit allows nothing but the count", "count", limit=frozenset({Fact.COUNT})),
    Row("her limit allows her chosen name", "line", limit=frozenset({Fact.COUNT, Fact.CHOSEN_NAME})),
    Row("a chosen name is not part of a full name", "count", limit=NOT[Fact.CHOSEN_NAME]),
    Row("a full name tells the first name too", "count", choice=MARIA, limit=NOT[Fact.FIRST_NAME]),
    Row("a full name tells the initials too", "count", choice=MARIA, limit=NOT[Fact.INITIALS]),
    Row("a state tells the region too", "count", choice=OHIO, limit=NOT[Fact.REGION]),
    # Each tick is a fact of its own.
    Row("survivor, within the limit", "line", choice=RIVER_SURVIVOR),
    Row("survivor, over the limit", "count", choice=RIVER_SURVIVOR, limit=NOT[Fact.SURVIVOR]),
    Row("credential, over the limit", "count", choice=RIVER_WITH_TITLE, limit=NOT[Fact.CREDENTIAL]),
    Row("affiliation, over the limit", "count", choice=RIVER_OF_A_HOUSE, limit=NOT[Fact.AFFILIATION]),
    # A letter that says it is from survivors says it of everybody who is named under it.
    Row("the letter says survivors, her limit allows it", "line", says_survivors=True),
    Row("the letter says survivors, not allowed", "count", says_survivors=True, limit=NOT[Fact.SURVIVOR]),
    Row("nobody sees who is counted there", "count", COUNTED, NOT[Fact.SURVIVOR], says_survivors=True),
    # The text.
    Row("she agreed to other words", "nothing", text=OTHER_TEXT),
    Row("she was counted under other words", "nothing", choice=COUNTED, text=OTHER_TEXT),
    # The recipients.
    Row("an office was added", "count", goes_to=frozenset({OFFICE, OTHER_OFFICE})),
    Row("the file is for another office alone", "count", goes_to=frozenset({OTHER_OFFICE})),
    # The end.
    Row("its last moment has come", "nothing", lasts=timedelta(0)),
    Row("its last moment is a second away", "line", lasts=timedelta(seconds=1)),
    Row("30 days after sending have passed", "nothing", sent=30 * DAY, after_sending=30),
    Row("29 days after sending have passed", "line", sent=29 * DAY, after_sending=30),
    Row("it was not sent yet", "line", after_sending=30),
    Row("she took her name off", "nothing", ended=True),
    # The place: only where at least five members live.
    Row("enough live in her state", "line", choice=OHIO),
    Row("too few live in her state", "count", choice=OHIO, places=FEW_IN_THE_STATE),
    Row("enough live in her region", "line", choice=MIDWEST, places=FEW_IN_THE_STATE),
    Row("too few live in her region", "count", choice=MIDWEST, places=TOO_FEW),
    Row("a name tells no place", "line", places=TOO_FEW),
    # An office that posts what it gets, or is a public record, asks for her yes to the web as well.
    Row("public office, the same line on the web", "line", web=RIVER, to_public_office=True),
    Row("public office, no yes to the web", "count", to_public_office=True),
    Row("public office, only counted on the web", "count", web=COUNTED, to_public_office=True),
    Row("public office, another line on the web", "count", web=MARIA, to_public_office=True),
    Row(
        "public office, her yes to the web is over", "count", web=RIVER, web_ended=True, to_public_office=True
    ),
    Row("public office, more on the web", "line", web=RIVER_SURVIVOR, to_public_office=True),
    Row("public office, less on the web", "count", RIVER_SURVIVOR, web=RIVER, to_public_office=True),
    Row(
        "public office, full name covers no title",
        "count",
        RIVER_WITH_TITLE,
        web=RIVER,
        to_public_office=True,
    ),
    Row("public office, she is counted there too", "count", choice=COUNTED, to_public_office=True),
    Row("private office, no yes to the web", "line"),
    # More than her limit, asked for at the door: counted until it is confirmed and its day has come.
    Row("asked, not confirmed", "count", raised=Raise()),
    Row("confirmed, in force tomorrow", "count", raised=Raise(NOW + DAY)),
    Row("confirmed, in force now", "line", raised=Raise(NOW)),
    Row("in force, but the limit went down again", "count", limit=NOT[Fact.CHOSEN_NAME], raised=Raise(NOW)),
    Row("not confirmed, though another raise was", "count", limit=ANYTHING, raised=Raise()),
)


@pytest.mark.parametrize("row", TABLE, ids=[row.rule for row in TABLE])
def test_a_row_of_the_table_holds(row: Row) -> None:
    assert row.outcome() == row.prints


FORMS = [Choice(form, *ticks) for form in Form for ticks in product((False, True), repeat=3)]


def test_a_public_office_gets_a_line_only_where_the_web_gets_every_fact_of_it() -> None:
    lines = 0
    for choice, web, says_survivors in product(FORMS, FORMS, (False, True)):
        row = Row("", "", choice, says_survivors=says_survivors, web=web, to_public_office=True)
        told, on_web = (set(revealed(one, implies_survivor=says_survivors)) for one in (choice, web))
        named = "count_only" not in (choice.form, web.form)
        wanted = "line" if named and not told - on_web else "count"
        assert row.outcome() == wanted, (choice, web, says_survivors)
        assert (wanted == "line") == is_shown_in_public(choice, web, implies_survivor=says_survivors)
        lines += wanted == "line"

    assert lines


def test_no_single_rule_can_be_taken_away_and_leave_the_line() -> None:
    whole = Row("", "line", web=RIVER, to_public_office=True, raised=Raise(NOW))
    broken = (
        replace(whole, limit=NOT[Fact.CHOSEN_NAME]),
        replace(whole, says_survivors=True, limit=NOT[Fact.SURVIVOR]),
        replace(whole, text=OTHER_TEXT),
        replace(whole, goes_to=frozenset({OTHER_OFFICE})),
        replace(whole, lasts=timedelta(0)),
        replace(whole, sent=DAY, after_sending=1),
        replace(whole, ended=True),
        replace(whole, choice=OHIO, web=OHIO, places=TOO_FEW),
        replace(whole, web=None),
        replace(whole, web_ended=True),
        replace(whole, raised=Raise()),
    )

    assert whole.outcome() is Outcome.LINE
    assert Outcome.LINE not in {row.outcome() for row in broken}
