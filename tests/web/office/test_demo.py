"""The demo's two extra pages."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from advocacy.config import Config
from advocacy.mail.envelopes import Attachment, Envelope, to_wire
from advocacy.mail.transport import MaildirTransport
from advocacy.people.roles import Role
from tests.page import Reader
from tests.web.conftest import Hire

LINK = "http://127.0.0.1:5000/s#AbC-_123"


def mail(subject: str, body: str, *, minute: int = 0, attached: tuple[Attachment, ...] = ()) -> EmailMessage:
    envelope = Envelope("updates@localhost", "wren@members.example", subject, body, attachments=attached)
    return to_wire(envelope, uuid4(), datetime(2026, 11, 23, 15, minute, tzinfo=UTC))


def deliver(config: Config, *mails: EmailMessage) -> None:
    for one in mails:
        MaildirTransport(config.var / "mail").send(one)


def test_everybody_with_a_role_can_be_chosen(reader: Reader, hire: Hire) -> None:
    hire(Role.MANAGER, name="Nguyễn Mẫu")
    hire(name="Nobody Atall")
    seen = reader.get("/demo")

    assert "Nguyễn Mẫu" in seen.words
    assert "Nobody" not in seen.words


def test_an_empty_demo_says_what_to_do(reader: Reader) -> None:
    assert "bin/run" in reader.get("/demo").words


def test_one_press_is_enough(reader: Reader, hire: Hire) -> None:
    assert reader.follow(reader.post(f"/demo/{hire(Role.MANAGER)}")).heading == "Desk"


def test_nobody_becomes_somebody_without_a_role(reader: Reader, hire: Hire) -> None:
    reader.post(f"/demo/{hire()}", status=404)
    reader.post(f"/demo/{uuid4()}", status=404)


def test_every_page_says_that_this_is_a_demo(reader: Reader) -> None:
    for path in ("/", "/office/sign-in", "/demo", "/inbox"):
        assert "Everybody here is made up" in reader.get(path).words


def test_the_inbox_begins_empty(reader: Reader) -> None:
    assert "No mail yet" in reader.get("/inbox").words


def test_the_newest_mail_stands_first_and_its_link_can_be_followed(reader: Reader, config: Config) -> None:
    deliver(config, mail("Earlier", "Hello."), mail("Later", f"Open this:\n\n{LINK}\n\nCode: 7F2K", minute=5))
    seen = reader.get("/inbox")

    assert [heading.get_text() for heading in seen.soup.find_all("h2")] == ["Later", "Earlier"]
    assert LINK in seen.links()


def test_a_hostile_mail_is_only_words(reader: Reader, config: Config) -> None:
    deliver(config, mail("<script>x</script>", "<img src=x onerror=y> javascript:alert(1)"))

    assert "<script>x</script>" in reader.get("/inbox").words


def test_what_is_attached_is_named(reader: Reader, config: Config, tmp_path: Path) -> None:
    deliver(config, mail("A letter", "Dear Chair", attached=(Attachment("letter.pdf", b"%PDF-1.7"),)))

    assert "letter.pdf" in reader.get("/inbox").words
