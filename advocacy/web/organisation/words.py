"""The words of the organisations' pages in both languages: `templates/organisation/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from advocacy.paths import TEMPLATES
from advocacy.people.models import Language


@dataclass(frozen=True)
class Words:
    """One language: every sentence by its key, and how a day is said."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence behind a key, its places filled."""
        return self.sentences[key].format(**values)

    def day(self, on: date) -> str:
        """A day as people write it in this language."""
        month = self.sentences["day.months"].split()[on.month - 1]
        return self.say("day.form", day=on.day, month=month, year=on.year)

    def other(self) -> "Words":
        """The other language a page can be read in."""
        return words_in(Language.ENGLISH if self.language == Language.SPANISH else Language.SPANISH)


@cache
def words_in(language: str) -> Words:
    """The words in a language; in English where we do not speak it."""
    spoken = language if language in tuple(Language) else Language.ENGLISH
    written = tomllib.loads((TEMPLATES / "organisation" / f"{spoken}.toml").read_text("utf-8"))
    return Words(spoken, {f"{part}.{key}": said for part in written for key, said in written[part].items()})
