"""What is wrong with a playbook: which line of which file, in one sentence. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to put right."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.says}"


class PlaybookFaults(Exception):
    """This playbook cannot be started until its files are put right."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Notebook:
    """Collects the faults of one playbook, so that a writer sees all of them at once."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._faults: set[Fault] = set()

    def note(self, file: str, line: int, says: str) -> None:
        """Keep a fault; the same one twice is one."""
        self._faults.add(Fault(f"{self._folder}/{file}", line, says))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault, by file and line."""
        return tuple(sorted(self._faults))
