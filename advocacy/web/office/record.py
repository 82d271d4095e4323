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
        "bill.goes_on": "Said which earlier bill a bill goes on with",
        "bill.note_removed": "Took a note on a bill away",
        "bill.noted": "Wrote a note on a bill",
        "bill.stage_said": "Said where a bill stands",
        "bill.stage_unsaid": "Took back what was said about where a bill stands",
        "bill.stands_alone": "Took back that a bill goes on with an earlier one",
        "bill.work_said": "Said who looks after a bill, or how pressing it is",
        "campaign.dates": "Changed a campaign’s dates",
        "campaign.start": "Started a campaign",
        "decision.begin": "Opened a decision",
        "decision.more_time": "Gave a decision more time",
        "factor.add": "Set up a way to sign in",
        "factor.codes": "Made recovery codes",
        "factor.recover": "Used a recovery code",
        "factor.remove": "Took away a way to sign in",
        "factor.reset": "Lost a device: begins anew",
        "office.prove": "Showed once more who they are",
        "office.wrong_code": "Typed a wrong code",
        "roster.export": "Wrote the roster into a file",
        "roster.export.propose": "Asked for the roster as a file",
        "roster.export.second": "Agreed to the roster as a file",
        "role.begin_anew": "Two custodians let the only manager begin anew",
        "role.begin_anew.propose": "Proposed that the only manager begins anew",
        "role.begin_anew.second": "Agreed that the only manager begins anew",
        "role.end": "Ended a term",
        "role.end.propose": "Proposed to end a term",
        "role.end.second": "Agreed to end a term",
        "role.extend": "Extended a term, as a caretaker",
        "role.extend.propose": "Proposed to extend a term",
        "role.extend.second": "Agreed to extend a term",
        "role.give": "Two people gave somebody a role",
        "role.give.propose": "Proposed a role for somebody",
        "role.give.second": "Agreed to a role for somebody",
        "edition.deliver": "Delivered an edition",
        "edition.deliver.propose": "Proposed to deliver an edition",
        "edition.deliver.second": "Seconded a delivery",
        "edition.destroy": "A file that no longer held was destroyed",
        "edition.destroy.put_off": "A file that should be gone waits for the end of a hold",
        "edition.freeze": "Printed an edition",
        "edition.hold": "A print was held back for review",
        "edition.hold.look": "Looked at why a print was held back",
        "edition.override": "Printed what two custodians let through",
        "edition.override.propose": "Proposed to let a held print through",
        "edition.override.second": "Agreed to let a held print through",
        "hearing.entered": "Entered a hearing",
        "journal.caught_up": "An older copy was put back, and what was taken back since was taken back again",
        "keys.copy": "Wrote a copy of the keys",
        "keys.prove": "Proved a copy of the keys",
        "keys.retire": "Took an old key out of the key file",
        "keys.rotate": "Put another key in use",
        "legislator.say": "Said who a name on a bill is",
        "legislator.unsay": "Took back who a name on a bill is",
        "bill.text_pasted": "Pasted the text of a bill",
        "letter.addressed": "Wrote a letter to a committee as it is today",
        "letter.approve": "Approved a letter’s text",
        "letter.ask_witness": "Asked a witness",
        "letter.bill.holds": "Said that a letter still holds under a new text of its bill",
        "letter.bill.must_change": "Said that a letter must change, because its bill did",
        "letter.invite": "Invited groups to sign",
        "letter.open": "Opened a letter for sign-ons, or changed its end",
        "letter.pay": "Said what people are paid for it",
        "letter.remind": "Reminded once those who had not answered",
        "letter.sent": "A letter left for the first time, or once more",
        "letter.summary": "Wrote a letter in short",
        "letter.typo": "Put a letter with a typo mended in the place of the one before",
        "letter.typo.deny": "Said that a change to a letter is more than a typo",
        "letter.typo.propose": "Said that a change to a letter is a typo",
        "letter.typo.second": "Agreed that a change to a letter is a typo",
        "limits.lower": "Somebody is to be shown less",
        "limits.raise": "Somebody said by voice that more may be shown",
        "limits.refuse": "Somebody did not say that more may be shown",
        "mail.settle": "Decided about a message that was uncertain",
        "mail.stop": "Somebody stopped our mail",
        "names.check": "The check looked for names that must not be on paper",
        "office.enter": "Signed in to the office",
        "organisation.answer": "An organisation answered a letter",
        "organisation.ask": "Asked an organisation to sign",
        "organisation.ask_again": "Asked an organisation once more",
        "organisation.board_agreed": "An organisation’s board agreed",
        "organisation.logo": "An organisation sent its logo",
        "organisation.logo_check": "Looked at an organisation’s logo",
        "organisation.logo_off": "An organisation’s logo was taken off",
        "organisation.refuse": "Left an organisation’s answer out",
        "organisation.revoke": "Took an organisation off a letter",
        "organisation.sign": "Recorded an organisation’s yes",
        "organisation.verify": "Found an organisation’s answer to be its own",
        "organisation_page.close": "Closed a page for organisations",
        "organisation_page.open": "Opened a page for organisations",
        "person.add": "Added a person",
        "person.erase": "Everything about somebody was erased",
        "person.rest": "Somebody rests from being asked",
        "person.withdraw_all": "Took somebody’s name off everything, as they said",
        "position.review": "Set a position’s review date",
        "roster.import": "Took in a roster file",
        "session.ends": "Said when a session ends",
        "sign_on.assist": "Helped somebody to sign",
        "sign_on.change": "Somebody changed what they had said",
        "sign_on.put_back": "Somebody put their name back",
        "sign_on.reveal": "Was shown who stands behind a line",
        "sign_on.reveal.propose": "Asked who stands behind a line",
        "sign_on.reveal.second": "Agreed that somebody is shown who stands behind a line",
        "sign_on.withdraw": "Somebody took their name off a letter",
        "slip.make": "Made a slip with a code",
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
