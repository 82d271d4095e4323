"""Reading a playbook's Markdown files and filling in the names of the bill. Pure but for the files it reads.

The first line of a file is its title, after a `#`. Two words may be left for the bill: `{{ bill }}` and
`{{ bill_title }}`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from advocacy.campaigns.faults import Notebook

_TITLE = re.compile(r"#\s+(\S.*)")
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}")
# "[amount]" is a gap somebody meant to fill; "[a word](https://...)" is a link.
_GAP = re.compile(r"\b(?:TODO|TBD|TKTK|XXX)\b|lorem ipsum|\[[^\]\n]+\](?![(\[])", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A title and Markdown, perhaps with places left for the bill."""

    title: str
    body: str

    def about(self, names: dict[str, str]) -> "Text":
        """The same text with its places filled."""
        return Text(*(_PLACE.sub(lambda found: names[found[1]], part) for part in (self.title, self.body)))


def read_text(path: Path, notebook: Notebook, places: frozenset[str]) -> Text:
    """A Markdown file with a title line, or an empty text and its faults."""
    lines = _lines(path, notebook)
    title = _TITLE.fullmatch(lines[0].strip()) if lines else None
    body = "\n".join(lines[1:]).strip()
    if lines and title is None:
        notebook.note(path.name, 1, "The first line must be the title, after a # and a space.")
    elif lines and not body:
        notebook.note(path.name, 2, "There is a title but no text below it.")
    for number, line in enumerate(lines, start=1):
        _look_for_gaps(line, path.name, number, notebook, places)
    return Text(title[1].strip() if title else "", body)


def _lines(path: Path, notebook: Notebook) -> list[str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        notebook.note(path.name, 1, "This file is missing.")
        return []
    except UnicodeDecodeError:
        notebook.note(path.name, 1, "This file is not written in UTF-8. Save it again as UTF-8.")
        return []
    if not "".join(lines).strip():
        notebook.note(path.name, 1, "This file is empty.")
        return []
    return lines


def _look_for_gaps(line: str, file: str, number: int, notebook: Notebook, places: frozenset[str]) -> None:
    for found in _PLACE.finditer(line):
        if found[1] not in places:
            known = ", ".join(f"{{{{ {place} }}}}" for place in sorted(places)) or "none in this playbook"
            notebook.note(file, number, f"Nothing fills “{found[0]}”. Known places: {known}.")
    rest = _PLACE.sub("", line)
    if _LOOSE.search(rest):
        notebook.note(file, number, "There are curly brackets here that nothing fills.")
    for gap in _GAP.finditer(rest):
        notebook.note(file, number, f"“{gap[0]}” looks like a gap that was never filled.")
