"""What is read aloud to a member, and what a sheet of paper for her says, in her language."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from flask import render_template
from sqlalchemy.orm import Session

from advocacy.campaigns.queries import note_before
from advocacy.clock import day_in
from advocacy.editions.agreements import place_of
from advocacy.letters import venues
from advocacy.paths import TEMPLATES
from advocacy.people.models import Language
from advocacy.signons.consent import SPANS
from advocacy.signons.paper import sheet_of
from advocacy.signons.previews import count_ends_at
from advocacy.signons.visits import Asked
from advocacy.web.pages import desk

# What makes words bold or a heading on a page is nothing to read aloud.
_MARKS = re.compile(r"\*\*|__|^#+ ", re.MULTILINE)


@dataclass(frozen=True)
class Spoken:
    """The words of one language, by their key."""

    language: str
    sentences: Mapping[str, Mapping[str, str] | str]

    def say(self, key: str, **values: object) -> str:
        """The sentence behind a key such as `slip.code`, its places filled."""
        room, _, name = key.partition(".")
        found = self.sentences[room]
        return (found if isinstance(found, str) else found[name]).format(**values)


@dataclass(frozen=True)
class Office:
    """One office that gets the letter, and what becomes public there."""

    name: str
    place: str
    becomes_public: str

    @property
    def where(self) -> str:
        """Its name, and the house it sits in where that is known."""
        return f"{self.name}, {self.place}" if self.place else self.name


@cache
def spoken(language: str) -> Spoken:
    """The words in a language; in English where we do not speak it."""
    known = language if language in tuple(Language) else Language.ENGLISH
    path = TEMPLATES / "office" / f"aloud.{known}.toml"
    return Spoken(known, tomllib.loads(path.read_text("utf-8")))


def read_aloud(session: Session, asked: Asked, language: str) -> str:
    """Every word that is read to her before she says yes by voice, as plain text."""
    words = spoken(language)
    note = note_before(session, asked.letter.id, words.language)
    offices = (f"- {one.where}. {one.becomes_public}" for one in _offices(asked, words))
    until = words.say("aloud.until", day=_day(words, count_ends_at(asked, desk().config.time_zone)))
    pieces = (
        f"{words.say('aloud.ask')} {_pay(asked, words)}",
        f"{note.title}\n{_MARKS.sub('', note.body)}" if note else "",
        "\n".join((words.say("aloud.goes"), *offices)),
        f"{words.say('aloud.counted')} {words.say('aloud.named')} {until}",
        f"{words.say('aloud.back')} {words.say('aloud.copies')}",
        f"{words.say('aloud.letter')}\n{asked.version.title}",
        _MARKS.sub("", asked.version.body),
        words.say("aloud.question"),
    )
    return "\n\n".join(piece.strip() for piece in pieces if piece)


def sheet(asked: Asked, language: str, **here: object) -> str:
    """The sheet of paper for one person, to be printed."""
    words = spoken(language)
    return render_template(
        "office/sheet.html",
        say=words.say,
        lang=words.language,
        asked=asked,
        pay=_pay(asked, words),
        offices=_offices(asked, words),
        sheet=sheet_of(asked),
        days={audience: span.default_days for audience, span in SPANS.items()},
        **here,
    )


def _pay(asked: Asked, words: Spoken) -> str:
    dollars = asked.letter.pay_dollars
    if dollars is None:
        return words.say("aloud.pay_not_said")
    return words.say("aloud.paid", dollars=f"${dollars:,}") if dollars else words.say("aloud.unpaid")


def _day(words: Spoken, ends: datetime) -> str:
    on = day_in(desk().config.time_zone, ends - timedelta(microseconds=1))
    month = words.say("months").split()[on.month - 1]
    return words.say("day", day=on.day, month=month, year=on.year)


def _offices(asked: Asked, words: Spoken) -> Sequence[Office]:
    known, unknown = venues.known(), words.say("aloud.unknown")
    return [
        Office(one.office, place_of(one), found.becomes_public(words.language) if found else unknown)
        for one in asked.offices
        for found in [known.get(one.venue)]
    ]
