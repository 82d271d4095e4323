"""The record: what was done in the office, on which day, in plain words and without a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from flask import render_template, request

from advocacy import audit
from advocacy.audit import AuditEntry
from advocacy.people.roles import Role
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

MOST = 100

ACTS: Mapping[str, str] = MappingProxyType(
    {
        "bill.entered": "Entered a bill by hand",
        "bill.stage_said": "Said where a bill stands",
        "bill.stage_unsaid": "Took back what was said about where a bill stands",
        "campaign.dates": "Changed a campaign’s dates",
        "campaign.start": "Started a campaign",
        "decision.begin": "Opened a decision",
        "decision.more_time": "Gave a decision more time",
        "edition.deliver": "Delivered an edition",
        "edition.deliver.propose": "Proposed to deliver an edition",
        "edition.deliver.second": "Seconded a delivery",
        "edition.destroy": "A file that no longer held was destroyed",
        "edition.freeze": "Printed an edition",
        "edition.hold": "A print was held back for review",
        "hearing.entered": "Entered a hearing",
        "letter.approve": "Approved a letter’s text",
        "letter.ask_witness": "Asked a witness",
        "letter.bill.holds": "Said that a letter still holds under a new text of its bill",
        "letter.bill.must_change": "Said that a letter must change, because its bill did",
        "letter.invite": "Invited groups to sign",
        "letter.open": "Opened a letter for sign-ons, or changed its end",
        "mail.settle": "Decided about a message that was uncertain",
        "mail.stop": "Somebody stopped our mail",
        "names.check": "The check looked for names that must not be on paper",
        "office.enter": "Signed in to the office",
        "organisation.revoke": "Took an organisation off a letter",
        "organisation.sign": "Recorded an organisation’s yes",
        "position.review": "Set a position’s review date",
        "roster.import": "Took in a roster file",
        "sign_on.withdraw": "Somebody took their name off a letter",
        "term.give": "Gave somebody a role",
    }
)
_WHY: Mapping[str, str] = MappingProxyType(
    {"again": "to be sent afresh", "left": "left as it is"} | {role.value: role.label for role in Role}
)
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Told:
    """One entry as people read it."""

    n: int
    day: date
    act: str
    who: str
    why: str


@office.get("/record", endpoint="record")
def record() -> str:
    """A hundred entries, the newest first, and whether the chain holds if somebody asks."""
    before = request.args.get("before", type=int)
    with desk().database.reading() as session:
        entries = audit.latest(session, before=before, most=MOST + 1)
        verdict = audit.verify(session) if "check" in request.args else None
        told = [_told(entry) for entry in entries[:MOST]]
    older = told[-1].n if len(entries) > MOST else None
    return render_template("office/record.html", told=told, older=older, before=before, verdict=verdict)


def _told(entry: AuditEntry) -> Told:
    act = ACTS.get(entry.act) or entry.act.replace(".", ", ").replace("_", " ").capitalize()
    return Told(entry.n, entry.day, act, _who(entry), _why(entry.why))


def _who(entry: AuditEntry) -> str:
    if entry.actor_id is None:
        return ""
    # A mark tells two people apart without saying who they are.
    return "you" if entry.actor_id == seat().person_id else f"somebody {entry.actor_id.hex[:6]}"


def _why(why: str) -> str:
    if len(why) == 64 and _HEX.issuperset(why):
        return f"file {why[:12]}"
    return _WHY.get(why, why)
