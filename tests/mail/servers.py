"""Mail servers on loopback: one that really takes mail, and one that misbehaves word for word."""

import asyncio
import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any, Self

from aiosmtpd.controller import Controller

from tests.programs import free_port


@dataclass
class Inbox:
    """Keeps every message it took. `answers` says what a reader's address is told; `drops` hangs up on it.

    It takes `seconds` before it has a message, and `ponders` before it says that it has.
    """

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    seconds: float = 0
    ponders: float = 0
    greeted_as: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), server_hostname="inbox.example"
        )
        self._controller.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    @property
    def readers(self) -> list[str]:
        return [reader for reader, _ in self.taken]

    @property
    def messages(self) -> list[Message]:
        return [message_from_bytes(content) for _, content in self.taken]

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any
    ) -> Any:
        session.host_name = hostname
        self.greeted_as.append(hostname)
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.answers.get(address, "250 fine")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds)
        reader = envelope.rcpt_tos[0]
        self.taken.append((reader, envelope.original_content))
        await asyncio.sleep(self.ponders)
        if reader in self.drops:
            server.transport.abort()
        return "250 taken"


class Scripted:
    """Answers each command as its script says, and hangs up where the script says nothing (`None`).

    The command `.` is the end of the message, `HELLO` the greeting.
    """

    _USUAL = {"HELLO": "220 here", "DATA": "354 go on"}

    def __init__(self, answers: dict[str, str | None]) -> None:
        self._answers = {**self._USUAL, **answers}
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as line:
                self._talk(line)

    def _talk(self, line: Any) -> None:
        in_message = False
        if not self._say(line, "HELLO"):
            return
        while heard := line.readline():
            command = heard.decode().strip().partition(" ")[0].upper()
            if in_message and command != ".":
                continue
            if not self._say(line, command):
                return
            in_message = command == "DATA" and str(self._answers["DATA"]).startswith("354")

    def _say(self, line: Any, command: str) -> bool:
        answer = self._answers.get("END" if command == "." else command, "250 fine")
        if answer is None:
            return False
        line.write(f"{answer}\r\n".encode())
        line.flush()
        return True
