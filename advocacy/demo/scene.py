"""The scene: fictional people, one real bill typed in as facts, a campaign begun from its playbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.bills import actions as bill_actions
from advocacy.bills.by_hand import read_record
from advocacy.campaigns.actions import start
from advocacy.campaigns.playbooks import read as read_playbook
from advocacy.campaigns.queries import letters_of, positions_of
from advocacy.clock import day_in
from advocacy.letters import actions as letter_actions
from advocacy.letters import venues
from advocacy.letters.models import Letter, LetterKind, LetterVersion
from advocacy.letters.paying import set_pay
from advocacy.letters.queries import latest_version
from advocacy.organisations import recording
from advocacy.paths import CAMPAIGNS
from advocacy.people import actions as people_actions
from advocacy.people import custody
from advocacy.people.models import Group
from advocacy.people.queries import people_at
from advocacy.people.roles import Role
from advocacy.people.roster import read_roster
from advocacy.positions import rounds
from advocacy.positions.decisions import Voice
from advocacy.positions.queries import current_version
from advocacy.signons import inviting

ZONE = "America/New_York"
PLAYBOOK = "reauthorisation"
HANDS = {
    "amara": Role.PWG_COFACILITATOR,
    "jo": Role.PWG_COFACILITATOR,
    "sam": Role.PWG_MEMBER,
    "noor": Role.STEERING,
    "lee": Role.MEMBERSHIP_COFACILITATOR,
    "pat": Role.MANAGER,
    "chris": Role.FINANCE,
    "kim": Role.CUSTODIAN,
    "toni": Role.CUSTODIAN,
}
ORGANISATIONS = (
    ("Sample Valley Housing Collective", "CA", "Val Placeholder, director"),
    ("Example Workers’ Center", "TX", "Tex Muster, coordinator"),
    ("Placeholder Legal Aid of the Eastern Shore, Inc. d/b/a Shore Aid", "MD", "Mary Fixture, counsel"),
    ("Centro de Prueba para Familias", "PR", "Paz Ejemplo, directora"),
)


@dataclass(frozen=True)
class Scene:
    """What the demo works on: who sits at which desk, and the ids of what was begun."""

    hands: dict[str, UUID]
    campaign_id: UUID
    bill_id: UUID
    position_id: UUID
    letter_id: UUID
    testimony_id: UUID
    closes_at: datetime


def roster_file() -> bytes:
    """The fictional roster, as anybody would import it."""
    return files("advocacy.demo").joinpath("roster.csv").read_bytes()


def set_scene(session: Session, now: datetime) -> Scene:
    """Take in the people, give them their terms, know the bill, and start the campaign."""
    people_actions.import_roster(session, read_roster(roster_file()), by=None, now=now)
    hands = {name: person_called(session, name) for name in HANDS}
    today = day_in(ZONE, now)
    for name, role in HANDS.items():
        begins, ends = today - timedelta(days=90), today + timedelta(days=275)
        people_actions.give_term(session, hands[name], role, begins_on=begins, ends_on=ends, by=None)
    prove_copies(session, hands, today)
    record = read_record(CAMPAIGNS / PLAYBOOK / "bill.toml")
    bill_id = bill_actions.track(session, record, now).bill_id
    playbook = read_playbook(CAMPAIGNS / PLAYBOOK, venues.known())
    campaign = start(session, playbook, request="demo", by=hands["amara"], now=now)
    by_kind = {session.get_one(Letter, id).kind: id for id in letters_of(session, campaign.id)}
    return Scene(
        hands=hands,
        campaign_id=campaign.id,
        bill_id=bill_id,
        position_id=positions_of(session, campaign.id)[0],
        letter_id=by_kind[LetterKind.SIGN_ON],
        testimony_id=by_kind[LetterKind.TESTIMONY],
        closes_at=campaign.hard_at,
    )


def prove_copies(session: Session, hands: Mapping[str, UUID], today: date) -> None:
    """Both custodians prove their copies, as letters need; the keys of a demo are gone with its folder."""
    for name, role in HANDS.items():
        if role is Role.CUSTODIAN:
            custody.prove(session, vault.keys_of(session), hands[name], today)


def person_called(session: Session, name: str) -> UUID:
    """The person behind one of the made-up addresses."""
    return people_at(session, f"{name}@example.test")[0].id


def decide(session: Session, scene: Scene, now: datetime) -> None:
    """The working group decides on the position: two agree, one has a concern."""
    version = current_version(session, scene.position_id)
    assert version is not None
    held = rounds.begin_decision(
        session,
        version.id,
        question="Is this what we want to say?",
        closes_at=now + timedelta(days=5),
        by=scene.hands["amara"],
        now=now,
    )
    for name, voice in (("amara", Voice.CONSENT), ("jo", Voice.CONSENT), ("sam", Voice.CONCERN)):
        note = "Say more about labor trafficking." if voice is Voice.CONCERN else ""
        rounds.answer(session, held.id, by=scene.hands[name], voice=voice, note=note, now=now)


def open_letter(session: Session, letter_id: UUID, scene: Scene, now: datetime) -> LetterVersion:
    """Somebody else approves the newest version, and it opens until the campaign's last hour."""
    version = latest_version(session, letter_id)
    assert version is not None
    letter_actions.approve(session, version.id, by=scene.hands["jo"], now=now)
    letter_actions.open_for_signons(
        session, version.id, closes_at=scene.closes_at, by=scene.hands["amara"], now=now
    )
    return version


def invite_members(session: Session, scene: Scene, now: datetime) -> int:
    """Invite the whole group."""
    group = session.scalars(select(Group.id).where(Group.name == "Members")).one()
    return inviting.invite(session, scene.letter_id, [group], by=scene.hands["amara"], now=now)


def ask_witness(session: Session, scene: Scene, now: datetime) -> None:
    """Ask one member to be the witness of the testimony."""
    witness = person_called(session, "wren")
    set_pay(session, scene.testimony_id, 150, by=scene.hands["amara"])
    inviting.ask_witness(session, scene.testimony_id, witness, by=scene.hands["amara"], now=now)


def record_organisations(session: Session, version_id: UUID, scene: Scene, now: datetime) -> None:
    """Four organisations have said yes in writing."""
    for name, state, authoriser in ORGANISATIONS:
        known = people_actions.add_organisation(session, public_name=name, state=state, now=now)
        recording.record_organisation(
            session, version_id, known.id, authoriser=authoriser, by=scene.hands["amara"], now=now
        )


def change_text(session: Session, scene: Scene, now: datetime) -> LetterVersion:
    """The text changes after somebody has signed: from now on her agreement is to an older text."""
    before = latest_version(session, scene.letter_id)
    assert before is not None
    letter_actions.write_version(
        session,
        scene.letter_id,
        title=before.title,
        body=f"{before.body}\n\nPlease write to us at the address above, not to those who sign.",
        by=scene.hands["amara"],
        based_on=before.n,
        note="says where to write",
        now=now,
    )
    return open_letter(session, scene.letter_id, scene, now)
