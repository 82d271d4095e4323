"""The roster as a file: asked for with a reason, agreed to by a second person, written once.

It has the columns the roster is taken in by, so a network that leaves this program takes its people along.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.people.actions import propose, use
from advocacy.people.limits import FORM_FACTS, Audience, Fact, Facts
from advocacy.people.models import Group, GroupMember, MailMode, Person, SecondedAct
from advocacy.people.queries import limits_of, names_of, roster
from advocacy.people.roster import COLUMNS
from advocacy.people.roster_file import guarded

ACT = "roster.export"
STANDS_FOR_HOURS = 24


def ask_for_roster(session: Session, why: str, *, by: UUID, now: datetime) -> SecondedAct:
    """Propose to write the roster into a file; the same wish twice is one."""
    for act in asked_for_roster(session, now):
        if act.proposed_by == by and act.why == why:
            return act
    return propose(session, ACT, uuid4(), hash=_hash(why), by=by, now=now, hours=STANDS_FOR_HOURS, why=why)


def asked_for_roster(session: Session, now: datetime) -> Sequence[SecondedAct]:
    """Every wish for the roster that can still be agreed to or used, the newest first."""
    acts = select(SecondedAct).where(
        SecondedAct.act == ACT, SecondedAct.until_at > now, SecondedAct.used_at.is_(None)
    )
    return session.scalars(acts.order_by(SecondedAct.proposed_at.desc())).all()


def write_roster(session: Session, act: SecondedAct, *, by: UUID, now: datetime) -> bytes:
    """The roster as CSV in UTF-8, once, for whoever asked; raises `ProposalEnded` without a second person."""
    why = act.why or ""
    use(session, ACT, act.about_id, hash=_hash(why), now=now)
    people = roster(session)
    audit.record(session, ACT, actor=by, about="roster", why=f"{len(people)} people: {why}")
    return _as_csv(_rows(session, people, now))


def _as_csv(rows: Iterator[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    written = csv.DictWriter(text, COLUMNS)
    written.writeheader()
    for row in rows:
        written.writerow({column: guarded(cell) for column, cell in row.items()})
    # The mark at the start tells spreadsheets that it is UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _rows(session: Session, people: Sequence[Person], now: datetime) -> Iterator[dict[str, str]]:
    limits = limits_of(session, [one.id for one in people], now)
    in_groups = _groups(session)
    for one in people:
        names = names_of(session, one)
        yield {
            "name": names.name,
            "email": names.email,
            "chosen_name": names.chosen_name,
            "state": names.state,
            "language": one.language,
            "limit_recipient": _words(limits[one.id][Audience.RECIPIENT]),
            "limit_web": _words(limits[one.id][Audience.WEB]),
            "limit_press": _words(limits[one.id][Audience.PRESS]),
            "mail_mode": MailMode.NONE if one.mail_stopped_on else one.mail_mode,
            "time_zone": one.time_zone or "",
            "recognition_word": names.recognition_word,
            "credential": names.credential,
            "affiliation": names.affiliation,
            "handles": names.handles,
            "phone": names.phone,
            "groups": ";".join(in_groups.get(one.id, ())),
        }


def _words(facts: Facts) -> str:
    """A limit in the words a roster file is read by."""
    forms = [form for form, needed in FORM_FACTS.items() if needed <= facts]
    ticks = [fact for fact in (Fact.SURVIVOR, Fact.CREDENTIAL, Fact.AFFILIATION) if fact in facts]
    return "+".join([*forms, *ticks])


def _groups(session: Session) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    asked = select(GroupMember.person_id, Group.name).join(Group, Group.id == GroupMember.group_id)
    for person_id, name in session.execute(asked.order_by(Group.name)):
        found.setdefault(person_id, []).append(name)
    return found


def _hash(why: str) -> str:
    return sha256(f"roster|{why}".encode()).hexdigest()
