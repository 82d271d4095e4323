"""The Congress.gov client against a real server on this machine."""

import json
import logging
from datetime import UTC, date, datetime

import pytest

from advocacy.bills.sources.congress import CongressSource, congress
from advocacy.bills.sources.source import (
    BillUnknown,
    SourceAnsweredNonsense,
    SourceFault,
    SourceRefusedKey,
    SourceUnreachable,
)
from tests.bills import congress_server as far
from tests.bills import made
from tests.bills.conftest import HURRY
from tests.bills.congress_server import CongressServer, told

PATH = "/bill/119/hr/9001"


@pytest.fixture(autouse=True)
def served(server: CongressServer) -> None:
    server.serve(
        made.item(),
        actions=made.actions(),
        cosponsors=[made.cosponsor(2), made.cosponsor(3)],
        committees=[{"name": "Samples Committee", "chamber": "House", "systemCode": "hszz00"}],
        text=[
            {
                "type": "IH",
                "date": "2026-03-02T05:00:00Z",
                "formats": [{"type": "PDF", "url": "https://a.example/b"}],
            }
        ],
    )


def test_a_bill_arrives_whole(source: CongressSource) -> None:
    found = source.fetch(made.KEY)

    assert found.title == "Sample Safe Harbour Act"
    assert [step.text for step in found.steps or ()] == [
        "Introduced in House",
        "Referred to the House Committee on Samples.",
    ]
    assert [sponsor.leads for sponsor in found.sponsors or ()] == [True, False, False]
    assert [referral.code for referral in found.referrals or ()] == ["hszz00"]
    assert [(text.kind, text.on) for text in found.texts or ()] == [("Introduced in House", date(2026, 3, 2))]
    assert found.source == source.name == "Congress.gov"


def test_every_question_asks_for_json_and_carries_the_key_in_a_header(
    source: CongressSource, server: CongressServer
) -> None:
    source.fetch(made.KEY)

    assert len(server.asked) == 5
    for path, query, headers in server.asked:
        assert query["format"] == "json"
        assert headers["x-api-key"] == far.KEY
        assert far.KEY not in path + json.dumps(query)


def test_pages_are_followed_by_what_comes_next_and_never_by_the_count(
    source: CongressSource, server: CongressServer
) -> None:
    server.page = 7
    server.serve(made.item(), cosponsors=[made.cosponsor(n) for n in range(1, 32)])

    joined = [sponsor for sponsor in source.fetch(made.KEY).sponsors or () if not sponsor.leads]

    assert len(joined) == 31
    assert server.paths().count(f"{PATH}/cosponsors") == 5


def test_rows_that_stand_on_two_pages_are_one(source: CongressSource, server: CongressServer) -> None:
    server.page, server.overlap = 7, 3
    server.serve(made.item(), cosponsors=[made.cosponsor(n) for n in range(1, 32)])

    assert len(source.fetch(made.KEY).sponsors or ()) == 32


def test_a_next_page_that_never_moves_on_ends(source: CongressSource, server: CongressServer) -> None:
    stuck = {"cosponsors": [made.cosponsor(2)], "pagination": {"next": "https://a.invalid/?offset=0"}}
    server.faults[f"{PATH}/cosponsors"] = far.always(told(200, stuck))

    assert len(source.fetch(made.KEY).sponsors or ()) == 2


def test_pages_without_end_are_refused(source: CongressSource, server: CongressServer) -> None:
    def endless(server: CongressServer, path: str, query: dict[str, str]) -> far.Reply:
        offset = int(query["offset"])
        following = {"next": f"https://a.invalid/?offset={offset + 1}"}
        return told(200, {"cosponsors": [made.cosponsor(offset)], "pagination": following})

    server.faults[f"{PATH}/cosponsors"] = endless

    with pytest.raises(SourceAnsweredNonsense, match="end of its cosponsors"):
        source.fetch(made.KEY)


def test_a_list_the_item_does_not_mention_is_empty_and_not_asked_for(
    source: CongressSource, server: CongressServer
) -> None:
    bare = {
        name: value for name, value in made.item().items() if name in ("congress", "type", "number", "title")
    }
    server.serve(bare)

    found = source.fetch(made.KEY)

    assert (found.steps, found.sponsors, found.referrals, found.texts) == ((), (), (), ())
    assert server.paths() == [PATH]


