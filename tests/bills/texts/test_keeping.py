"""Texts are fetched once, from the public web alone, kept as they came, and looked through."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID

import pytest

from advocacy.bills.actions import track
from advocacy.bills.models import TextVersion
from advocacy.bills.queries import facts
from advocacy.bills.snapshot import TextFact
from advocacy.bills.texts import fetching
from advocacy.bills.texts.fetching import CannotFetch, Fetched, fetch, is_public
from advocacy.bills.texts.keeping import NeedsName, NoWords, paste
from advocacy.bills.texts.models import TextBody
from advocacy.bills.texts.queries import places_in_texts, texts_of, whole_text
from advocacy.bills.tracking import read_texts
from advocacy.db import Database
from tests.bills import made
from tests.make import Cast

OLD = TextFact(
    "Introduced in House",
    date(2026, 3, 2),
    (("PDF", "https://x.example/1.pdf"), ("XML", "https://x.example/1.xml")),
)
NEW = TextFact("Reported in House", date(2026, 5, 6), (("Formatted Text", "https://x.example/2.htm"),))
WORDS = {
    "https://x.example/1.xml": Fetched(
        "text/xml", b"<b><text>The agency pays.</text></b>", "https://x.example/1.xml"
    ),
    "https://x.example/2.htm": Fetched(
        "text/html", b"<p>The agency pays.</p><p>Others shall be fined.</p>", "https://x.example/2.htm"
    ),
}


def get(address: str) -> Fetched:
    if address not in WORDS:
        raise CannotFetch("x.example answered 404.")
    return WORDS[address]


@pytest.fixture
def bill(database: Database, cast: Cast, now: datetime) -> UUID:
    with database.transaction() as session:
        return track(session, made.snapshot(texts=(NEW, OLD)), now).bill_id


@pytest.mark.both_databases
def test_each_text_is_read_once_the_older_first_and_only_what_it_adds_is_marked(
    database: Database, bill: UUID, now: datetime
) -> None:
    asked: list[str] = []

    def noted(address: str) -> Fetched:
        asked.append(address)
        return get(address)

    assert read_texts(database, now, get=noted) == 2
    assert read_texts(database, now, get=noted) == 0
    assert asked == ["https://x.example/1.xml", "https://x.example/2.htm"], (
        "what reads best is asked for first"
    )
    with database.reading() as session:
        new, old = texts_of(session, bill)
        whole = whole_text(session, bill, new.id)
        assert whole is not None
        assert (new.since_id, new.marks, old.marks) == (old.id, 1, 0)
        assert [(mark.words, mark.trigger) for mark in whole.marks] == [
            ("Others shall be fined.", "shall be fined")
        ]
        assert places_in_texts(session, bill) == 1


def test_a_text_that_cannot_be_read_is_said_and_tried_again_later_and_later(
    database: Database, bill: UUID, now: datetime
) -> None:
    def nothing(address: str) -> Fetched:
        raise CannotFetch("x.example does not answer. Try again later.")

    waits = []
    for _ in range(4):
        assert read_texts(database, now, get=nothing) == 2
        assert read_texts(database, now, get=nothing) == 0
        with database.reading() as session:
            body = session.query(TextBody).first()
            assert body is not None and body.next_at is not None
            waits.append(body.next_at - now)
            assert texts_of(session, bill)[0].fault == "x.example does not answer. Try again later."
        now += waits[-1]

    assert waits == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert read_texts(database, now, get=get) == 2


def test_a_pasted_text_is_kept_and_the_same_name_replaces_its_words(
    database: Database, bill: UUID, cast: Cast, now: datetime
) -> None:
    for words in ("First words.", "Others\r\n  shall   be fined."):
        with database.transaction() as session:
            text_id = paste(session, bill, " As  filed ", words, on=date(2026, 6, 1), by=cast.sam, now=now)
    with database.reading() as session:
        found = whole_text(session, bill, text_id)
        assert found is not None
        assert (found.line.kind, found.words) == ("As filed", "Others\nshall be fined.")
        assert len(facts(session, TextVersion, bill)) == 3


@pytest.mark.parametrize(("kind", "words", "fault"), [(" ", "Words.", NeedsName), ("Filed", " \n ", NoWords)])
def test_a_text_needs_a_name_and_words(
    database: Database, bill: UUID, cast: Cast, now: datetime, kind: str, words: str, fault: type[Exception]
) -> None:
    with pytest.raises(fault), database.transaction() as session:
        paste(session, bill, kind, words, on=None, by=cast.sam, now=now)


def test_every_recorded_text_of_a_bill_is_compared_with_the_one_before(
    recordings: Path, database: Database, now: datetime
) -> None:
    order = ("ih", "rh", "eh", "rds", "enr")
    folder = recordings / "bill-text" / "119hr4323"
    texts = tuple(
        TextFact(name, date(2026, 1, n), (("TXT", f"https://x.example/{name}.txt"),))
        for n, name in enumerate(order, 1)
    )
    with database.transaction() as session:
        bill = track(session, made.snapshot(texts=texts), now).bill_id

    def recorded(address: str) -> Fetched:
        return Fetched("text/plain", (folder / address.rpartition("/")[2]).read_bytes(), address)

    assert read_texts(database, now, get=recorded) == 5
    with database.reading() as session:
        lines = texts_of(session, bill)[::-1]
    assert [line.since_id for line in lines] == [None, *[line.id for line in lines[:-1]]]
    assert sum(line.marks for line in lines[1:]) <= lines[0].marks


# ---- fetching


class Host:
    """A web server on this machine: what it answers to each path."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.address = ""


