"""Web and worker in one: what `advocacy serve` starts, and ends."""

import os
import subprocess
import sys
import threading

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from advocacy.config import Config
from advocacy.logs import Event, tell

_REST = 2.0
# A connection costs little, a request still arriving an idle thread; `web.receiving` works on few at a time.
_ARRIVING = 64
_CONNECTIONS = 1024
_HEADERS = HTTP1Settings(header_read_timeout=10_000, max_buffer_size=32_768)
_ITS_LOG: dict[str, object] = {
    # What the server says goes the one way all lines go: `advocacy.logs` has the only handler.
    "formatters": {},
    "handlers": {},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("_granian", "granian.access")},
}


class _Helper:
    """The worker beside the web: started, started again if it falls, ended with it."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def watch(self) -> None:
        while not self._over.is_set():
            # In a group of its own: Ctrl-C reaches this process, which then ends the worker in order.
            self._process = subprocess.Popen([sys.executable, "-m", "advocacy", "worker"], process_group=0)
            self._process.wait()
            self._over.wait(_REST)

    def end(self) -> None:
        self._over.set()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)


def serve(config: Config, *, host: str, port: int, workers: int, alone: bool = False) -> None:
    """Answer on one port of this machine until told to stop, with a worker beside unless `alone`."""
    # The web's own processes read their settings again; they must learn of the port that was asked for.
    os.environ["PORT"] = str(port)
    helper = _Helper()
    if not alone:
        threading.Thread(target=helper.watch, daemon=True).start()
    try:
        server = Granian(
            "advocacy.app:answering",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            factory=True,
            workers=workers,
            websockets=False,
            blocking_threads=_ARRIVING,
            backpressure=_CONNECTIONS,
            http1_settings=_HEADERS,
            # Now and then granian's own process misses that it was told to stop, and would wait for ever.
            workers_kill_timeout=3,
            log_access=False,
            log_dictconfig=_ITS_LOG,
            log_level=LogLevels.warning,
        )
        server.on_startup(lambda: tell(Event.WEB_LISTENS))
        server.serve()
    finally:
        helper.end()