def test_explicit_nulls_and_wrong_types_are_read_as_nothing(
    source: CongressSource, server: CongressServer
) -> None:
    server.serve(
        made.item(laws=None, sponsors=None, latestAction=None, introducedDate=None, legislationUrl=7),
        actions=[
            None,
            7,
            {"actionDate": None, "text": "Lost"},
            made.action("2026-03-02", "Kept", committees=None),
        ],
        cosponsors=[{"fullName": None}, made.cosponsor(2, sponsorshipWithdrawnDate=None, middleName=None)],
        committees=[{"name": "Samples Committee", "subcommittees": [], "activities": None}],
        text=[{"type": "ENR", "date": None, "formats": None}],
    )

    found = source.fetch(made.KEY)

    assert [step.text for step in found.steps or ()] == ["Kept"]
    assert found.unread == 1
    assert len(found.sponsors or ()) == 1
    assert [(text.kind, text.on) for text in found.texts or ()] == [("Enrolled Bill", None)]


def test_the_newest_action_on_the_item_counts_before_the_list_has_it(
    source: CongressSource, server: CongressServer
) -> None:
    late = {"actionDate": "2026-06-10", "text": "Passed House."}
    server.serve(made.item(latestAction=late), actions=made.actions())

    assert [step.text for step in source.fetch(made.KEY).steps or ()][-1] == "Passed House."


