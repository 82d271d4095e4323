"""GovInfo: each recorded file as facts, where its bill stands, and every way a file can be no bill."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from advocacy.bills.actions import track
from advocacy.bills.identifiers import BillKey, make_key
from advocacy.bills.models import Step
from advocacy.bills.queries import facts
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.govinfo import GovInfoSource, govinfo, read
from advocacy.bills.sources.source import (
    BillUnknown,
    SourceAnsweredNonsense,
    SourceFault,
    SourceUnreachable,
)
from advocacy.bills.status import Stage, standing
from advocacy.db import Database
from tests.bills.conftest import HURRY

S7 = make_key("us", "119", "S 7")
PATH = "/bulkdata/BILLSTATUS/119/s/BILLSTATUS-119s7.xml"
BILL = """<?xml version="1.0" encoding="UTF-8"?>
<billStatus><version>3.0.0</version><bill>
  <number>7</number><type>S</type><congress>119</congress><introducedDate>2025-01-22</introducedDate>
  <title>A Sample Act &amp; more</title>
  <legislationUrl>https://www.congress.gov/bill/119th-congress/senate-bill/7</legislationUrl>
  <actions>
    <item><actionDate>2025-01-23</actionDate><text>Referred to the Committee on Samples.</text>
      <type>IntroReferral</type>
      <committees><item><systemCode>sszz00</systemCode><name>Samples</name></item></committees></item>
    <item><actionDate>2025-01-22</actionDate><text>Introduced in Senate</text>
      <actionCode>10000</actionCode></item>
  </actions>
  <sponsors><item><fullName>Sen. Sample [I-VT]</fullName><bioguideId>S000001</bioguideId></item></sponsors>
  <cosponsors><item><fullName>Sen. Example [I-ME]</fullName><isOriginalCosponsor>True</isOriginalCosponsor>
    <sponsorshipDate>2025-01-22</sponsorshipDate></item></cosponsors>
  <committees><item><systemCode>sszz00</systemCode><name>Samples Committee</name><chamber>Senate</chamber>
    <activities><item><name>Referred To</name><date>2025-01-23T15:00:00Z</date></item></activities></item>
  </committees>
  <textVersions><item><type>Introduced in Senate</type><date>2025-01-22T05:00:00Z</date>
    <formats><item><url>https://www.govinfo.gov/a.xml</url></item></formats></item></textVersions>
