"""Reading, choosing, looking, signing: what Dee, River, Wren and Ana-Lucía do at the door."""

from datetime import timedelta

import pytest

from advocacy.letters.actions import Office, set_recipients
from advocacy.people.limits import Preset
from advocacy.signons.models import KeptChoices
from advocacy.web.errors import sentence_of
from advocacy.web.signer.refusals import SENTENCES
from advocacy.web.signer.tongues import tongue
from tests.make import (
    CHAIR,
    CHOSEN,
    COUNTED,
    FULL,
    POSTING,
    RANKING,
    ask_members,
    edit,
    letter,
    person,
    sign,
)
from tests.web.conftest import Clock
from tests.web.signer.conftest import Build, House
from tests.web.signer.phone import Phone

LOOK = "Show me how I would appear"
EACH = {"form_recipient": "full_name", "form_web": "initials", "form_press": "count_only"}


def signed(house: House, **choices: str) -> Phone:
    """Wren has signed, as these choices say."""
    phone = house.phone(house.cast.wren).press(LOOK, **(choices or EACH))
    return phone.press("Sign", agree="yes")


def rewrite(house: House, clock: Clock, body: str) -> None:
    """Somebody opens other words for signing, a minute later."""
    clock.forward(minutes=1)
    with house.database.transaction() as session:
        edit(session, house.cast, house.version.letter_id, now=clock.at, body=body)


# ---- Dee, an old phone, ten in the evening


def test_dee_is_counted_with_three_presses_and_one_tick(house: House) -> None:
    phone = house.phone(house.cast.dee)
    assert phone.state == "You have not signed yet."

    phone.press("Count me, no name")
    assert "You are counted. No one sees a name." in phone.words
    assert phone.state == "You have not signed yet."
    phone.press("Sign", agree="yes")

    assert phone.state == "Thank you. You have signed."
    assert house.forms() == dict.fromkeys(["count", "press", "recipient", "web"], "count_only")


def test_dee_is_asked_nothing_that_she_could_not_answer_otherwise(house: House) -> None:
    phone = house.phone(house.cast.dee)

    assert phone.options == {}
    assert "You told us to show no name." in phone.words
    assert "Count me, no name" in phone.buttons


def test_dee_sees_the_letter_as_text_and_who_gets_it(house: House) -> None:
    phone = house.phone(house.cast.dee)

    assert phone.soup.select_one(".paper strong").text == "three"  # type: ignore[union-attr]
    assert [item.text for item in phone.soup.select(".paper ol li")] == ["Homes.", "Wages.", "Care."]
    assert CHAIR.office in phone.words
    assert "It may show this letter to other people." in phone.words
    assert "A copy already sent cannot be called back." in phone.words


def test_no_page_names_her_before_she_has_asked_to_see_it(house: House) -> None:
    phone = signed(house)

    for text in (phone.words, house.phone(house.cast.wren).words):
        assert not [name for name in ("Wren", "W. S.", "wren") if name in text]


def test_her_lines_are_shown_when_she_presses_for_them(house: House) -> None:
    phone = signed(house).press("Show how I appear")

    assert [line.text for line in phone.soup.select(".lines .line")] == ["Wren Sample", "W. S."]
    assert "Until 30 days after we send the letter. Never after 22 May 2027." in phone.words


def test_the_title_is_the_same_at_every_step(house: House) -> None:
    phone = house.phone(house.cast.wren)
    titles = [phone.soup.title.text]  # type: ignore[union-attr]
    for step in ({**EACH}, {"agree": "yes"}):
        phone.press(LOOK if "agree" not in step else "Sign", **step)
        titles.append(phone.soup.title.text)  # type: ignore[union-attr]

    assert titles == ["Welcome"] * 3


# ---- River: her chosen name to offices, nowhere else


def test_river_is_offered_only_what_she_agreed_to_by_voice(house: House) -> None:
    phone = house.phone(house.cast.river)

    phone.press("Choose for each")

    assert phone.options == {"recipient": ["count_only", "descriptor", "region", "state", "chosen_name"]}
    assert "The office would see: River" in phone.words
    assert "Rivka" not in phone.answer.text


def test_an_office_that_posts_asks_for_what_she_said_of_the_web_too(build: Build) -> None:
    house = build(offices=(POSTING,))

    assert "Choose for each" not in house.phone(house.cast.river).buttons
    assert "may put the letter on the web" in house.phone(house.cast.wren).press("Choose for each").words


def test_more_than_her_limit_is_refused_and_nothing_is_written(house: House) -> None:
    phone = house.phone(house.cast.river)
    before = house.rows()

    phone.press(LOOK, 422, form_recipient="full_name")

    assert "That shows more of you than you told us we may." in phone.words
    assert house.rows() == before


