"""Open States, version 3 of its interface: one question brings a state's bill whole.

What it was not asked to include, it leaves out, so an absent list is "not told" and never "empty".
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from advocacy.bills.identifiers import BadReference, BillKey, make_key
from advocacy.bills.repeats import fold
from advocacy.bills.snapshot import RelatedFact, Snapshot, SponsorFact, StepFact, TextFact
from advocacy.bills.sources.asking import PATIENT, Answer, JsonService, Patience, said
from advocacy.bills.sources.loose import Row, day, link, part, rows, said_in_html, told, words
from advocacy.bills.sources.meetings import hearings_in
from advocacy.bills.sources.source import OPEN, BillUnknown, Gate, SourceAnsweredNonsense, SourceUnreachable

NAME = "Open States"
_AT_ONCE = 20
_OVERLAP = timedelta(hours=1)
_INCLUDED = ("sponsorships", "actions", "versions", "related_bills", "abstracts")
_PLACE = re.compile(r"/(?:state|district|territory):([a-z]{2})/")


@dataclass(frozen=True)
class OpenStatesSource:
    """Open States behind the interface every source has."""

    service: JsonService

    @property
    def name(self) -> str:
        """How pages name this service."""
        return NAME

    def fetch(self, key: BillKey) -> Snapshot:
        """All Open States says about this bill now."""
        path = f"/bills/{key.jurisdiction}/{key.session}/{key.identifier}"
        with self.service.opened() as session:
            item = _item(key, self.service.ask(session, path, include=_INCLUDED))
        return snapshot(key, item, json.dumps(item, sort_keys=True, ensure_ascii=False).encode())

    def changed(self, keys: Collection[BillKey], since: datetime) -> Collection[BillKey]:
        """Asks after twenty bills at a time, and only for those the service touched since an hour before."""
        begin = (since - _OVERLAP).astimezone(UTC).isoformat(timespec="seconds")
        one = next(iter(keys))
        found: set[BillKey] = set()
        with self.service.opened() as session:
            for twenty in _parts(sorted(keys), _AT_ONCE):
                answer = self.service.ask(
                    session,
                    "/bills",
                    jurisdiction=one.jurisdiction,
                    session=one.session,
                    identifier=tuple(key.identifier for key in twenty),
                    updated_since=begin,
                    sort="updated_asc",
                    per_page=_AT_ONCE,
                )
                if answer.status != 200:
                    told_why = said(json.dumps(answer.body))
                    raise SourceUnreachable(f"{NAME} could not tell what changed{told_why}.")
                found |= {key for row in rows(answer.body, "results") if (key := _key_of(row)) in set(twenty)}
        return found


def _parts(keys: Sequence[BillKey], size: int) -> Iterable[Sequence[BillKey]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def open_states(
    address: str, key: str | None, patience: Patience = PATIENT, gate: Gate = OPEN
) -> OpenStatesSource:
    """Open States at this address with this key."""
    how = {"patience": patience, "gate": gate}
    return OpenStatesSource(JsonService(NAME, address, "X-API-KEY", "OPENSTATES_API_KEY", key, **how))  # type: ignore[arg-type]


def snapshot(key: BillKey, item: Row, payload: bytes = b"") -> Snapshot:
    """Its record of a bill as one snapshot. A row without a day or words is counted as unread."""
    read = [_step(row) for row in _in_order(rows(item, "actions"))]
    steps = fold(step for step in read if step)
    return Snapshot(
        key=key,
        title=words(item, "title") or key.identifier,
        source=NAME,
        source_url=link(item, "openstates_url"),
        introduced_on=day(item, "first_action_date"),
        steps=steps if told(item, "actions") else None,
        hearings=hearings_in(steps) or None,
        sponsors=_sponsors(rows(item, "sponsorships")) if told(item, "sponsorships") else None,
        texts=_texts(rows(item, "versions")) if told(item, "versions") else None,
        related=_related(key, rows(item, "related_bills")) if told(item, "related_bills") else None,
        summary=_summary(rows(item, "abstracts")) if told(item, "abstracts") else None,
        subjects=_subjects(item) if told(item, "subject") else None,
        unread=read.count(None),
        payload=payload,
    )


def _item(key: BillKey, answer: Answer) -> Row:
    if answer.status == 404:
        raise BillUnknown(f"{NAME} has no {key.identifier} in the session {key.session} of its place.")
    if answer.status != 200 or not words(answer.body, "identifier"):
        fault = SourceUnreachable if answer.status == 500 else SourceAnsweredNonsense
        raise fault(f"{NAME} could not give {key.identifier}{said(json.dumps(answer.body))}.")
    if _key_of(answer.body) != key:
        raise SourceAnsweredNonsense(f"{NAME} was asked for {key.identifier} and sent another bill.")
    return answer.body


def _key_of(item: Row) -> BillKey | None:
    place = _PLACE.search(words(part(item, "jurisdiction"), "id"))
    try:
        return make_key(place[1] if place else "", words(item, "session"), words(item, "identifier"))
    except BadReference:
        return None


def _in_order(actions: Iterable[Row]) -> list[Row]:
    # Its own order is the order in which a legislature listed them; its days come in two forms.
    def place(row: Row) -> int:
        order = row.get("order")
        return order if isinstance(order, int) else 0

    return sorted(actions, key=place)


def _step(row: Row) -> StepFact | None:
    on, text = day(row, "date"), words(row, "description")
    if on is None or not text:
        return None
    kinds = row.get("classification")
    chamber = words(part(row, "organization"), "classification")
    return StepFact(
        on=on,
        text=text,
        kinds=tuple(kind for kind in kinds if isinstance(kind, str)) if isinstance(kinds, list) else (),
        systems=(chamber,) if chamber else (),
    )


def _sponsors(sponsorships: Iterable[Row]) -> tuple[SponsorFact, ...]:
    found = (_sponsor(row, part(row, "person")) for row in sponsorships)
    return tuple(dict.fromkeys(sponsor for sponsor in found if sponsor.name))


def _sponsor(row: Row, person: Row) -> SponsorFact:
    role = part(person, "current_role")
    leads = row.get("primary") is True
    return SponsorFact(
        name=words(row, "name") or words(person, "name"),
        leads=leads,
        person_code=words(person, "id"),
        party=words(person, "party"),
        district=words(role, "district"),
        original=leads,
    )


def _texts(versions: Iterable[Row]) -> tuple[TextFact, ...]:
    return tuple(_text(row) for row in versions if words(row, "note"))


def _text(row: Row) -> TextFact:
    links = {(words(one, "media_type"), link(one, "url")) for one in rows(row, "links")}
    return TextFact(
        kind=words(row, "note"),
        on=day(row, "date"),
        links=tuple(sorted(pair for pair in links if pair[1])),
    )


def _related(key: BillKey, found: Iterable[Row]) -> tuple[RelatedFact, ...]:
    ties = (
        RelatedFact(
            kind=words(row, "relation_type").replace("-", " ").capitalize() or "Related bill",
            jurisdiction=key.jurisdiction,
            session=words(row, "legislative_session") or key.session,
            identifier=words(row, "identifier"),
        )
        for row in found
    )
    return tuple(dict.fromkeys(tie for tie in ties if tie.identifier))


def _summary(abstracts: Iterable[Row]) -> str:
    return next(filter(None, (said_in_html(row, "abstract") for row in abstracts)), "")


def _subjects(item: Row) -> tuple[str, ...]:
    found = item.get("subject")
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()
