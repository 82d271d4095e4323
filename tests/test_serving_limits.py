"""What a stranger can do to the real server: too much, too slowly, or nonsense."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.programs import answer_of, eventually, free_port, run, started

SLOW_ONES = 50
QUICK = 3.0
PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=15)

    def says(self, sent: bytes) -> bytes:
        """The first words of the answer to what was sent, however it was received."""
        with self.line() as line:
            with suppress(BrokenPipeError, ConnectionResetError):
                line.sendall(sent)
            try:
                return line.recv(4096)
            except ConnectionResetError:
                return b""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("limits"), free_port()
    says = folder / "words.txt"
    run("advocacy", "db", "upgrade", cwd=folder)
    with started("advocacy", "serve", "--alone", "--port", str(port), cwd=folder, says=says) as process:
        eventually(lambda: answer_of(f"http://127.0.0.1:{port}/healthz"), otherwise=says.read_text)
        yield Server(port, process.pid)


@pytest.mark.parametrize(
    "half",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        b"POST /office/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=",
        b"",
    ],
    ids=["in its headers", "in its body", "before its first word"],
)
def test_fifty_half_sent_requests_keep_nobody_waiting(server: Server, half: bytes) -> None:
    with ExitStack() as held:
        for _ in range(SLOW_ONES):
            held.enter_context(server.line()).sendall(half)
        time.sleep(0.5)
        began = time.monotonic()

        assert answer_of(f"http://127.0.0.1:{server.port}/healthz") == b"ok\n"
        assert time.monotonic() - began < QUICK


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Many: a\r\n" * 5000 + b"\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["one long header", "many headers", "a long address"],
)
def test_headers_without_end_are_refused(server: Server, sent: bytes) -> None:
    answer = server.says(sent)

    assert answer.split(b" ")[1:2] in ([b"431"], [b"414"], [b"400"]) or answer == b""
    assert answer_of(f"http://127.0.0.1:{server.port}/healthz") == b"ok\n"


def test_what_is_no_request_is_refused_without_a_word(server: Server) -> None:
    answer = server.says(b"Wren Sample\x00\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.skipif(not PROCESSES.is_dir(), reason="this system does not list its programs in /proc")
def test_a_body_without_end_is_refused_and_not_kept(server: Server) -> None:
    before = memory(server)
    head = (
        b"POST /office/sign-in HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 200000000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
    )
    answer = server.says(head % server.port + b"a" * 200_000_000)

    assert answer.startswith(b"HTTP/1.1 413") or answer == b""
    assert memory(server) - before < 60_000
    assert answer_of(f"http://127.0.0.1:{server.port}/healthz") == b"ok\n"


def memory(server: Server) -> int:
    """The most kilobytes the server's processes ever held."""
    children = (PROCESSES / f"{server.pid}/task/{server.pid}/children").read_text().split()
    return sum(
        int(line.split()[1])
        for pid in children
        for line in (PROCESSES / pid / "status").read_text().splitlines()
        if line.startswith("VmHWM")
    )