@pytest.mark.parametrize("tick", ["credential", "affiliation"])
def test_a_tick_nobody_offered_is_refused(house: House, tick: str) -> None:
    phone = house.phone(house.cast.river)

    phone.press(LOOK, 422, form_recipient="chosen_name", **{f"{tick}_recipient": "1"})

    assert house.consents() == []


def test_a_field_of_another_person_is_not_read(house: House) -> None:
    other = str(house.cast.river)

    signed(house, **EACH, person_id=other, form_count="full_name", limit="everything")

    assert house.forms()["count"] == "count_only"


# ---- Wren, a public advocate without patience


def test_nothing_is_ticked_beforehand_and_the_least_exposing_stands_first(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Choose for each")

    for audience in ("recipient", "web", "press"):
        assert (phone.audience, phone.ticked) == (audience, [])
        assert phone.options[audience][0] == "count_only"
        phone.press("Show me" if audience == "press" else "Next", **{f"form_{audience}": "initials"})


def test_what_she_saw_is_what_is_kept_word_for_word(house: House) -> None:
    phone = house.phone(house.cast.wren)
    phone.press(
        LOOK,
        **EACH,
        survivor_recipient="1",
        credential_recipient="1",
        affiliation_recipient="1",
        affiliation_web="1",
    )
    seen = [line.text for line in phone.soup.select(".lines .line")]
    phone.press("Sign", agree="yes").press("Show how I appear")

    assert seen == [
        "Wren Sample, survivor, LCSW, Sample House (for identification only)",
        "W. S., Sample House (for identification only)",
    ]
    assert [line.text for line in phone.soup.select(".lines .line")] == seen


def test_a_tick_beside_no_name_shows_nothing(house: House) -> None:
    phone = house.phone(house.cast.wren)
    phone.press(LOOK, **{**EACH, "form_web": "count_only", "survivor_web": "1"}).press("Sign", agree="yes")

    assert not [consent for consent in house.consents() if consent.survivor]


def test_she_chooses_until_when(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH, days_recipient="30", days_web="365")

    assert "Never after 23 December 2026." in phone.words
    assert "Until 23 November 2027." in phone.words


def test_as_last_time_is_two_presses_and_one_tick_and_shows_the_lines_first(house: House) -> None:
    signed(house)
    with house.database.transaction() as session:
        again = letter(session, house.cast, now=house.now, title="Another", body="Other words.")
        session.expunge_all()
    next_house = House(house.database, house.client, house.cast, again, house.now)
    invite_all(next_house)
    phone = next_house.phone(house.cast.wren)
    assert "The office would see: Wren Sample" in phone.words.partition("Choose for each")[0]

    phone.press("As last time").press("Sign", agree="yes")

    with house.database.reading() as session:
        found = [row for row in house.consents() if row.version_id == again.id]
    assert {row.audience: row.form for row in found} == {
        "count": "count_only",
        "recipient": "full_name",
        "web": "initials",
        "press": "count_only",
    }


def test_last_time_is_not_offered_to_whoever_was_only_counted_or_took_her_name_off(house: House) -> None:
    house.phone(house.cast.dee).press("Count me, no name").press("Sign", agree="yes")
    phone = signed(house).press("Take my name off")
    phone.press("Go on", answer="yes")
    with house.database.transaction() as session:
        again = letter(session, house.cast, now=house.now, title="Another", body="Other words.")
        session.expunge_all()
    next_house = House(house.database, house.client, house.cast, again, house.now)
    invite_all(next_house)

    assert "As last time" not in next_house.phone(house.cast.dee).buttons
    assert "As last time" not in next_house.phone(house.cast.wren).buttons


def invite_all(house: House) -> None:
    with house.database.transaction() as session:
        ask_members(session, house.version, house.cast, house.now)


# ---- a letter that says "survivors"


def test_a_letter_from_survivors_says_what_people_will_think(build: Build) -> None:
    house = build(implies_survivor=True)
    phone = house.phone(house.cast.wren)
    said = "This letter says it is from survivors. People will think you are a survivor."

    assert said in phone.words
    assert said in phone.press(LOOK, **EACH).words


def test_who_is_only_counted_is_not_told_so_again_before_signing(build: Build) -> None:
    house = build(implies_survivor=True)

    assert "People will think" not in house.phone(house.cast.wren).press("Count me, no name").words


# ---- a picture of the place, and the moment before signing


def test_each_line_stands_in_a_picture_of_its_place(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)

    seen = {str(one["class"][1]): " ".join(one.text.split()) for one in phone.soup.select("figure.place")}
    assert seen == {
        "recipient": "At the foot of the letter: Wren Sample",
        "web": "In the list on our web page: W. S.",
        "press": "No name. Only a number, like “and 12 others”. and 12 others",
    }
    assert [one.text for one in phone.soup.select("figure [aria-hidden]")] == ["and 12 others"]


def test_whoever_is_counted_sees_where_the_number_stands(house: House) -> None:
    phone = house.phone(house.cast.dee).press("Count me, no name")

    assert len(phone.soup.select("figure.place")) == 1
    assert phone.soup.select("figure .line") == []


def test_the_moment_before_signing_is_said_aloud(house: House) -> None:
    phone = house.phone(house.cast.dee).press("Count me, no name")

    said = phone.soup.find(role="status", id="about-to-sign")
    assert said is not None
    assert said.text == "You are about to sign. Nothing is signed until you press Sign."
    for control in (phone.button("Sign"), phone.soup.select_one("#agree")):
        assert control is not None
        assert control["aria-describedby"] == "about-to-sign"


def test_after_signing_she_goes_on_reading_at_what_is_done(house: House) -> None:
    phone = house.phone(house.cast.dee).press("Count me, no name").press("Sign", agree="yes")

    assert [one.text for one in phone.soup.select("[autofocus]")] == ["Thank you. You have signed."]


# ---- faults come back at the field, with choices kept


def test_an_audience_left_out_is_pointed_at_and_the_others_are_kept(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Choose for each").press("Next", form_recipient="initials")
    phone.press("Next", 422, survivor_web="1")

    faulty = phone.soup.select("fieldset.faulty")
    assert [field["id"] for field in faulty] == ["part-web"]
    assert [link["href"] for link in phone.soup.select(".fault a")] == ["#part-web"]
    assert "Please choose one." in faulty[0].text
    assert [one["class"] for one in phone.soup.select("[autofocus]")] == [["fault"]]
    assert len(phone.soup.select("#part-web [role=radiogroup][aria-invalid=true]")) == 1
    assert phone.ticked == ["survivor-web=1"]
    phone.press(LOOK, form_web="initials", form_press="count_only")
    assert [line.text for line in phone.soup.select(".lines .line")] == ["W. S.", "W. S., survivor"]


def test_one_audience_stands_on_a_page_and_she_can_go_back_with_nothing_lost(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Choose for each")
    assert "1 of 3" in phone.words
    phone.press("Next", form_recipient="full_name", credential_recipient="1")
    assert set(phone.options) == {"web"}
    phone.press("Next", form_web="initials")

    assert phone.press("Go back").ticked == ["form-web=initials"]
    assert phone.press("Go back").ticked == ["form-recipient=full_name", "credential-recipient=1"]
    phone.press("Next", form_recipient="full_name")
    assert phone.ticked == ["form-web=initials"]
    phone.press("Go back").press("Go back")
    assert "Count me, no name" in phone.buttons


def test_one_line_is_changed_from_the_page_that_shows_them_all(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH).press("Change this : Our web page")
    assert phone.ticked == ["form-web=initials"]

    phone.press("Next", form_web="full_name")

    assert [line.text for line in phone.soup.select(".lines .line")] == ["Wren Sample", "Wren Sample"]


def test_a_day_that_was_not_offered_is_pointed_at(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, 422, **EACH, days_web="9999")

    assert "Please choose a day from tomorrow on." in phone.words


def test_a_name_we_cannot_print_is_said_to_be_so(house: House) -> None:
    with house.database.transaction() as session:
        odd = person(
            session, "Odd Sample", chosen_name="Odd \U0001faf6", now=house.now, limits=Preset.PUBLIC_ADVOCATE
        )
        odd_id = odd.id
    invite_all(house)

    phone = house.phone(odd_id).press(LOOK, 422, **{**EACH, "form_recipient": "chosen_name"})

    assert "We cannot print all the letters in this name yet." in phone.words


def test_signing_without_saying_yes_changes_nothing_and_keeps_the_choices(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH).press("Sign", 422)

    assert "Tick the box if this is how you want to appear." in phone.words
    assert [link["href"] for link in phone.soup.select(".fault a")] == ["#agree"]
    assert phone.soup.select_one("#agree")["aria-invalid"] == "true"  # type: ignore[index]
    assert house.consents() == []
    phone.press("Sign", agree="yes")
    assert house.forms()["recipient"] == "full_name"


def test_going_back_to_change_keeps_what_was_chosen(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH, days_web="30", credential_web="1")
    phone.press("Go back and change").press("Choose for each")

    assert phone.ticked == ["form-recipient=full_name"]
    assert phone.press("Next").ticked == ["form-web=initials", "credential-web=1"]
    assert phone.soup.select_one("#days-web option[selected]")["value"] == "30"  # type: ignore[index]


def test_signing_without_having_looked_is_refused(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)
    before = house.rows()

    phone.press("Sign", 422, agree="yes", mark="")

    assert "Please look at how you would appear first." in phone.words
    assert house.rows() == before


def test_other_choices_than_those_she_looked_at_are_refused(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)

    phone.press("Sign", 422, agree="yes", form_web="full_name")

    assert house.consents() == []
    assert [line.text for line in phone.soup.select(".lines .line")] == ["Wren Sample", "Wren Sample"]


# ---- the phone threw the page away


def test_choices_are_kept_for_an_hour_and_said_to_be_so(house: House, clock: Clock) -> None:
    house.phone(house.cast.wren).press(LOOK, **EACH)
    clock.forward(minutes=59)
    phone = house.phone(house.cast.wren).press("Choose for each")

    assert "This is what you chose before." in phone.words
    assert phone.ticked == ["form-recipient=full_name"]
    assert phone.press("Next").ticked == ["form-web=initials"]

    clock.forward(minutes=1)
    assert house.phone(house.cast.wren).press("Choose for each").ticked == []


def test_what_was_chosen_on_the_first_page_alone_is_kept_too(house: House) -> None:
    house.phone(house.cast.wren).press("Choose for each").press("Next", form_recipient="initials")

    phone = house.phone(house.cast.wren).press("Choose for each")

    assert phone.ticked == ["form-recipient=initials"]
    assert phone.press("Next").ticked == []


def test_kept_choices_are_sealed_and_gone_once_she_signed(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)
    with house.database.reading() as session:
        kept = session.query(KeptChoices).one()
        assert b"full_name" not in kept.choices

    phone.press("Sign", agree="yes")

    with house.database.reading() as session:
        assert session.query(KeptChoices).count() == 0


def test_choices_kept_for_other_words_are_not_ticked(house: House, clock: Clock) -> None:
    house.phone(house.cast.wren).press(LOOK, **EACH)
    rewrite(house, clock, "New.")

    assert house.phone(house.cast.wren).press("Choose for each").ticked == []


# ---- signed: change, show less, again


def test_signing_twice_is_signing_once(house: House) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)
    form = phone.fields(phone.button("Sign").find_parent("form"))  # type: ignore[arg-type]
    phone.press("Sign", agree="yes")
    before = house.rows()

    again = house.client.post("/s/sign", data={**form, "agree": "yes"})

    assert again.status_code == 200
    assert house.rows() == before


def test_two_tabs_end_with_the_last_one_signed(house: House) -> None:
    first = house.phone(house.cast.wren).press(LOOK, **EACH)
    second = house.phone(house.cast.wren).press("Count me, no name")
    first.press("Sign", agree="yes")
    second.press("Sign", agree="yes")

    assert house.forms()["recipient"] == "count_only"


def test_changing_shows_what_stands_and_changes_nothing_until_she_signs(house: House) -> None:
    phone = signed(house).press("Change how I appear").press("Choose for each")

    assert phone.state == "You have signed. Nothing changes until you press Sign."
    assert phone.ticked == ["form-recipient=full_name"]
    phone.press(LOOK, form_web="count_only")
    assert house.forms()["web"] == "initials"
    phone.press("Sign", agree="yes")
    assert house.forms()["web"] == "count_only"


def test_once_closed_she_may_show_less_and_is_offered_nothing_more(house: House, clock: Clock) -> None:
    signed(house)
    clock.forward(days=11)
    phone = house.phone(house.cast.wren).press("Change how I appear")

    phone.press("Choose for each").press("Next")

    assert "2 of 2" in phone.words
    assert phone.options == {"web": ["count_only", "initials"]}
    assert phone.soup.find_all("input", type="checkbox") == []
    phone.press(LOOK, 422, form_web="full_name")
    assert "The letter is closed. You can still show less, or take your name off." in phone.words
    phone.press(LOOK, form_web="count_only").press("Sign", agree="yes")
    assert house.forms()["web"] == "count_only"


def test_a_closed_letter_asks_nothing_of_whoever_has_not_signed(house: House, clock: Clock) -> None:
    clock.forward(days=11)
    phone = house.phone(house.cast.wren)

    assert phone.state.startswith("This letter is closed. You have not signed it.")
    assert phone.options == {}


def test_a_letter_that_closes_while_she_chooses_says_so(house: House, clock: Clock) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)
    clock.forward(days=11)

    phone.press("Sign", 409, agree="yes")

    assert "This letter is closed now. Nothing was signed." in phone.words
    assert house.consents() == []


def test_a_letter_that_changes_while_she_chooses_is_shown_again_with_nothing_ticked(
    house: House, clock: Clock
) -> None:
    phone = house.phone(house.cast.wren).press(LOOK, **EACH)
    rewrite(house, clock, "New words.")

    phone.press("Sign", 409, agree="yes")

    assert "The letter changed while you were here. Nothing was signed." in phone.words
    assert "New words." in phone.words
    assert house.consents() == []
    assert phone.press("Choose for each").ticked == []
    phone.press(LOOK, **EACH).press("Sign", agree="yes")
    assert house.forms()["web"] == "initials"


@pytest.mark.parametrize("label", ["Choose for each", "Next", "Count me, no name"])
def test_a_letter_that_changes_before_she_looks_is_shown_again(
    house: House, clock: Clock, label: str
) -> None:
    phone = house.phone(house.cast.wren)
    if label == "Next":
        phone.press("Choose for each")
    rewrite(house, clock, "New.")

    phone.press(label, 409, **EACH)

    assert "Please read it again." in phone.words


def test_a_yes_to_older_words_is_said_not_to_count_and_is_not_ticked(house: House, clock: Clock) -> None:
    signed(house)
    rewrite(house, clock, "New.")
    phone = house.phone(house.cast.wren)

    assert phone.state.startswith("The letter has changed since you signed it.")
    assert phone.press("Choose for each").ticked == []


def test_a_time_that_is_over_is_said_to_be_over(build: Build, clock: Clock) -> None:
    house = build(open_for=timedelta(days=400))
    signed(house, **EACH, days_recipient="30", days_web="30")
    clock.forward(days=100)

    assert house.phone(house.cast.wren).state.startswith("The time you chose is over.")


def test_a_new_office_is_told_and_sees_nothing_until_she_says_so(house: House) -> None:
    signed(house)
    add_office(house, RANKING)
    phone = house.phone(house.cast.wren)

    assert "That office does not see your line." in phone.words
    phone.press("Answer for this office").press("Go on", answer="yes")
    assert "That office" not in phone.words


def add_office(house: House, office: Office) -> None:
    with house.database.transaction() as session:
        set_recipients(session, house.version.letter_id, (CHAIR, office))


def test_she_never_sees_who_else_signed_or_how_many(house: House) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, house.cast.nguyen, house.now, FULL, FULL, FULL)
        sign(session, house.version.letter_id, house.cast.river, house.now, CHOSEN, COUNTED, COUNTED)
    phone = signed(house).press("Show how I appear")

    assert not [name for name in ("Nguyễn", "Mẫu", "River") if name in phone.answer.text]


