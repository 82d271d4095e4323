"""What a signer will look like to each audience, shown before anything is signed, and marked so that
what she saw is what is printed."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.clock import day_in, days_later, end_of_day
from advocacy.letters.fonts import unprintable
from advocacy.letters.queries import office_marks
from advocacy.people.limits import Audience, Form
from advocacy.signons.consent import SPANS, Choice, is_allowed, line
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked, Standing, Visit, standing

COUNT_OUTLIVES_CLOSE = 30


class NotChosen(Exception):
    """Please choose one for each: how the office, the web and reporters may see you."""


class OverLimit(Exception):
    """That shows more of you than you agreed to. Nothing was signed. Choose again, or call us."""


class CannotPrintName(Exception):
    """Our letters cannot print a character in these words yet. Choose another way to appear, or call us."""


class LongerThanOffered(Exception):
    """Choose a day from tomorrow on, and not after the last one offered."""


@dataclass(frozen=True)
class Wish:
    """What a signer asks for with one audience: how to appear, and for how many days or until which one.

    What shows more than her limit is for `later`: she is counted until we talked with her.
    """

    choice: Choice
    days: int
    until: date | None = None
    later: bool = False

    def last_day(self, today: date) -> date:
        """The last day of it."""
        return self.until or today + timedelta(days=self.days)

    def lasts_too_long(self, audience: Audience, today: date) -> bool:
        """Whether it ends on none of the days offered, nor on a day of her own from tomorrow to the last."""
        if self.until is None:
            return self.days not in SPANS[audience].offered_days
        return not today < self.until <= today + timedelta(days=SPANS[audience].most_days)


@dataclass(frozen=True, repr=False)
class Preview:
    """Exactly what would be signed: a line for each audience (None: only counted) and when each ends."""

    wishes: Mapping[Audience, Wish]
    choices: Mapping[Audience, Choice]
    lines: Mapping[Audience, str | None]
    ends: Mapping[Audience, datetime]
    text_sha256: str
    offices: str
    time_zone: str = "UTC"
    mark: str = ""

    def is_later(self, audience: Audience) -> bool:
        """Whether what she asks for here waits for a call."""
        return audience in self.wishes and self.wishes[audience].later

    def is_marked(self, mark: str) -> bool:
        """Whether a form comes from this very preview."""
        return hmac.compare_digest(self.mark.encode(), mark.encode())


def preview(
    session: Session, visit: Visit, asked: Asked, wishes: Mapping[Audience, Wish], *, zone: str, now: datetime
) -> Preview:
    """Show what would be signed, or raise why it cannot be. Writes nothing.

    Her days end where she lives; `zone` is the network's, for whoever told us no other.
    """
    here = visit.time_zone or zone
    if set(wishes) != set(CHOSEN_AUDIENCES):
        raise NotChosen
    if any(wish.lasts_too_long(audience, day_in(here, now)) for audience, wish in wishes.items()):
        raise LongerThanOffered
    lines = {audience: _line(asked, audience, wish) for audience, wish in wishes.items()}
    choices = {Audience.COUNT: Choice()} | {audience: wish.choice for audience, wish in wishes.items()}
    before = None if asked.is_open else standing(session, visit)
    shown = Preview(
        wishes=wishes,
        choices=choices,
        lines=lines,
        ends={audience: _end(asked, before, audience, wishes, here, now) for audience in choices},
        text_sha256=asked.version.sha256,
        offices=_offices(asked, before),
        time_zone=here,
    )
    return replace(shown, mark=_mark(session, visit, asked, shown))


def _line(asked: Asked, audience: Audience, wish: Wish) -> str | None:
    if not _may_ask(asked, audience, wish):
        raise OverLimit
    if wish.choice.form is Form.COUNT_ONLY:
        return None
    printed = line(wish.choice, asked.words, asked.letter.language)
    if printed is None:
        raise OverLimit
    if unprintable(printed):
        raise CannotPrintName
    return printed


def _may_ask(asked: Asked, audience: Audience, wish: Wish) -> bool:
    """Whether it is within her limit, or she asks for it to be raised and nothing else stands against it."""
    if not wish.later:
        return is_allowed(wish.choice, asked.terms[audience])
    return wish.choice.form in asked.beyond(audience) and wish.choice == Choice(wish.choice.form)


def _offices(asked: Asked, before: Standing | None) -> str:
    marks = office_marks(asked.offices)
    # Once the letter is closed she can only show less: an office she was never asked about stays out.
    kept = [mark for mark in marks if mark in before.offices] if before and before.signed else marks
    return " ".join(kept)


def _end(
    asked: Asked,
    before: Standing | None,
    audience: Audience,
    wishes: Mapping[Audience, Wish],
    zone: str,
    now: datetime,
) -> datetime:
    wish = wishes.get(audience) or Wish(Choice(), SPANS[audience].default_days)
    ends = [end_of_day(zone, wish.last_day(day_in(zone, now)))]
    if audience not in wishes:
        ends.append(count_ends_at(asked, zone))
    if before and audience in before.ends:
        ends.append(before.ends[audience])
    return min(ends)


def count_ends_at(asked: Asked, zone: str) -> datetime:
    """Until when anybody is counted at the latest: so many days after the letter closes."""
    return days_later(asked.opening.closes_zone or zone, asked.opening.closes_at, COUNT_OUTLIVES_CLOSE)


def _mark(session: Session, visit: Visit, asked: Asked, shown: Preview) -> str:
    told = {
        "invitation": str(visit.invitation_id),
        "text": shown.text_sha256,
        "offices": shown.offices,
        "public": office_marks(asked.public_offices),
        "survivors": asked.letter.implies_survivor,
        "wishes": {audience: asdict(wish) for audience, wish in shown.wishes.items()},
        "lines": dict(shown.lines),
        "ends": {audience: end.isoformat() for audience, end in shown.ends.items()},
    }
    text = json.dumps(told, sort_keys=True, default=str)
    keyed = hmac.digest(vault.keys_of(session).codes, text.encode(), sha256).hex()
    return f"{shown.text_sha256[:16]}.{keyed}"
