"""Congress.gov's rows as facts. A row without a day or words is counted as unread; its raw form is kept."""

from collections.abc import Iterable, Mapping
from datetime import date

from advocacy.bills.identifiers import BillKey
from advocacy.bills.repeats import fold, same_words
from advocacy.bills.snapshot import ReferralFact, RelatedFact, Snapshot, SponsorFact, StepFact, TextFact
from advocacy.bills.sources.loose import (
    Row,
    day,
    eastern,
    link,
    part,
    rows,
    said_in_html,
    words,
    written_day,
)

NAME = "Congress.gov"
_PRINTS = {
    "IH": "Introduced in House",
    "IS": "Introduced in Senate",
    "RH": "Reported in House",
    "RS": "Reported in Senate",
    "EH": "Engrossed in House",
    "ES": "Engrossed in Senate",
    "RDS": "Received in Senate",
    "RDH": "Received in House",
    "RFS": "Referred in Senate",
    "RFH": "Referred in House",
    "PCS": "Placed on Calendar Senate",
    "PCH": "Placed on Calendar House",
    "ATS": "Agreed to Senate",
    "ATH": "Agreed to House",
    "EAS": "Engrossed Amendment Senate",
    "EAH": "Engrossed Amendment House",
    "CPS": "Considered and Passed Senate",
    "CPH": "Considered and Passed House",
    "ENR": "Enrolled Bill",
}


def snapshot(
    key: BillKey,
    item: Row,
    lists: Mapping[str, list[Row] | None],
    payload: bytes = b"",
    *,
    source: str = NAME,
) -> Snapshot:
    """The item and its lists as one snapshot; a list that is None was not told."""
    actions, cosponsors = lists["actions"], lists["cosponsors"]
    committees, prints = lists["committees"], lists["textVersions"]
    related, summaries, subjects = (lists.get(name) for name in ("relatedBills", "summaries", "subjects"))
    read = [_step(row) for row in actions or []]
    leads = [_sponsor(row, leads=True) for row in rows(item, "sponsors")]
    joined = None if cosponsors is None else [_sponsor(row, leads=False) for row in cosponsors]
    return Snapshot(
        key=key,
        title=words(item, "title") or key.identifier,
        source=source,
        source_url=link(item, "legislationUrl"),
        introduced_on=day(item, "introducedDate"),
        laws=tuple(_law(row) for row in rows(item, "laws") if words(row, "number")),
        steps=None if actions is None else _with_latest(fold(s for s in reversed(read) if s), item),
        sponsors=None if joined is None else _named(leads + joined),
        referrals=None if committees is None else tuple(_referrals(committees)),
        texts=None if prints is None else tuple(_text(row) for row in prints if words(row, "type")),
        related=None if related is None else _related(related),
        summary=None if summaries is None else _summary(summaries),
        subjects=None if subjects is None else _subjects(item, subjects),
        unread=read.count(None),
        payload=payload,
    )


def _step(row: Row) -> StepFact | None:
    on, text = day(row, "actionDate"), words(row, "text")
    if on is None or not text:
        return None
    return StepFact(
        on=on,
        text=text,
        at=eastern(on, words(row, "actionTime")),
        codes=_one(words(row, "actionCode")),
        kinds=_one(words(row, "type")),
        systems=_one(words(part(row, "sourceSystem"), "code")),
        committees=tuple(sorted(filter(None, (words(c, "systemCode") for c in rows(row, "committees"))))),
    )


def _with_latest(steps: tuple[StepFact, ...], item: Row) -> tuple[StepFact, ...]:
    # The item often knows an action hours before the list does.
    latest = _step(part(item, "latestAction"))
    if latest is None:
        return steps
    known = {(step.on, same_words(step.text)) for step in steps}
    told = (latest.on, same_words(latest.text)) in known
    return steps if told else tuple(sorted((*steps, latest), key=lambda step: step.on))


def _sponsor(row: Row, *, leads: bool) -> SponsorFact:
    return SponsorFact(
        name=words(row, "fullName")
        or " ".join(filter(None, (words(row, "firstName"), words(row, "lastName")))),
        leads=leads,
        person_code=words(row, "bioguideId"),
        party=words(row, "party"),
        state=words(row, "state"),
        district=words(row, "district"),
        joined_on=day(row, "sponsorshipDate"),
        original=leads or row.get("isOriginalCosponsor") in (True, "True", "true"),
        withdrawn_on=day(row, "sponsorshipWithdrawnDate"),
    )


def _named(sponsors: Iterable[SponsorFact]) -> tuple[SponsorFact, ...]:
    return tuple(dict.fromkeys(sponsor for sponsor in sponsors if sponsor.name))


def _referrals(committees: Iterable[Row]) -> Iterable[ReferralFact]:
    for row in committees:
        if words(row, "name"):
            yield _referral(row, words(row, "chamber"), "")
            for below in rows(row, "subcommittees"):
                if words(below, "name"):
                    yield _referral(below, words(row, "chamber"), words(row, "systemCode"))


def _referral(row: Row, chamber: str, parent: str) -> ReferralFact:
    acts = {(words(act, "name").capitalize(), day(act, "date")) for act in rows(row, "activities")}
    return ReferralFact(
        name=words(row, "name"),
        chamber=chamber,
        code=words(row, "systemCode"),
        kind=words(row, "type"),
        parent=parent,
        activities=tuple(sorted(acts, key=lambda act: (act[1] or date.min, act[0]))),
    )


def _text(row: Row) -> TextFact:
    kind = words(row, "type")
    links = {(words(form, "type"), link(form, "url")) for form in rows(row, "formats")}
    return TextFact(
        kind=_PRINTS.get(kind, kind),
        on=written_day(row, "date"),
        links=tuple(sorted(pair for pair in links if pair[1])),
    )


def _related(found: Iterable[Row]) -> tuple[RelatedFact, ...]:
    return tuple(dict.fromkeys(tied for row in found if (tied := _tied(row))))


def _tied(row: Row) -> RelatedFact | None:
    ties = sorted(rows(row, "relationshipDetails"), key=lambda tie: "dentical" not in words(tie, "type"))
    session, prefix, number = (words(row, name) for name in ("congress", "type", "number"))
    if not (session.isdigit() and prefix and number.isdigit()):
        return None
    return RelatedFact(
        kind=(words(ties[0], "type") if ties else "") or "Related bill",
        jurisdiction="us",
        session=session,
        identifier=BillKey("us", session, prefix.upper(), int(number)).identifier,
        title=words(row, "title"),
        told_by=", ".join(sorted({words(tie, "identifiedBy") for tie in ties} - {""})),
    )


def _summary(found: Iterable[Row]) -> str:
    newest = max(found, key=lambda row: words(row, "actionDate"), default=None)
    return said_in_html(newest, "text") if newest else ""


def _subjects(item: Row, found: Iterable[Row]) -> tuple[str, ...]:
    names = (words(part(item, "policyArea"), "name"), *(words(row, "name") for row in found))
    return tuple(dict.fromkeys(name for name in names if name))


def _law(row: Row) -> str:
    return f"{words(row, 'type') or 'Public Law'} {words(row, 'number')}"


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
