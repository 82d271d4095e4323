"""Until when: a day of her own, ending sooner, keeping what lapses soon, and the close of a letter."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import Tag

from advocacy.db import Database
from advocacy.letters.actions import open_for_signons
from advocacy.people.models import MailMode, Person
from advocacy.signons.models import AskAgain
from advocacy.signons.sooner import end_sooner
from tests import make
from tests.make import CHOSEN, FULL, ZONE
from tests.page import Reviewed
from tests.signons.lapses import move
from tests.web.conftest import Clock
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

WEB = {"form_recipient": "count_only", "form_web": "full_name", "form_press": "count_only"}
MINUTE = timedelta(minutes=1)


def sign(house: House, person: object, at: datetime, **days: int) -> None:
    """She signs with her full name for the office and the web."""
    spans = {**make.DAYS, **{a: days[a] for a in make.DAYS if a in days}}
    with house.database.transaction() as session:
        make.sign(session, house.version.letter_id, person, at, FULL, CHOSEN, days=spans)  # type: ignore[arg-type]


def lives(house: House, zone: str) -> None:
    with house.database.transaction() as session:
        move(session, house.cast.wren, zone)


def ends(house: House) -> dict[str, datetime]:
    return {consent.audience: consent.latest_at for consent in house.consents()}


def close_now(house: House, now: datetime) -> None:
    with house.database.transaction() as session:
        open_for_signons(session, house.version.id, closes_at=now, by=house.cast.jo, now=now)


# A day of her own


def test_she_may_choose_any_day_up_to_the_last_of_the_list(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Show me how", **WEB, until_web="2026-12-12")

    assert "Until 12 December 2026." in phone.words
    phone.press("Sign", agree="yes")
    assert ends(house)["web"].isoformat() == "2026-12-13T05:00:00+00:00"


@pytest.mark.parametrize(
    "day", ["2026-11-23", "2026-11-22", "2027-11-24", "soon", "12/12/2026", "0001-01-01"]
)
def test_a_day_that_cannot_be_is_said_beside_its_field_and_nothing_is_lost(house: House, day: str) -> None:
    phone = house.phone(house.cast.wren).press("Show me how", 422, **WEB, until_web=day)

    wrong = phone.soup.select_one("#fault-web")
    assert isinstance(wrong, Tag)
    assert "from tomorrow on" in wrong.get_text()
    assert "form-web=full_name" in phone.ticked
    assert house.consents() == []


def test_the_field_knows_its_first_and_last_day_where_she_lives(house: House) -> None:
    lives(house, "Pacific/Kiritimati")
    phone = house.phone(house.cast.wren).press("Choose for each")
    field = phone.soup.select_one("input[type=date]")

    assert isinstance(field, Tag)
    assert (field["min"], field["max"]) == ("2026-11-25", "2027-05-23")
    assert field["value"] == ""


# Ending sooner


def test_she_ends_one_line_sooner_without_choosing_again(house: House, now: datetime) -> None:
    sign(house, house.cast.wren, now)
    before = ends(house)
    phone = house.phone(house.cast.wren)
    assert "Wrenna" not in phone.words
    phone.press("End it sooner").press("End sooner", until_web="2026-11-30")

    assert phone.state == "Done. It ends on the day you gave."
    assert "Until 30 November 2026." in phone.words
    assert ends(house) == {**before, "web": datetime.fromisoformat("2026-12-01T05:00:00+00:00")}


@pytest.mark.parametrize("day", ["2027-06-30", "2026-11-22", "soon"])
def test_never_later_and_never_in_the_past(house: House, now: datetime, day: str) -> None:
    sign(house, house.cast.wren, now)
    before = ends(house)
    phone = house.phone(house.cast.wren).press("End it sooner")
    phone.press("End sooner", 422, until_web=day, until_recipient="2026-11-30")

    assert "after the day you see here" in phone.words
    assert ends(house) == before


def test_a_bare_press_ends_nothing(house: House, now: datetime) -> None:
    sign(house, house.cast.wren, now)
    before = house.rows()
    phone = house.phone(house.cast.wren).press("End it sooner").press("End sooner", 422)

    assert "You gave no day. Nothing was changed." in phone.words
    assert {**house.rows(), "link": 0} == {**before, "link": 0}


# Keeping what lapses soon


@pytest.fixture
def may(house: House, clock: Clock, now: datetime) -> House:
    """Wren signed in November; it is May, and her two lines end soon."""
    sign(house, house.cast.wren, now)
    clock.forward(days=165)
    house.now = clock.at
    return house


def test_each_line_is_shown_with_both_days_and_nothing_is_chosen(may: House) -> None:
    phone = may.phone(may.cast.wren)
    assert "Wren Sample" not in phone.words
    phone.press("See what ends soon")

    assert phone.ticked == []
    for told in ("Wren Sample", "Wrenna", "Support for H.R. 1144", "It ends after 22 May 2027."):
        assert told in phone.words
    assert "If you keep it: until 3 November 2027." in phone.words
    assert phone.options["answer"] == ["none", "some", "all"]


def test_one_press_keeps_all_of_it(may: House) -> None:
    phone = may.phone(may.cast.wren).press("See what ends soon").press("Go on", answer="all")

    assert "Done. We keep this as it is." in phone.words
    assert "Until 3 November 2027." in phone.words
    assert {a: end.date() for a, end in ends(may).items() if a == "recipient"} == {
        "recipient": date(2027, 11, 4)
    }
    assert "See what ends soon" not in may.phone(may.cast.wren).buttons


def test_twice_is_once(may: House) -> None:
    phone = may.phone(may.cast.wren).press("See what ends soon")
    path, sent = phone.sent_by(phone.button("Go on"), "/s/renew")
    for _ in range(2):
        phone.see(may.client.post(path, data={**sent, "answer": "all"}))
        after = {**may.rows(), "link": 0}

    assert after == {**may.rows(), "link": 0}
    assert "Nothing of yours ends soon." in phone.words


def test_only_what_she_ticks_is_kept(may: House) -> None:
    before = ends(may)
    phone = may.phone(may.cast.wren).press("See what ends soon")
    boxes = [str(box["value"]) for box in phone.soup.select("input[name=keep]")]
    phone.press("Go on", 422, answer="some")
    assert "Please tick what you want to keep." in phone.words
    phone.press("Go on", answer="some", keep=boxes[1])

    assert ends(may)["recipient"] == before["recipient"]
    assert ends(may)["web"] > before["web"]


@pytest.mark.parametrize(("answer", "status"), [("", 422), ("none", 200)])
def test_a_bare_press_or_a_no_keeps_nothing(may: House, answer: str, status: int) -> None:
    before = ends(may)
    phone = may.phone(may.cast.wren).press("See what ends soon")
    phone.press("Go on", status, **({"answer": answer} if answer else {}))

    assert ends(may) == before


def test_what_changed_meanwhile_is_looked_at_again(may: House) -> None:
    phone = may.phone(may.cast.wren).press("See what ends soon")
    with may.database.transaction() as session:
        visit = make.come(session, may.version.letter_id, may.cast.wren, may.now)
        end_sooner(session, visit, {make.Audience.WEB: date(2027, 5, 10)}, zone=ZONE, now=may.now)
    before = ends(may)
    phone.press("Go on", 409, answer="all")

    assert "Please look again." in phone.words
    assert ends(may) == before


def test_where_her_mail_is_read_the_word_comes_first(may: House) -> None:
    key = may.key(may.cast.wren)
    with may.database.transaction() as session:
        session.get_one(Person, may.cast.wren).mail_mode = MailMode.WATCHED
    before = ends(may)
    for path in ("/s/renew", "/s/sooner", "/s/late"):
        sent = {"key": key, "answer": "all", "until-web": "2027-05-10"}
        page = may.client.post(path, data=sent)
        assert "This link can only take a name off." in page.text
        assert "Wren" not in page.text
    assert ends(may) == before


def test_by_her_own_clocks_the_days_are_hers(may: House) -> None:
    lives(may, "Pacific/Kiritimati")

    assert "It ends after 23 May 2027." in may.phone(may.cast.wren).press("See what ends soon").words


# The close


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("", "You can sign until 3 December 2026, 10:00 AM (New York time), 15:00 UTC."),
        ("Pacific/Honolulu", "You can sign until 3 December 2026, 5:00 AM (Hawaii time), 15:00 UTC."),
        ("America/Phoenix", "You can sign until 3 December 2026, 8:00 AM (Phoenix time), 15:00 UTC."),
        (
            "Pacific/Kiritimati",
            "You can sign until 4 December 2026, 5:00 AM (Kiritimati time), 3 December 2026, 15:00 UTC.",
        ),
    ],
)
def test_the_end_is_told_by_her_clocks_and_in_utc(house: House, zone: str, told: str) -> None:
    lives(house, zone)
    phone = house.phone(house.cast.wren)

    assert told in phone.words
    assert told in phone.press("Count me, no name").words


def test_without_clocks_of_her_own_those_of_the_letter_are_named(house: House, now: datetime) -> None:
    with house.database.transaction() as session:
        ends_at = now + timedelta(days=7, hours=7)
        zone = "America/Denver"
        open_for_signons(session, house.version.id, closes_at=ends_at, zone=zone, by=house.cast.jo, now=now)

    assert "until 30 November 2026, 3:00 PM (Denver time), 22:00 UTC." in house.phone(house.cast.wren).words
    assert (
        "hasta el 30 de noviembre de 2026, 3:00 p.m. (hora de Denver), 22:00 UTC."
        in house.phone(house.cast.ana).words
    )


def test_a_form_opened_before_the_close_is_taken_for_fifteen_minutes(house: House, clock: Clock) -> None:
    phone = house.phone(house.cast.wren)
    clock.forward(minutes=5)
    close_now(house, clock.at)
    clock.forward(minutes=7)
    phone.press("Show me how", **WEB)
    assert (
        "The letter is closed now. You came in time. You can still sign until 23 November 2026, 10:20 AM"
        in phone.words
    )
    clock.forward(minutes=7)
    phone.press("Sign", agree="yes")

    assert phone.state == "Thank you. You have signed."


def test_a_minute_later_it_is_too_late_and_the_next_copy_is_offered(house: House, clock: Clock) -> None:
    phone = house.phone(house.cast.wren).press("Show me how", **WEB)
    close_now(house, clock.at)
    clock.forward(minutes=15)
    phone.press("Sign", 409, agree="yes")

    assert "This letter is closed now. Nothing was signed." in phone.words
    assert "Tell me if there is a new copy" in phone.buttons
    assert house.consents() == []


def test_a_link_opened_after_the_close_has_no_grace(house: House, clock: Clock) -> None:
    close_now(house, clock.at)
    phone = house.phone(house.cast.wren)

    assert "This letter is closed." in phone.state
    for path in ("/s/check", "/s/sign"):
        sent = {"key": phone.key, "way": "count", "text": house.version.sha256[:16], "agree": "yes"}
        phone.see(house.client.post(path, data=sent), 409)
    assert house.consents() == []


def test_nobody_signs_with_the_form_of_another(house: House, clock: Clock) -> None:
    hers = house.phone(house.cast.nguyen)
    mark = hers.soup.select_one("input[name=opened]")
    assert isinstance(mark, Tag)
    close_now(house, clock.at)
    sent = {"key": house.key(house.cast.wren), "way": "count", "text": house.version.sha256[:16]}

    answer = house.client.post("/s/check", data={**sent, "opened": str(mark["value"])})
    assert answer.status_code == 409


def test_the_other_language_keeps_the_grace(house: House, clock: Clock) -> None:
    phone = house.phone(house.cast.wren)
    clock.forward(minutes=1)
    close_now(house, clock.at)
    clock.forward(minutes=1)
    phone.press("Español")

    assert "Todavía puede firmar hasta el 23 de noviembre de 2026" in phone.words


def test_who_comes_late_leaves_word_by_an_explicit_yes(house: House, clock: Clock) -> None:
    close_now(house, clock.at)
    clock.forward(minutes=20)
    phone = house.phone(house.cast.wren).press("Tell me if")
    phone.press("Go on", 422)
    assert waiting(house) == 0
    phone.press("Go on", answer="yes")
    assert phone.state == "Done. If the letter opens again, we will tell you once."
    assert waiting(house) == 1
    again = house.phone(house.cast.wren)
    assert "You asked us to tell you if it opens again." in again.words
    assert "Tell me if there is a new copy" not in again.buttons


def waiting(house: House) -> int:
    with house.database.reading() as session:
        return session.query(AskAgain).count()


def test_nobody_leaves_word_on_a_letter_that_is_open(house: House) -> None:
    phone = house.phone(house.cast.wren)
    phone.see(house.client.post("/s/late", data={"key": phone.key, "answer": "yes"}))

    assert waiting(house) == 0


def test_who_lapsed_after_the_close_is_offered_the_next_copy_too(
    house: House, clock: Clock, now: datetime
) -> None:
    sign(house, house.cast.wren, now)
    clock.forward(days=190)
    house.now = clock.at
    phone = house.phone(house.cast.wren)

    assert "The letter is closed." in phone.state
    assert "Tell me if there is a new copy" in phone.buttons


def test_after_sending_the_real_day_is_told(
    house: House, database: Database, client: Reviewed, now: datetime
) -> None:
    sign(house, house.cast.wren, now)
    with database.transaction() as session:
        made = make.frozen(session, house.version, house.cast, now)
        office = make.office_of(session, house.version)
        make.hand_over(session, made.id, office.id, house.cast, now, way=make.Way.PORTAL, receipt="12")
    phone = Phone(client, key=house.key(house.cast.wren)).open().press("Show how I appear")

    assert "Until 23 December 2026." in phone.words