</bill></billStatus>"""


class Far:
    """GovInfo on this machine: one answer for every address."""

    def __init__(self) -> None:
        self.status, self.body, self.asked = 200, BILL, list[str]()
        self.address = ""


@pytest.fixture
def far() -> Iterator[Far]:
    found = Far()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            sent = found.body.encode()
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def source(far: Far) -> GovInfoSource:
    return govinfo(far.address, HURRY)


def test_a_bill_arrives_whole_from_one_file(source: GovInfoSource, far: Far) -> None:
    found = source.fetch(S7)

    assert far.asked == [PATH]
    assert (found.title, found.source, found.introduced_on) == (
        "A Sample Act & more",
        "GovInfo",
        date(2025, 1, 22),
    )
    assert [(step.on.day, step.codes, step.committees) for step in found.steps or ()] == [
        (22, ("10000",), ()),
        (23, (), ("sszz00",)),
    ]
    assert [(one.name, one.leads, one.original) for one in found.sponsors or ()] == [
        ("Sen. Sample [I-VT]", True, True),
        ("Sen. Example [I-ME]", False, True),
    ]
    assert [(one.code, one.activities) for one in found.referrals or ()] == [
        ("sszz00", (("Referred to", date(2025, 1, 23)),))
    ]
    assert [(text.kind, text.on, text.links) for text in found.texts or ()] == [
        ("Introduced in Senate", date(2025, 1, 22), (("Formatted XML", "https://www.govinfo.gov/a.xml"),))
    ]
    assert found.payload == BILL.encode()


def test_what_is_empty_or_left_out_is_told_to_be_nothing() -> None:
    bare = re.sub(r"<(actions|cosponsors|committees|textVersions)>.*?</\1>", r"<\1/>", BILL, flags=re.DOTALL)

    for text in (bare, re.sub(r"<(actions|cosponsors|committees|textVersions)/>", "", bare)):
        found = read(S7, text)
        assert (found.steps, found.referrals, found.texts) == ((), (), ())
        assert [one.leads for one in found.sponsors or ()] == [True]


@pytest.mark.parametrize(
    ("status", "body", "fault", "told"),
    [
        (404, "<html>Not found</html>", BillUnknown, "has no S. 7 in Congress 119, or not yet"),
        (503, "<html>Down</html>", SourceUnreachable, "is down"),
        (
            200,
            "<!doctype html><html><body>Down</body></html>",
            SourceUnreachable,
            "a web page instead of data",
        ),
        (200, BILL[:400], SourceAnsweredNonsense, "breaks off"),
        (200, "", SourceAnsweredNonsense, "breaks off"),
        (200, "<billStatus/>", SourceAnsweredNonsense, "is not a bill's status"),
        (200, '{"bill": {}}', SourceAnsweredNonsense, "is not a bill's status"),
        (200, "<b>" * 20_000, SourceAnsweredNonsense, "breaks off"),
        (200, BILL.replace("<number>7<", "<number>8<"), SourceAnsweredNonsense, "sent another bill"),
        (200, BILL.replace("<congress>119<", "<congress>118<"), SourceAnsweredNonsense, "sent another bill"),
    ],
)
def test_each_way_it_fails_is_one_sentence(
    source: GovInfoSource, far: Far, status: int, body: str, fault: type[SourceFault], told: str
) -> None:
    far.status, far.body = status, body

    with pytest.raises(fault, match=told):
        source.fetch(S7)


@pytest.mark.parametrize(
    "inside",
    [
        '<!DOCTYPE b [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>',
        '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE b SYSTEM "http://elsewhere.example/b.dtd">',
    ],
)
def test_a_file_that_brings_a_document_type_is_refused_unread(inside: str) -> None:
    head, _, rest = BILL.partition("\n")
    planted = f"{head}\n{inside}{rest.replace('Sample Act', '&x;') if 'ENTITY' in inside else rest}"

    with pytest.raises(SourceAnsweredNonsense, match="is not a bill's status"):
        read(S7, planted)


def test_nesting_without_end_is_refused() -> None:
    deep = BILL.replace("A Sample Act &amp; more", f"{'<a>' * 60}x{'</a>' * 60}")

    with pytest.raises(SourceAnsweredNonsense, match="is not a bill's status"):
        read(S7, deep)


# ---- the recorded ones: their stage, steps, names on the bill, committees, prints

RECORDED = {
    "114hjres45": (Stage.DIED, 4, 7, 2, 0),
    "114hr1531": (Stage.LAW, 21, 17, 2, 0),
    "114hres348": (Stage.AGREED, 13, 46, 2, 0),
    "114s469": (Stage.DIED, 3, 13, 1, 0),
    "115s2979": (Stage.DIED, 2, 12, 2, 1),
    "116hr4907": (Stage.DIED, 2, 7, 3, 1),
    "116s832": (Stage.DIED, 11, 2, 3, 4),
    "117hr6658": (Stage.DIED, 2, 112, 1, 1),
    "117s35": (Stage.DIED, 8, 73, 1, 2),
    "117s35.legacy-format": (Stage.DIED, 8, 73, 1, 2),
    "115s3509": (Stage.PRESENTED, 10, 2, 0, 3),  # from before it was signed
}


def recorded(recordings: Path, name: str) -> tuple[BillKey, Snapshot]:
    file = next((recordings / "billstatus-xml").glob(f"*BILLSTATUS-{name}.xml"))
    congress, letters, number = re.findall(r"^(\d+)([a-z]+)(\d+)", name)[0]
    key = make_key("us", congress, letters + number)
    return key, read(key, file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", RECORDED)
def test_each_recorded_file_is_read_whole(recordings: Path, name: str) -> None:
    key, told = recorded(recordings, name)

    found = standing(
        key,
        title=told.title,
        steps=told.steps or (),
        laws=told.laws,
        introduced_on=told.introduced_on,
        today=date(2026, 11, 27),
    )

    lists = (told.steps, told.sponsors, told.referrals, told.texts)
    assert (found.stage, *(len(one or ()) for one in lists)) == RECORDED[name]
    assert (told.unread, sum(one.leads for one in told.sponsors or ())) == (0, 1)


def test_both_shapes_of_one_file_tell_the_same(recordings: Path) -> None:
    (_, new), (_, old) = (recorded(recordings, name) for name in ("117s35", "117s35.legacy-format"))

    assert {step.text for step in new.steps or ()} == {step.text for step in old.steps or ()}
    assert {one.person_code for one in new.sponsors or ()} == {one.person_code for one in old.sponsors or ()}
    assert {one.code for one in new.referrals or ()} == {one.code for one in old.referrals or ()}


def test_every_recorded_file_is_in_the_table(recordings: Path) -> None:
    there = {file.stem.partition("BILLSTATUS-")[2] for file in (recordings / "billstatus-xml").glob("*.xml")}

    assert there == set(RECORDED)


def test_a_bill_that_goes_on_at_congress_gov_is_told_nothing_twice(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        begun = track(session, read(S7, BILL), now)
    with database.transaction() as session:
        told = replace(read(S7, BILL), source="Congress.gov", payload=b"another form of the same")
        goes_on = track(session, told, now + timedelta(hours=1))

    assert (goes_on.bill_id, goes_on.is_new, goes_on.changes) == (begun.bill_id, False, ())
    with database.reading() as session:
        steps = facts(session, Step, begun.bill_id)
        assert [(step.source, step.gone_at) for step in steps] == [("Congress.gov", None)] * 2


# ---- what changed

MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://x.invalid/BILLSTATUS-119s7.xml</loc><lastmod>2026-11-23T14:30:00.000Z</lastmod></url>
<url><loc>https://x.invalid/BILLSTATUS-119s8.xml</loc><lastmod>2026-11-22T14:30:00.000Z</lastmod></url>
<url><loc>https://x.invalid/BILLSTATUS-119s9.xml</loc><lastmod>yesterday</lastmod></url>
</urlset>"""


def test_the_map_of_files_tells_which_are_newer(source: GovInfoSource, far: Far) -> None:
    far.body = MAP
    keys = [make_key("us", "119", f"S {n}") for n in (7, 8, 9, 10)]

    found = source.changed(keys, datetime(2026, 11, 23, 15, tzinfo=UTC))

    assert sorted(key.number for key in found) == [7, 9, 10]
    assert far.asked == ["/sitemap/bulkdata/BILLSTATUS/119s/sitemap.xml"]


@pytest.mark.parametrize(
    ("status", "body"), [(503, ""), (404, ""), (200, "<urlset>"), (200, "<!DOCTYPE x><a/>")]
)
def test_a_map_that_cannot_be_read_is_a_fault(
    source: GovInfoSource, far: Far, status: int, body: str
) -> None:
    far.status, far.body = status, body

    with pytest.raises(SourceFault):
        source.changed([S7], datetime(2026, 11, 23, 15, tzinfo=UTC))