def test_a_list_the_service_cannot_give_is_not_told_and_the_rest_arrives(
    source: CongressSource, server: CongressServer
) -> None:
    server.faults[f"{PATH}/actions"] = far.always(
        told(500, {"error": "cannot access local variable 'result'"})
    )
    server.faults[f"{PATH}/committees"] = far.always(told(404, {"error": "Unknown resource"}))

    found = source.fetch(made.KEY)

    assert found.steps is None
    assert found.referrals is None
    assert len(found.sponsors or ()) == 3


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        (far.outage, SourceUnreachable, "web page instead of data"),
        (far.web_page, SourceUnreachable, "web page instead of data"),
        (far.circle, SourceUnreachable, "in circles"),
        (far.elsewhere, SourceUnreachable, "another address"),
        (far.silence, SourceUnreachable, "does not answer"),
        (far.cut_short, SourceUnreachable, "does not answer"),
        (far.broken_off, SourceAnsweredNonsense, "breaks off"),
        (far.echo, SourceAnsweredNonsense, r"api_key=\[key\]"),
        (far.always(told(200, [])), SourceAnsweredNonsense, "other than a record"),
        (far.always(told(200, {"bill": None})), SourceAnsweredNonsense, "could not give H.R. 9001"),
        (far.always(told(200, {"error": "Unknown"})), SourceAnsweredNonsense, "it says: Unknown"),
        (far.always(told(418, {})), SourceAnsweredNonsense, "418"),
        (far.always(told(429, {"error": {"code": "OVER_RATE_LIMIT"}})), SourceUnreachable, "slow down"),
        (far.always(told(500, {"error": "oops"})), SourceUnreachable, "it says: oops"),
        (far.always(told(502, {})), SourceUnreachable, "it answered 502"),
        (
            far.always(told(404, {"error": "No bill matches"})),
            BillUnknown,
            "has no H.R. 9001 in Congress 119",
        ),
        (far.always(told(401, {"error": "no"})), SourceRefusedKey, "refuses the key in CONGRESS_API_KEY"),
    ],
)
def test_each_way_to_fail_has_its_sentence_and_none_holds_the_key(
    source: CongressSource,
    server: CongressServer,
    caplog: pytest.LogCaptureFixture,
    fault: far.Fault,
    kind: type[SourceFault],
    sentence: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults[PATH] = fault

    with pytest.raises(kind, match=sentence) as raised:
        source.fetch(made.KEY)

    assert far.KEY not in f"{raised.value!r} {raised.value.__cause__!r} {caplog.text}"


def test_a_refused_key_is_named_by_its_setting_and_never_shown(
    server: CongressServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "wr0ng" * 8

    with pytest.raises(SourceRefusedKey, match="CONGRESS_API_KEY .*API_KEY_INVALID") as raised:
        congress(server.address, wrong, HURRY).fetch(made.KEY)

    assert wrong not in str(raised.value) + caplog.text
    assert wrong not in repr(congress(server.address, wrong, HURRY))


def test_a_missing_key_says_which_setting_is_not_set(server: CongressServer) -> None:
    with pytest.raises(SourceRefusedKey, match="CONGRESS_API_KEY is not set"):
        congress(server.address, None, HURRY).fetch(made.KEY)


@pytest.mark.parametrize("key", ["a\nb", "a b", "clé", "x" * 300])
def test_a_key_no_header_can_carry_is_refused_unseen(server: CongressServer, key: str) -> None:
    with pytest.raises(SourceRefusedKey) as raised:
        congress(server.address, key, HURRY).fetch(made.KEY)

    assert key not in str(raised.value)
    assert server.asked == []


def test_nobody_listening_is_one_sentence() -> None:
    with pytest.raises(SourceUnreachable, match="does not answer"):
        congress("http://127.0.0.1:9/v3", far.KEY, HURRY).fetch(made.KEY)


def test_an_outage_in_the_middle_of_a_bill_removes_nothing(
    source: CongressSource, server: CongressServer
) -> None:
    server.faults[f"{PATH}/cosponsors"] = far.outage

    with pytest.raises(SourceUnreachable):
        source.fetch(made.KEY)


def test_a_short_outage_is_waited_out(source: CongressSource, server: CongressServer) -> None:
    replies = iter([told(503, {}, **{"Retry-After": "0"})])

    def once(server: CongressServer, path: str, query: dict[str, str]) -> far.Reply:
        return next(replies, told(200, server.bodies[path]))

    server.faults[PATH] = once

    assert source.fetch(made.KEY).title == "Sample Safe Harbour Act"


def test_another_bill_than_the_one_asked_for_is_refused(
    source: CongressSource, server: CongressServer
) -> None:
    server.faults[PATH] = far.always(told(200, {"bill": made.item(number="9002")}))

    with pytest.raises(SourceAnsweredNonsense, match="sent another bill"):
        source.fetch(made.KEY)


def test_the_key_is_cut_out_of_what_is_kept(source: CongressSource, server: CongressServer) -> None:
    server.serve(made.item(title=f"An act with {far.KEY} in it"))

    found = source.fetch(made.KEY)

    assert found.title == "An act with [key] in it"
    assert far.KEY.encode() not in found.payload


def test_no_redirect_takes_the_key_to_another_host(source: CongressSource, server: CongressServer) -> None:
    server.faults[PATH] = far.elsewhere

    with pytest.raises(SourceUnreachable):
        source.fetch(made.KEY)

    assert server.paths() == [PATH]


def test_text_no_database_takes_is_cleaned(source: CongressSource, server: CongressServer) -> None:
    server.serve(
        made.item(title="A\x00n \ud800Act\x1b[31m"), actions=[made.action("2026-03-02", "Fil\x00ed")]
    )

    found = source.fetch(made.KEY)

    assert found.title == "An Act[31m"
    assert [step.text for step in found.steps or ()][0] == "Filed"


def test_only_web_addresses_are_kept_as_links(source: CongressSource, server: CongressServer) -> None:
    forms = [{"type": "PDF", "url": "javascript:alert(1)"}, {"type": "XML", "url": "https://a.example/x"}]
    server.serve(made.item(legislationUrl="javascript:alert(1)"), text=[{"type": "IH", "formats": forms}])

    found = source.fetch(made.KEY)

    assert found.source_url == ""
    assert [text.links for text in found.texts or ()] == [(("XML", "https://a.example/x"),)]


def test_a_clock_time_is_washington_time(source: CongressSource, server: CongressServer) -> None:
    server.serve(made.item(), actions=[made.action("2025-12-01", "Considered.", actionTime="15:11:21")])

    first = (source.fetch(made.KEY).steps or ())[0]

    assert first.at == datetime(2025, 12, 1, 20, 11, 21, tzinfo=UTC)
