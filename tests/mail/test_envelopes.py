"""What a message looks like on the wire: neutral, plain, and nobody's to smuggle a line into."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from uuid import UUID

import pytest

from advocacy.mail.envelopes import Attachment, CannotPost, Envelope, HostileHeader, NoAddress, to_wire
from tests.conftest import NOW
from tests.mail.trades import envelope

ID = UUID(int=7)
BREAKS = ["\r\n", "\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]


def sent(written: Envelope) -> bytes:
    return to_wire(written, ID, NOW).as_bytes()


def read_back(written: Envelope):  # type: ignore[no-untyped-def]
    return message_from_bytes(sent(written), policy=policy.default)


def test_only_neutral_headers_are_there() -> None:
    names = {name for name, _ in read_back(envelope()).items()}

    assert names == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Content-Language",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }


def test_mail_to_members_is_plain_text_in_one_part() -> None:
    assert read_back(envelope()).get_content_type() == "text/plain"


def test_the_same_row_has_the_same_id_every_time() -> None:
    assert read_back(envelope())["Message-ID"] == f"<{ID.hex}@network.example>"
    assert sent(envelope()) == sent(envelope())


def test_one_press_stops_mail() -> None:
    message = read_back(envelope(stop_url="https://signer.example/stop/abc"))

    assert message["List-Unsubscribe"] == "<https://signer.example/stop/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_mail_that_has_no_stopping_says_nothing_of_it() -> None:
    assert read_back(envelope())["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "words", ["Hello.\n", "Buenos días, Ana-Lucía.\n", "Xin chào Nguyễn Mẫu\n", "a" * 2000 + "\n"]
)
def test_the_words_arrive_as_they_were_written(words: str) -> None:
    assert read_back(envelope(body=words)).get_content().splitlines() == words.splitlines()


def test_no_line_is_longer_than_servers_take() -> None:
    assert max(map(len, sent(envelope(body="é" * 5000 + "\n")).split(b"\r\n"))) <= 998


def test_every_line_ends_as_servers_want_it() -> None:
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", sent(envelope(body="one\ntwo\r\nthree\n")))


@pytest.mark.parametrize("field", ["sender", "to", "subject", "stop_url", "language"])
@pytest.mark.parametrize("mark", BREAKS)
def test_no_header_takes_a_line_break(field: str, mark: str) -> None:
    hostile = replace(envelope(), **{field: f"wren@members.example{mark}Bcc: all@members.example"})

    with pytest.raises(HostileHeader):
        sent(hostile)


@pytest.mark.parametrize("mark", BREAKS)
def test_no_file_name_takes_a_line_break(mark: str) -> None:
    hostile = replace(envelope(), attachments=(Attachment(f"letter.pdf{mark}X-Planted: yes", b"%PDF"),))

    with pytest.raises(HostileHeader):
        sent(hostile)


def test_a_hostile_body_stays_a_body() -> None:
    message = read_back(envelope(body="\r\nBcc: all@members.example\r\n\r\n.\r\nMAIL FROM:<x@x.example>\r\n"))

    assert message["Bcc"] is None
    assert "MAIL FROM" in message.get_content()


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "@",
        "nobody",
        "@members.example",
        "wren@",
        "a@members.example, b@members.example",
        "a@members.example;b@members.example",
        "a@b@members.example",
        "wren@exa mple.example",
        "wren @members.example",
        "group: wren@members.example;",
        "<wren@members.example> sky@members.example",
        "müller@members.example",
        "wren@" + "x" * 300 + "é.example",
    ],
)
def test_what_is_not_one_address_gets_nothing(address: str) -> None:
    with pytest.raises(NoAddress):
        sent(envelope(address))


def test_a_domain_in_other_letters_is_spelled_as_servers_know_it() -> None:
    assert (
        read_back(envelope("wren@bücher.example"))["To"].addresses[0].addr_spec
        == "wren@xn--bcher-kva.example"
    )


def test_a_sender_may_have_a_name() -> None:
    message = read_back(envelope(sender="Policy Updates <updates@network.example>"))

    assert message["From"].addresses[0].display_name == "Policy Updates"
    assert message["Message-ID"].endswith("@network.example>")


def test_a_file_travels_byte_for_byte() -> None:
    letter = Attachment("letter.pdf", bytes(range(256)))

    (found,) = read_back(replace(envelope(), attachments=(letter,))).iter_attachments()

    assert (found.get_filename(), found.get_content()) == ("letter.pdf", letter.content)


def test_an_envelope_does_not_show_its_words_in_a_trace() -> None:
    written = replace(envelope(), attachments=(Attachment("letter.pdf", b"Wren"),))

    assert "wren" not in repr(written).lower()
    assert "Wren" not in repr(written.attachments)
    assert issubclass(HostileHeader, CannotPost)
