"""What the form of choices offers, and what came back in it. No database, no Flask."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from advocacy.letters.fonts import unprintable
from advocacy.people.limits import Audience, Fact, Facts, Form
from advocacy.signons.consent import SPANS, Choice, is_allowed, line, revealed
from advocacy.signons.previews import CannotPrintName, LongerThanOffered, NotChosen, OverLimit, Wish
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked

TICKS: Mapping[str, Fact] = {
    "survivor": Fact.SURVIVOR,
    "credential": Fact.CREDENTIAL,
    "affiliation": Fact.AFFILIATION,
}

LATER = "later."
"""Before a form above her limit, in its own choice on the page: a form alone never asks for more."""

Fields = Mapping[str, str]
Wishes = Mapping[Audience, Wish]
Choices = Mapping[Audience, Choice]


@dataclass(frozen=True)
class Offer:
    """What one audience's part of the form offers, the least exposing first."""

    audience: Audience
    forms: tuple[Form, ...]
    ticks: tuple[str, ...]
    beyond: tuple[Form, ...] = ()
    more: bool = False
    too_rare: tuple[Form, ...] = ()

    @property
    def is_a_choice(self) -> bool:
        """Whether there is more to choose than the count, to ask for, or to be told of why there is not."""
        return len(self.forms) > 1 or (self.more and bool(self.beyond)) or bool(self.too_rare)


@dataclass(frozen=True, repr=False)
class Answer:
    """What came back: a wish for each audience, or what is wrong with some of them."""

    wishes: Wishes
    faults: Mapping[Audience, type[Exception]]


def offers(asked: Asked, before: Choices | None = None) -> tuple[Offer, ...]:
    """What may be chosen for each audience; with `before`, only what shows no more than that did."""
    return tuple(_offer(asked, audience, before) for audience in CHOSEN_AUDIENCES)


def _offer(asked: Asked, audience: Audience, before: Choices | None) -> Offer:
    most = asked.terms[audience].limit
    told = _shown(asked, before[audience]) if before is not None else None
    forms = tuple(
        form for form in asked.forms(audience) if told is None or _shown(asked, Choice(form)) <= told
    )
    ticks = tuple(
        tick
        for tick, fact in TICKS.items()
        if len(forms) > 1 and fact in most and (told is None or fact in told) and _has(asked, tick)
    )
    if before is not None:
        return Offer(audience, forms, ticks)
    return Offer(audience, forms, ticks, asked.beyond(audience), too_rare=asked.too_rare(audience))


def _shown(asked: Asked, choice: Choice) -> Facts:
    return revealed(choice, implies_survivor=asked.letter.implies_survivor)


def _has(asked: Asked, tick: str) -> bool:
    return tick == "survivor" or bool(getattr(asked.words, tick))


def read(fields: Fields, asked: Asked, offered: Iterable[Offer], today: date) -> Answer:
    """The wishes in a form, whatever else came with them, and what is wrong with those that cannot be."""
    wishes: dict[Audience, Wish] = {}
    faults: dict[Audience, type[Exception]] = {}
    for offer in offered:
        try:
            wishes[offer.audience] = _wish(fields, asked, offer, today)
        except (NotChosen, OverLimit, LongerThanOffered, CannotPrintName) as fault:
            faults[offer.audience] = type(fault)
    return Answer(wishes, faults)


def _wish(fields: Fields, asked: Asked, offer: Offer, today: date) -> Wish:
    days = _days(fields, offer.audience)
    if fields.get(f"form-{offer.audience}", "").startswith(LATER):
        return _later(fields, asked, offer, days, today)
    if not offer.is_a_choice:
        return Wish(Choice(), days)
    form = _form(fields, offer)
    if form is Form.COUNT_ONLY:
        return Wish(Choice(), days)
    until = _until(fields, offer.audience)
    if Wish(Choice(), days, until).lasts_too_long(offer.audience, today):
        raise LongerThanOffered
    ticks = {tick: f"{tick}-{offer.audience}" in fields for tick in TICKS}
    choice = Choice(form, **ticks)
    if any(there and tick not in offer.ticks for tick, there in ticks.items()):
        raise OverLimit
    if not is_allowed(choice, asked.terms[offer.audience]):
        raise OverLimit
    if unprintable(line(choice, asked.words, asked.letter.language) or ""):
        raise CannotPrintName
    return Wish(choice, days, until)


