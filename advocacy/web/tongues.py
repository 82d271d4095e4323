"""The words of a door in the language a person reads, and how days, times and places are said in it.

A door's sentences stand in two twin files of its own under `templates/`, such as `signer/en.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask_babel import force_locale, format_date, format_time

from advocacy.paths import TEMPLATES
from advocacy.people.models import Language

_DAYS: Mapping[str, str] = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}


@dataclass(frozen=True)
class Tongue:
    """One language: every sentence of a door by its key, and how days, times and places are said."""

    twins: str
    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence behind a key, its places filled."""
        return self.sentences[key].format(**values)

    def day(self, on: date) -> str:
        """A day as people write it in this language."""
        with force_locale(self.locale):
            return str(format_date(on, _DAYS[self.language]))

    def time(self, at: datetime) -> str:
        """A time of day as people write it here, on the clocks it was given in."""
        with force_locale(self.locale):
            return str(format_time(at, "h:mm a", rebase=False))

    def city(self, zone: str) -> str:
        """A zone by its city, as this language calls it."""
        said = self.sentences.get(f"cities.{zone.rpartition('/')[2]}")
        return said or get_timezone_location(ZoneInfo(zone), locale=self.locale, return_city=True)

    @property
    def locale(self) -> str:
        """The language as people here write it."""
        return f"{self.language}_US"

    def other(self) -> "Tongue":
        """The other language a page can be read in."""
        other = Language.ENGLISH if self.language == Language.SPANISH else Language.SPANISH
        return tongue_of(self.twins, other)


@cache
def tongue_of(twins: str, language: str) -> Tongue:
    """The words of twins such as `signer/{}.toml` in a language; in English where we do not speak it."""
    spoken = language if language in tuple(Language) else Language.ENGLISH
    written = tomllib.loads((TEMPLATES / twins.format(spoken)).read_text("utf-8"))
    return Tongue(twins, spoken, _flat(written))


def _flat(written: Mapping[str, str | Mapping[str, str]]) -> Mapping[str, str]:
    flat: dict[str, str] = {}
    for key, value in written.items():
        if isinstance(value, str):
            flat[key] = value
        else:
            flat.update({f"{key}.{name}": sentence for name, sentence in value.items()})
    return flat