@pytest.fixture
def host() -> Iterator[Host]:
    found = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = found.told[self.path]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_text_is_fetched_with_its_kind(host: Host) -> None:
    host.told["/1"] = (302, {"Location": "/2"}, b"")
    host.told["/2"] = (200, {"Content-Type": "Text/HTML; charset=utf-8"}, b"<p>Words</p>")

    found = fetch(f"{host.address}/1", lambda address: True)
    assert found == Fetched("text/html", b"<p>Words</p>", f"{host.address}/2")


def test_an_address_behind_the_wall_is_never_asked(host: Host) -> None:
    with pytest.raises(CannotFetch, match="not an address of the public web"):
        fetch(f"{host.address}/secret")


def test_a_redirect_behind_the_wall_is_not_followed(host: Host) -> None:
    host.told["/1"] = (302, {"Location": "http://localhost:1/secret"}, b"")

    with pytest.raises(CannotFetch, match="localhost is not an address"):
        fetch(f"{host.address}/1", lambda address: "127.0.0.1" in address)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://2130706433/",
        "ftp://x.example/",
        "file:///etc/passwd",
        "https://user@8.8.8.8/",
        "nothing",
        "http://no-such-host.invalid/",
    ],
)
def test_only_addresses_of_the_public_web_are_allowed(address: str) -> None:
    assert not is_public(address)


def test_a_public_address_is_allowed() -> None:
    assert is_public("https://8.8.8.8/")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((404, {}, b""), "answered 404"),
        ((200, {"Content-Length": "100"}, b"short"), "does not answer"),
        ((302, {"Location": "/1"}, b""), "round in circles"),
    ],
)
def test_every_way_to_fail_is_one_sentence(
    host: Host, answer: tuple[int, dict[str, str], bytes], sentence: str
) -> None:
    host.told["/1"] = answer

    with pytest.raises(CannotFetch, match=sentence):
        fetch(f"{host.address}/1", lambda address: True)


def test_a_flood_is_cut_off(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_LARGEST", 1000)
    host.told["/1"] = (200, {}, b"x" * 5000)

    with pytest.raises(CannotFetch, match="sends too much"):
        fetch(f"{host.address}/1", lambda address: True)
