"""`advocacy serve` is one thing to start and one thing to end."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.programs import answer_of, environment, eventually, free_port, run

PROCESSES = Path("/proc")
pytestmark = pytest.mark.skipif(
    not PROCESSES.is_dir(), reason="this system does not list its programs in /proc"
)


def alive_in(session: int) -> list[int]:
    """The programs of one terminal session that are still there."""
    return [
        process
        for process in map(int, filter(str.isdigit, os.listdir(PROCESSES)))
        if belongs(process, session)
    ]


def belongs(process: int, session: int) -> bool:
    """Whether this program is of that session and runs; one that ends while we look does not."""
    try:
        state = (PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()[0]
        return os.getsid(process) == session and state != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_ctrl_c_ends_the_web_and_its_worker(tmp_path: Path) -> None:
    says, port = tmp_path / "words.txt", free_port()
    run("advocacy", "db", "upgrade", cwd=tmp_path)
    with says.open("wb") as words:
        process = subprocess.Popen(
            ["advocacy", "serve", "--port", str(port)],
            cwd=tmp_path,
            env=environment(),
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        eventually(lambda: answer_of(f"http://127.0.0.1:{port}/healthz"), otherwise=says.read_text)
        eventually(lambda: '"worker.listens"' in says.read_text() or None, otherwise=says.read_text)

        os.killpg(process.pid, signal.SIGINT)  # what a terminal does with Ctrl-C

        assert process.wait(timeout=20) == 0
        # Python's own keeper of shared memory leaves a breath later than the one it serves.
        eventually(lambda: not alive_in(process.pid) or None, otherwise=says.read_text)
    finally:
        for left in alive_in(process.pid):
            os.kill(left, signal.SIGKILL)
        process.wait()
