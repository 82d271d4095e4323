"""Everybody who must not be shown is on the roster, and no output holds what they did not agree to."""

import logging
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.models import Edition, Way
from advocacy.editions.queries import edition, pdf_of
from advocacy.letters.models import LetterVersion
from advocacy.migrations.tables import METADATA
from advocacy.people.actions import set_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Preset
from advocacy.people.models import Language, MailMode
from advocacy.signons.consent import Choice
from advocacy.signons.queries import signers_for
from advocacy.worker import postman
from tests import make
from tests.make import COUNTED, DESCRIBED, FULL, Cast

BODY = "We ask for homes, wages and care.\n\nWe hope for an answer by spring."
RIGHT = "Juniper Rightly"
EVERY_FACT = Choice(FULL.form, survivor=True, credential=True, affiliation=True)


@dataclass(frozen=True)
class Hidden:
    """Somebody of whom nothing may be read, and every word that would give her away."""

    name: str
    chosen_name: str
    credential: str
    affiliation: str

    @property
    def email(self) -> str:
        return f"{self.chosen_name.lower()}@hidden.example"

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.name.split(), self.chosen_name, self.email, self.credential, self.affiliation)


HIDDEN: Mapping[str, Hidden] = {
    "counted": Hidden("Calanthe Onlycount", "Marrowbone", "LCSW-Zq", "Ptarmigan House"),
    "withdrawn": Hidden("Withania Goneaway", "Quillfeather", "RN-Zq", "Capercaillie House"),
    "expired": Hidden("Xerxina Lapsedlong", "Thistledown", "MD-Zq", "Wheatear House"),
    "old_text": Hidden("Oldina Vorfassung", "Brackenfern", "JD-Zq", "Fieldfare House"),
    "web_only": Hidden("Webina Netzwerk", "Silverweed", "MSW-Zq", "Redstart House"),
    "limited": Hidden("Limitta Lowering", "Bindweed", "PhD-Zq", "Dotterel House"),
    "declined": Hidden("Declina Nothanks", "Saxifrage", "CPA-Zq", "Goldcrest House"),
    "silent": Hidden("Silencia Neverasked", "Pimpernel", "EdD-Zq", "Siskin House"),
}


@pytest.fixture
def told(database: Database, cast: Cast, letter: LetterVersion, now: datetime) -> Iterator[dict[str, object]]:
    """Forty days in which each of them did what puts her out of sight; the text was changed once."""
    ids: dict[str, object] = {}
    with database.transaction() as session:
        for key, hidden in HIDDEN.items():
            ids[key] = make.person(
                session,
                hidden.name,
                now=now,
                chosen_name=hidden.chosen_name,
                email=hidden.email,
                state="WY",
                limits=make.EVERYTHING,
                recognition_word="marzipan",
                credential=hidden.credential,
                affiliation=hidden.affiliation,
                language=Language.SPANISH if key == "declined" else Language.ENGLISH,
                mail_mode=MailMode.DISCREET if key == "silent" else MailMode.FULL,
            ).id
        ids["right"] = make.person(
            session, RIGHT, now=now, limits=Preset.PUBLIC_ADVOCATE, email="juniper@open.example"
        ).id
        make.ask_members(session, letter, cast, now)
        make.sign(session, letter.letter_id, ids["old_text"], now, EVERY_FACT, FULL, FULL)  # type: ignore[arg-type]
    yield ids


def after_forty_days(
    database: Database, cast: Cast, letter: LetterVersion, ids: dict[str, object], now: datetime
) -> LetterVersion:
    """The second text opens; each signs it, or does not, and then changes her mind."""
    monday, sixty = now + timedelta(days=1), timedelta(days=60)
    short = {**make.DAYS, Audience.RECIPIENT: 30, Audience.WEB: 30, Audience.PRESS: 7}
    with database.transaction() as session:
        version = make.edit(session, cast, letter.letter_id, now=monday, body=BODY, open_for=sixty)

        def sign(key: str, *choices: Choice, days: Mapping[Audience, int] = make.DAYS) -> None:
            make.sign(session, version.letter_id, ids[key], monday, *choices, days=days)  # type: ignore[arg-type]

        sign("counted", COUNTED)
        sign("withdrawn", EVERY_FACT, FULL, FULL)
        sign("expired", EVERY_FACT, FULL, FULL, days=short)
        sign("web_only", COUNTED, DESCRIBED)
        sign("limited", EVERY_FACT, FULL, FULL)
        sign("right", FULL, FULL, FULL, days={**make.DAYS, Audience.PRESS: 90})
    later = now + timedelta(days=40)
    with database.transaction() as session:
        make.withdraw(session, version.letter_id, ids["withdrawn"], later)  # type: ignore[arg-type]
        none = {audience: NOTHING_BUT_COUNT for audience in Audience}
        set_limits(session, ids["limited"], none, by=cast.lee, in_force_at=later)  # type: ignore[arg-type]
        make.decline(session, version.letter_id, ids["declined"], later)  # type: ignore[arg-type]
    return version