# ---- languages


def test_ana_lucia_reads_spanish_and_the_letter_keeps_its_own_language(house: House) -> None:
    phone = house.phone(house.cast.ana)

    assert phone.soup.html["lang"] == "es"  # type: ignore[index]
    assert phone.soup.select_one(".paper")["lang"] == "en"  # type: ignore[index]
    assert phone.state == "Todavía no ha firmado."
    assert "hasta el 3 de diciembre de 2026" in phone.words
    phone.press("Contar conmigo").press("Firmar", agree="yes")
    assert phone.state == "Gracias. Ya firmó."


def test_either_language_is_one_press_away_and_stays(house: House) -> None:
    phone = house.phone(house.cast.ana).press("English")
    assert phone.state == "You have not signed yet."

    phone.press("Count me, no name")

    assert phone.state == "You have not signed yet."


def test_the_other_language_keeps_her_page_and_what_she_has_ticked(house: House) -> None:
    phone = house.phone(house.cast.wren).press("Choose for each").press("Next", form_recipient="initials")

    phone.press("Español", form_web="full_name", affiliation_web="1")

    assert phone.soup.html["lang"] == "es"  # type: ignore[index]
    assert "2 de 3" in phone.words
    assert phone.ticked == ["form-web=full_name", "affiliation-web=1"]
    phone.press("Siguiente").press("Mostrarme cómo", form_press="count_only").press("English")
    assert "This is how you would appear" in phone.words
    assert phone.press("Sign", agree="yes").state == "Thank you. You have signed."
    assert house.forms()["recipient"] == "initials"


def test_every_refusal_of_signing_has_a_sentence_in_both_languages() -> None:
    for fault, key in SENTENCES.items():
        assert sentence_of(fault())
        assert tongue("en").say(key) != tongue("es").say(key)
