"""One bill, one key, however it is written."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.bills.identifiers import (
    BadReference,
    BillKey,
    NumberUnreadable,
    PlaceUnknown,
    PrefixUnknown,
    SessionUnknown,
    make_key,
    parse_reference,
)
from advocacy.bills.places import CONGRESS_DISPLAY
from advocacy.people.places import STATES

HR_1144 = BillKey("us", "119", "HR", 1144)
HB_12 = BillKey("de", "153", "HB", 12)


@pytest.mark.parametrize(
    "text",
    [
        "us 119 H.R. 1144",
        "US 119 hr1144",
        "us 119 HR 1144",
        "u.s. 119th h. r. 1144",
        "Congress 119 H.R.1144",
        "us/119/hr/1144",
        "  us   119  H.R. 01144 ",
        "us 119 House Bill 1144",
        "us 119 H.R.\u00a01144",
        "ｕｓ 119 ＨＲ1144",
        "https://www.congress.gov/bill/119th-congress/house-bill/1144",
        "congress.gov/bill/119th-congress/house-bill/1144/text?s=1",
    ],
)
def test_every_spelling_of_a_federal_bill_is_one_key(text: str) -> None:
    assert parse_reference(text) == HR_1144


@pytest.mark.parametrize(
    "text", ["HB 12", "hb12", "HB0012", "h.b. 0012", "H B 12", "House Bill 12", "hb-12", "HB #12"]
)
def test_every_spelling_of_a_state_bill_is_one_key(text: str) -> None:
    assert parse_reference(f"de 153 {text}") == parse_reference(f"Delaware 153 {text}") == HB_12


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("H.R. 7", "HR"),
        ("H.Res. 7", "HRES"),
        ("h res 7", "HRES"),
        ("House Resolution 7", "HRES"),
        ("H.J.Res. 7", "HJRES"),
        ("HJR 7", "HJRES"),
        ("H. Con. Res. 7", "HCONRES"),
        ("S. 7", "S"),
        ("Senate Bill 7", "S"),
        ("S.J. Res. 7", "SJRES"),
        ("S.Con.Res. 7", "SCONRES"),
        ("sres7", "SRES"),
    ],
)
def test_a_house_bill_is_never_taken_for_a_resolution(text: str, prefix: str) -> None:
    assert parse_reference(f"us 119 {text}") == BillKey("us", "119", prefix, 7)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("nv 80 AB444*", BillKey("nv", "80", "AB", 444, "*")),
        ("nv 80 AJR 1**", BillKey("nv", "80", "AJR", 1, "**")),
        ("gu 37 B 18-38", BillKey("gu", "37", "B", 18, "-38")),
        ("co 2025A SB25-003", BillKey("co", "2025A", "SB", 25, "-3")),
        ("mi 2025-2026 HJR A", BillKey("mi", "2025-2026", "HJR", 0, "A")),
        ("ri 2025 H 5563", BillKey("ri", "2025", "HB", 5563)),
        ("ri 2025 HR5060", BillKey("ri", "2025", "HR", 5060)),
        ("vt 2025-2026 H.299", BillKey("vt", "2025-2026", "H", 299)),
        ("ny 2025-2026 A07422C", BillKey("ny", "2025-2026", "A", 7422)),
        ("ny 2025-2026 S 52", BillKey("ny", "2025-2026", "S", 52)),
        ("az 57th-1st-regular HB 2001", BillKey("az", "57th-1st-regular", "HB", 2001)),
    ],
)
def test_each_place_keeps_its_own_ways(reference: str, key: BillKey) -> None:
    assert parse_reference(reference) == key


def test_a_star_makes_another_bill() -> None:
    assert parse_reference("nv 80 AB 444*") != parse_reference("nv 80 AB 444")


@pytest.mark.parametrize(
    ("text", "fault", "sentence"),
    [
        ("", BadReference, "Type the place"),
        ("x" * 10_000, BadReference, "Type the place"),
        ("H.R. 1144", PlaceUnknown, "“H.R.” is not a place"),
        ("atlantis 3 HB 1", PlaceUnknown, "Begin with the place"),
        ("us", SessionUnknown, "After the place comes the session"),
        ("us 119", SessionUnknown, "After the place comes the session"),
        ("us hr 1144", SessionUnknown, "“hr” is not a Congress"),
        ("us 0 hr 1144", SessionUnknown, "not a Congress"),
        ("de 'x' HB 1", SessionUnknown, "not a session"),
        ("us 119 HB 1144", PrefixUnknown, "Congress has no “HB”. Congress has H.R., S.,"),
        ("us 119 hello", NumberUnreadable, "“hello” is not a bill's number"),
        ("us 119 H.R. 0", NumberUnreadable, "No bill has the number 0"),
        ("us 119 H.R. 12*", NumberUnreadable, "nothing stands behind"),
        ("de 153 HB 12 for HB 7", NumberUnreadable, "not a bill's number"),
        ("de 153 " + "Q" * 20 + "1", NumberUnreadable, "not how a bill begins"),
        ("us 119 <script>1</script>", NumberUnreadable, "not a bill's number"),
        ("us 119 HR 99999999999999999999", NumberUnreadable, "not a bill's number"),
    ],
)
def test_what_cannot_be_read_says_what_to_type(text: str, fault: type[BadReference], sentence: str) -> None:
    with pytest.raises(fault, match=re.escape(sentence)) as raised:
        parse_reference(text)

    assert len(str(raised.value)) < 250


def test_a_sentence_shows_no_character_that_could_trick_a_reader() -> None:
    with pytest.raises(BadReference) as raised:
        parse_reference("de 153 \u202eHB\u200b\x1b[31m")

    assert str(raised.value).isprintable()


def test_print_and_reference_forms_are_what_people_know() -> None:
    assert HR_1144.identifier == "H.R. 1144"
    assert str(HR_1144) == HR_1144.reference == "us 119 H.R. 1144"
    assert HB_12.reference == "de 153 HB 12"
    assert parse_reference("mi 2025-2026 HJR A").identifier == "HJR A"


@some.composite
def keys(draw: some.DrawFn) -> BillKey:
    number = draw(some.integers(1, 999_999_999))
    if draw(some.booleans()):
        return BillKey(
            "us", str(draw(some.integers(1, 999))), draw(some.sampled_from(sorted(CONGRESS_DISPLAY))), number
        )
    prefix = draw(some.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=5))
    suffix = draw(some.sampled_from(["", "*", "**", "-38", "A", "XX"]))
    session = draw(some.from_regex(r"[0-9A-Za-z][0-9A-Za-z()_-]{0,12}", fullmatch=True))
    return BillKey(draw(some.sampled_from(["de", "nv", "gu", "pr"])), session, prefix, number, suffix)


@given(keys())
def test_the_printed_form_leads_back_to_the_key(key: BillKey) -> None:
    assert parse_reference(key.reference) == key


@given(
    keys(),
    some.sampled_from(["{p}{n}", "{p} {n}", "{p}.{n}", "{p} 000{n}", " {p}  {n} ", "{p}-{n}"]),
    some.booleans(),
)
def test_dots_spaces_zeros_and_case_change_nothing(key: BillKey, form: str, upper: bool) -> None:
    spaced = form.format(p=".".join(key.prefix), n=f"{key.number}{key.suffix}")[:60]
    text = spaced.upper() if upper else spaced.lower()

    assert make_key(key.jurisdiction.upper(), key.session, text) == key


@given(some.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    for reference in (text, f"us 119 {text}", f"de {text} HB 1"):
        try:
            found = parse_reference(reference)
        except BadReference as fault:
            assert str(fault)
        else:
            assert parse_reference(found.reference) == found


# ---- every place

SPOKEN = """
ma sc vt: HB 12 = H 12; House Bill 12 = H 12; h.12 = H 12; S. 12 = S 12; Senate Bill 12 = S 12
nj ny: Assembly Bill 12 = A 12; AB 12 = A 12; a12 = A 12; Senate Bill 12 = S 12; S 12 = S 12
ca nv wi: Assembly Bill 12 = AB 12; ab12 = AB 12; Senate Bill 12 = SB 12; Assembly Joint Resolution 2 = AJR 2
ia mn: House File 12 = HF 12; hf12 = HF 12; Senate File 12 = SF 12
ne: Legislative Bill 12 = LB 12; L.B. 12 = LB 12; LR 12 = LR 12
me: Legislative Document 12 = LD 12; L.D. 012 = LD 12
ri: H 5563 = HB 5563; House Bill 5563 = HB 5563; S 12 = SB 12
dc: Bill 26-0123 = B 26-123; B26-0123 = B 26-123
gu: Bill 18-38 = B 18-38; B. 18-38 = B 18-38
pr: P. de la C. 12 = PC 12; Proyecto de la Cámara 12 = PC 12; P. del S. 12 = PS 12; PC0012 = PC 12
mi: HJR A = HJR A; HB 4001 = HB 4001
*: House Bill 12 = HB 12; H.B. 0012 = HB 12; hb12 = HB 12; Senate Bill 12 = SB 12; SJR 12 = SJR 12
"""


def spoken(place: str) -> Iterator[list[str]]:
    """Pairs of what is said and what is printed."""
    lines = dict(line.split(": ", 1) for line in SPOKEN.strip().split("\n"))
    found = next((line for places, line in lines.items() if place in places.split()), lines["*"])
    return (pair.split(" = ") for pair in found.split("; "))


@pytest.mark.parametrize("place", sorted(code.casefold() for code in STATES))
def test_every_place_reads_its_bills_as_people_say_and_print_them(place: str) -> None:
    for said, printed in spoken(place):
        key = make_key(place, "2025", said)

        assert key.identifier == printed, said
        assert make_key(place, "2025", key.identifier) == key


def test_a_congress_keeps_its_eight_kinds_whatever_a_state_has() -> None:
    with pytest.raises(PrefixUnknown):
        make_key("us", "119", "HB 12")
