"""One thing that was looked at: how it stands, and what to do about it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How one thing stands."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing. It holds no name, no address and no secret."""

    about: str
    state: State
    says: str
    mend: str = ""

    @property
    def line(self) -> str:
        """The finding as one line of the terminal."""
        return f"{self.state:<6} {self.says} {self.mend}".rstrip()


def ok(about: str, says: str) -> Finding:
    """Nothing to do."""
    return Finding(about, State.OK, says)


def look(about: str, says: str, mend: str) -> Finding:
    """It works, or nobody could see; somebody should look at it one of these days."""
    return Finding(about, State.LOOK, says, mend)


def wrong(about: str, says: str, mend: str) -> Finding:
    """It must be mended before real people rely on this installation."""
    return Finding(about, State.WRONG, says, mend)


def any_wrong(findings: Iterable[Finding]) -> bool:
    """Whether something has to be mended."""
    return any(finding.state is State.WRONG for finding in findings)