def _later(fields: Fields, asked: Asked, offer: Offer, days: int, today: date) -> Wish:
    """What she asks to be shown as once we talked with her; she is counted until then."""
    chosen = fields[f"form-{offer.audience}"].removeprefix(LATER)
    if chosen not in offer.beyond:
        raise OverLimit
    wish = Wish(Choice(Form(chosen)), days, _until(fields, offer.audience), later=True)
    if wish.lasts_too_long(offer.audience, today):
        raise LongerThanOffered
    if unprintable(line(wish.choice, asked.words, asked.letter.language) or ""):
        raise CannotPrintName
    return wish


def _form(fields: Fields, offer: Offer) -> Form:
    chosen = fields.get(f"form-{offer.audience}", "")
    if chosen not in tuple(Form):
        raise NotChosen
    if Form(chosen) not in offer.forms:
        raise OverLimit
    return Form(chosen)


def _days(fields: Fields, audience: Audience) -> int:
    span = SPANS[audience]
    chosen = fields.get(f"days-{audience}", str(span.default_days))
    if chosen not in map(str, span.offered_days):
        raise LongerThanOffered
    return int(chosen)


def _until(fields: Fields, audience: Audience) -> date | None:
    """A day of her own, where she typed one."""
    typed = fields.get(f"until-{audience}", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as fault:
        raise LongerThanOffered from fault


def plain(choices: Choices) -> Wishes:
    """Wishes with the days that stand where nobody chooses any."""
    return {
        audience: Wish(choices.get(audience, Choice()), SPANS[audience].default_days)
        for audience in CHOSEN_AUDIENCES
    }


def as_fields(wishes: Wishes) -> dict[str, str]:
    """Wishes as the fields of a form, to be carried on or kept."""
    fields: dict[str, str] = {}
    for audience, wish in wishes.items():
        fields[f"form-{audience}"] = f"{LATER if wish.later else ''}{wish.choice.form}"
        fields[f"days-{audience}"] = str(wish.days)
        if wish.until is not None:
            fields[f"until-{audience}"] = wish.until.isoformat()
        fields.update({f"{tick}-{audience}": "1" for tick in TICKS if getattr(wish.choice, tick)})
    return fields


def only_ours(fields: Fields) -> dict[str, str]:
    """Of everything in a form, the fields of choices alone."""
    names = {
        f"{part}-{audience}" for part in ("form", "days", "until", *TICKS) for audience in CHOSEN_AUDIENCES
    }
    # A day of her own that she left empty is no choice.
    return {name: fields[name][:40] for name in sorted(names) if fields.get(name)}


def about(fields: Fields, audiences: Iterable[str]) -> dict[str, str]:
    """Of the fields of choices, those about these audiences."""
    wanted = tuple(f"-{audience}" for audience in audiences)
    return {name: value for name, value in fields.items() if name.endswith(wanted)}


def answered(fields: Fields) -> frozenset[str]:
    """The audiences for which something was chosen."""
    return frozenset(audience for audience in CHOSEN_AUDIENCES if f"form-{audience}" in fields)


def merged(before: Fields, fields: Fields) -> dict[str, str]:
    """What was chosen before, and over it what was chosen now, audience by audience."""
    return {**about(before, set(CHOSEN_AUDIENCES) - answered(fields)), **fields}


def same(one: Fields, other: Fields) -> bool:
    """Whether two forms choose the same, the days that stand by themselves left out or not."""
    standing = {f"days-{audience}": str(SPANS[audience].default_days) for audience in CHOSEN_AUDIENCES}
    return {**standing, **one} == {**standing, **other}


def keep(fields: Fields, text: str) -> str:
    """Choices as they are kept for an hour, with the text they were made for."""
    return json.dumps({"text": text, "fields": dict(fields)}, sort_keys=True)


def kept_for(kept: str | None, text: str) -> dict[str, str]:
    """The kept choices, if they were made for this text."""
    known = json.loads(kept) if kept else {}
    return dict(known["fields"]) if known.get("text") == text else {}
