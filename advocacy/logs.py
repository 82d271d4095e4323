"""The log: one line of JSON for each thing worth telling, made of nothing but the fields listed here.

A field leaves only in the shape it is listed with, so that no name, no address, no key and no word of a fault
gets in. What other people's programs say is told by their name and level alone.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType, TracebackType

_log = logging.getLogger("advocacy")
_NAME = re.compile(r"[A-Za-z_][\w.]{0,79}", re.ASCII)
SHAPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "event": re.compile(r"[a-z]+(\.[a-z]+)?"),
        # An id of our own making, or a bill as people cite it.
        "id": re.compile(
            r"[0-9a-f-]{4,36}|[a-z]{2} [\w-]{1,9} [A-Z][A-Za-z.]{0,12} ?\d{1,6}[a-z]?", re.ASCII
        ),
        "endpoint": re.compile(r"[a-z_]+(\.[a-z_]+)?"),
        "status": re.compile(r"\d{3}", re.ASCII),
        "ms": re.compile(r"\d{1,9}", re.ASCII),
        "count": re.compile(r"\d{1,9}", re.ASCII),
        "kind": _NAME,
        "place": re.compile(r"[\w.<>-]{1,60}:\d{1,6}( < [\w.<>-]{1,60}:\d{1,6}){0,5}", re.ASCII),
    }
)
"""Every field a line may have beside its time and level, and what it may look like."""

KNOWN = frozenset(
    {
        "_granian",
        "alembic",
        "asyncio",
        "fontTools",
        "huey",
        "pikepdf",
        "PIL",
        "psycopg",
        "py",
        "pypdf",
        "sqlalchemy",
    }
    | {"urllib3", "weasyprint", "whitenoise"}
)
"""Other people's programs that may be named."""


class Event(StrEnum):
    """What may be told."""

    WEB_LISTENS = "web.listens"
    REQUEST = "request"
    FAULT = "fault"
    WORKER_LISTENS = "worker.listens"
    BELL_UNHEARD = "bell.unheard"
    BILL_SEEN = "bill.seen"
    BILL_UNSEEN = "bill.unseen"
    MAIL_ROUND = "mail.round"
    MAIL_WAITS = "mail.waits"
    MAIL_FAILED = "mail.failed"
    MAIL_UNCERTAIN = "mail.uncertain"
    OTHERS = "others"


def tell(event: Event, *, level: int = logging.INFO, **fields: str | int | None) -> None:
    """Write one line. A field that is not listed is refused; one in another shape is left out of the line."""
    told = _listed({"event": event.value, **fields})
    words = " ".join(f"{name}={value}" for name, value in told.items())
    _log.log(level, "%s", words, extra={"told": told})


def tell_fault(fault: BaseException, **fields: str | int | None) -> None:
    """Write down where a fault happened and its kind. Never its words: they may hold somebody's name."""
    place = place_of(fault.__traceback__)
    tell(Event.FAULT, level=logging.ERROR, kind=type(fault).__name__, place=place, **fields)


def place_of(trace: TracebackType | None) -> str:
    """The last files and lines a fault went through, the innermost first."""
    frames: Iterable[traceback.FrameSummary] = reversed(traceback.extract_tb(trace)[-6:])
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)


def _listed(fields: Mapping[str, str | int | None]) -> dict[str, str | int]:
    return {
        name: value
        for name, value in fields.items()
        if value is not None and SHAPES[name].fullmatch(str(value))
    }


class OneLine(logging.Formatter):
    """Makes the line: its time in UTC, its level, and what may be told."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        at = datetime.fromtimestamp(record.created, UTC)
        told = getattr(record, "told", None) or _of_others(record)
        line = {"time": f"{at:%Y-%m-%dT%H:%M:%SZ}", "level": record.levelname.lower(), **told}
        return json.dumps(line, ensure_ascii=True)


def _of_others(record: logging.LogRecord) -> dict[str, str | int]:
    # Their words are dropped whole: a file's text, a person's address or a key may stand in them.
    fault = record.exc_info[1] if record.exc_info else None
    speaker = record.name.partition(".")[0]
    fields: dict[str, str | int | None] = {
        "event": Event.OTHERS,
        "kind": speaker if speaker in KNOWN else "other",
    }
    if fault is not None:
        fields |= {"kind": type(fault).__name__, "place": place_of(fault.__traceback__)}
    return _listed(fields)


class Terminal(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to wherever this process complains at the moment."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(OneLine())

    @property
    def stream(self) -> object:
        """The standard error of this moment."""
        return sys.stderr

    @stream.setter
    def stream(self, value: object) -> None:
        """It is looked up each time, so nothing is kept."""


def speak_up() -> None:
    """From here on this process writes its log, and nothing else, to the terminal; twice is once."""
    root = logging.getLogger()
    if not any(isinstance(handler, Terminal) for handler in root.handlers):
        root.addHandler(Terminal())
    _log.setLevel(logging.INFO)
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.raiseExceptions = False  # its own complaint would repeat the words that could not be written
    logging.captureWarnings(True)
    # Whoever has set hooks of their own, as the tests have, keeps them.
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _unforeseen
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda told: _unforeseen(told.exc_type, told.exc_value, told.exc_traceback)


def _unforeseen(kind: type[BaseException], fault: BaseException | None, _trace: TracebackType | None) -> None:
    if fault is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
        tell_fault(fault)