def readings(data: bytes, folder: Path) -> Iterator[str]:
    """The file by every road: two readers, its facts, its metadata, its bytes packed and unpacked."""
    path = folder / "edition.pdf"
    path.write_bytes(data)
    yield subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    reader = PdfReader(BytesIO(data))
    yield " ".join(page.extract_text() for page in reader.pages)
    yield f"{reader.metadata} {reader.xmp_metadata and reader.xmp_metadata.stream.get_data()!r}"
    with pikepdf.open(BytesIO(data)) as pdf:
        for held in pdf.objects:
            unpacked = held.read_bytes() if isinstance(held, pikepdf.Stream) else held.unparse()
            yield unpacked.decode("latin-1")
            yield unpacked.decode("utf-16-be", "ignore")


def everything_stored(session: Session) -> str:
    """Every row of every table, but for the offices and texts themselves."""
    return " ".join(
        repr(tuple(row)) for table in METADATA.sorted_tables for row in session.execute(select(table))
    )


def mails(config: Config) -> list[EmailMessage]:
    """Every message as it left."""
    files = [file for file in (config.var / "mail").rglob("*") if file.is_file()]
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def holding(text: str) -> list[str]:
    """Which of them a text gives away."""
    folded = text.casefold()
    return [
        f"{key}: {word}"
        for key, hidden in HIDDEN.items()
        for word in hidden.words
        if word.casefold() in folded
    ]


def test_no_output_holds_what_somebody_did_not_agree_to(
    database: Database,
    config: Config,
    cast: Cast,
    letter: LetterVersion,
    told: dict[str, object],
    now: datetime,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    postman(config, database, lambda: now).round()
    version = after_forty_days(database, cast, letter, told, now)
    later = now + timedelta(days=41)
    id = make.edition_of(make.printed(database, version, cast, later))
    with database.transaction() as session:
        make.hand_over(session, id, make.office_of(session, version).id, cast, later, Way.EMAIL)
    postman(config, database, lambda: later).round()

    with database.reading() as session:
        made = edition(session, id)
        assert made is not None
        data = pdf_of(session, made) or b""
        shown = {audience: signers_for(session, version.id, audience, later) for audience in Audience}
        stored = everything_stored(session)
        told_of_file = f"{made.file_name} {made.manifest} {session.scalars(select(Edition.offices)).all()}"

    for reading in readings(data, tmp_path):
        assert holding(reading) == []
    assert holding(told_of_file) == []
    assert holding(stored) == []
    assert holding(caplog.text) == []
    for audience, signers in shown.items():
        assert holding(" ".join(signer.line for signer in signers.individuals)) == [], audience
    assert RIGHT in " ".join(next(readings(data, tmp_path)).split())
    assert shown[Audience.RECIPIENT].others == 4
    assert [signer.line for signer in shown[Audience.WEB].individuals] == ["A member of the network", RIGHT]


def test_no_mail_holds_what_somebody_did_not_agree_to(
    database: Database,
    config: Config,
    cast: Cast,
    letter: LetterVersion,
    told: dict[str, object],
    now: datetime,
) -> None:
    postman(config, database, lambda: now).round()
    version = after_forty_days(database, cast, letter, told, now)
    later = now + timedelta(days=41)
    id = make.edition_of(make.printed(database, version, cast, later))
    with database.transaction() as session:
        make.hand_over(session, id, make.office_of(session, version).id, cast, later, Way.EMAIL)
        data = pdf_of(session, session.get_one(Edition, id))
    postman(config, database, lambda: later).round()

    sent = mails(config)
    to_office = [mail for mail in sent if mail["To"] == make.CHAIR.email]
    assert (len(sent), len(to_office)) == (len(HIDDEN) + 6 + 1, 1)
    for mail in sent:
        own = next((key for key, hidden in HIDDEN.items() if hidden.email == mail["To"]), "")
        del mail["To"]
        body = mail.get_body()
        assert body is not None
        assert holding(f"{mail.items()} {body.get_content()}") == [], own
    assert [part.get_content() for part in to_office[0].iter_attachments()] == [data]


def test_the_disk_holds_no_word_of_them(
    database: Database,
    config: Config,
    cast: Cast,
    letter: LetterVersion,
    told: dict[str, object],
    now: datetime,
) -> None:
    after_forty_days(database, cast, letter, told, now)
    path = Path(make_url(str(database.engine.url)).database or "")

    for file in path.parent.glob(path.name + "*"):
        assert holding(file.read_bytes().decode("latin-1")) == []
