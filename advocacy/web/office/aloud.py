"""What is read aloud to a member, and what a sheet of paper for her says, in her language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from sqlalchemy.orm import Session

from advocacy.campaigns.queries import note_before
from advocacy.clock import last_day
from advocacy.editions.agreements import place_of
from advocacy.letters import venues
from advocacy.signons.consent import SPANS
from advocacy.signons.paper import sheet_of
from advocacy.signons.previews import count_ends_at
from advocacy.signons.visits import Asked
from advocacy.web.pages import desk
from advocacy.web.tongues import Tongue, tongue_of

# What makes words bold or a heading on a page is nothing to read aloud.
_MARKS = re.compile(r"\*\*|__|^#+ ", re.MULTILINE)


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


def spoken(language: str) -> Tongue:
    """The words in a language; in English where we do not speak it."""
    return tongue_of("office/aloud.{}.toml", language)


def read_aloud(session: Session, asked: Asked, language: str) -> str:
    """Every word that is read to her before she says yes by voice, as plain text."""
    words = spoken(language)
    note = note_before(session, asked.letter.id, words.language)
    offices = (f"- {one.where}. {one.becomes_public}" for one in _offices(asked, words))
    zone = desk().config.time_zone
    until = words.say("aloud.until", day=words.day(last_day(zone, count_ends_at(asked, zone))))
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


def _pay(asked: Asked, words: Tongue) -> str:
    dollars = asked.letter.pay_dollars
    if dollars is None:
        return words.say("aloud.pay_not_said")
    return words.say("aloud.paid", dollars=f"${dollars:,}") if dollars else words.say("aloud.unpaid")


def _offices(asked: Asked, words: Tongue) -> Sequence[Office]:
    return [
        Office(
            one.office,
            place_of(one),
            venues.becomes_public(one.venue, words.language) or words.say("aloud.unknown"),
        )
        for one in asked.offices
    ]
