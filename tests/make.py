"""Plain functions that make rows: fictional people, a letter that is open, a person at the door who signs.

Everything goes through the same actions that the pages call; nothing is written into a table by hand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.db import Database
from advocacy.editions.actions import deliver, freeze, propose_delivery
from advocacy.editions.contents import Letterhead
from advocacy.editions.models import Delivery, Edition, Way
from advocacy.editions.printing import Print, print_edition
from advocacy.editions.queries import first_sent_at, manifest_of
from advocacy.letters import actions as letters
from advocacy.letters import render
from advocacy.letters.content import Content, LetterContent
from advocacy.letters.models import LetterKind, LetterVersion, Recipient
from advocacy.letters.queries import latest_version, office_marks, recipients
from advocacy.mail.actions import queue
from advocacy.people.actions import add_person, give_term, second
from advocacy.people.custody import prove
from advocacy.people.limits import Audience, Form, Limits, Preset
from advocacy.people.models import Language, MailMode, Person
from advocacy.people.queries import groups as all_groups
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow
from advocacy.signons import actions as signing
from advocacy.signons.consent import Choice
from advocacy.signons.counting import not_asked
from advocacy.signons.inviting import TooFewNew, ask_witness, invite
from advocacy.signons.links import Purpose
from advocacy.signons.models import Invitation, SignOn
from advocacy.signons.previews import Preview, Wish, preview
from advocacy.signons.queries import signers_for
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked, Visit, asked_of, visit_by_key

ZONE = "America/New_York"
LETTERHEAD = Letterhead("Example Network", ("policy@network.example",), ZONE)
OPEN_FOR = timedelta(days=10)

CHAIR = letters.Office(
    "The Honorable Sample Chair",
    "Dear Chair Sample:",
    "Room 1, House Office Building",
    "us_house",
    email="chair@house.example",
)
RANKING = letters.Office(
    "The Honorable Example Ranking",
    "Dear Ranking Member:",
    "Room 2, House Office Building",
    "us_house",
    email="ranking@house.example",
)
POSTING = letters.Office(
    "Committee on Samples",
    "Dear Members:",
    "Room 3, House Office Building",
    "us_house_committee",
    email="clerk@committee.example",
)
HEADER = letters.Header("HB 417", "A Sample Bill", "Committee on Samples", date(2027, 2, 11), "Room 3")

COUNTED = Choice()
CHOSEN = Choice(Form.CHOSEN_NAME)
FULL = Choice(Form.FULL_NAME)
DESCRIBED = Choice(Form.DESCRIPTOR)
EVERYTHING: Limits = Preset.PUBLIC_ADVOCATE.limits()
DAYS: Mapping[Audience, int] = {Audience.RECIPIENT: 180, Audience.WEB: 182, Audience.PRESS: 30}


def person(
    session: Session,
    name: str,
    *,
    now: datetime,
    chosen_name: str = "",
    email: str = "",
    state: str = "OH",
    limits: Limits | Preset = Preset.COUNT_ME_ONLY,
    language: Language = Language.ENGLISH,
    mail_mode: MailMode = MailMode.FULL,
    recognition_word: str = "",
    credential: str = "",
    affiliation: str = "",
    groups: Sequence[str] = ("members",),
    time_zone: str = "",
    handles: str = "",
    phone: str = "",
) -> Person:
    """Somebody on the roster."""
    plain = "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalpha())
    row = RosterRow(
        line=2,
        name=name,
        email=email or f"{plain or 'somebody'}@members.example",
        chosen_name=chosen_name,
        state=state,
        language=language,
        mail_mode=mail_mode,
        recognition_word=recognition_word,
        credential=credential,
        affiliation=affiliation,
        limits=limits.limits() if isinstance(limits, Preset) else limits,
        groups=tuple(groups),
        time_zone=time_zone,
        handles=handles,
        phone=phone,
    )
    return add_person(session, row, by=None, now=now)


def hand(session: Session, name: str, *roles: Role, now: datetime) -> UUID:
    """Somebody who works in the office, with roles for a year."""
    found = person(session, name, now=now, groups=())
    for role in roles or (Role.PWG_COFACILITATOR,):
        ends = now.date() + timedelta(days=365)
        give_term(session, found.id, role, begins_on=date(2026, 1, 1), ends_on=ends, by=None)
    return found.id


def prove_copies(session: Session, now: datetime) -> tuple[UUID, UUID]:
    """Two custodians have proved their copies of the keys: before that no letter opens."""
    kim, toni = (hand(session, name, Role.CUSTODIAN, now=now) for name in ("Kim Desk", "Toni Desk"))
    for custodian in (kim, toni):
        prove(session, vault.keys_of(session), custodian, now.date())
    return kim, toni


@dataclass(frozen=True)
class Cast:
    """The people of every story: four in the office, and members who want different things."""

    amara: UUID
    jo: UUID
    sam: UUID
    lee: UUID
    dee: UUID
    river: UUID
    wren: UUID
    nguyen: UUID
    ana: UUID


def cast(session: Session, now: datetime) -> Cast:
    """Dee is counted only; River is named to offices alone; Wren, Nguyễn and Ana-Lucía speak in public."""
    public = Preset.PUBLIC_ADVOCATE
    prove_copies(session, now)
    river = person(
        session, "Rivka Samplewater", chosen_name="River", now=now, limits=Preset.CHOSEN_NAME_TO_OFFICES
    )
    ana = person(
        session,
        "Ana-Lucía Ejemplo",
        chosen_name="Lucía",
        state="PR",
        now=now,
        limits=public,
        language=Language.SPANISH,
    )
    return Cast(
        amara=hand(session, "Amara Desk", now=now),
        jo=hand(session, "Jo Desk", now=now),
        sam=hand(session, "Sam Desk", Role.PWG_MEMBER, now=now),
        lee=hand(session, "Lee Desk", Role.MEMBERSHIP_COFACILITATOR, now=now),
        dee=person(session, "Delia Placeholder", chosen_name="Dee", now=now).id,
        river=river.id,
        wren=person(
            session,
            "Wren Sample",
            chosen_name="Wrenna",
            now=now,
            limits=public,
            credential="LCSW",
            affiliation="Sample House",
        ).id,
        nguyen=person(session, "Nguyễn Mẫu", chosen_name="Mai", now=now, limits=public).id,
        ana=ana.id,
    )


def letter(
    session: Session,
    cast: Cast,
    *,
    now: datetime,
    offices: Sequence[letters.Office] = (CHAIR,),
    title: str = "Support for H.R. 1144",
    body: str = "We ask for **three** things.\n\n1. Homes.\n2. Wages.\n3. Care.",
    implies_survivor: bool = False,
    kind: LetterKind = LetterKind.SIGN_ON,
    language: str = "en",
    stance: str = "support",
    spoken: str = "",
    open_for: timedelta = OPEN_FOR,
) -> LetterVersion:
    """A letter that Amara wrote and Jo approved, open for sign-ons."""
    begun = letters.begin_letter(
        session,
        kind=kind,
        language=language,
        stance=stance,
        implies_survivor=implies_survivor,
        by=cast.amara,
        now=now,
    )
    letters.set_recipients(session, begun.id, offices)
    if kind is LetterKind.TESTIMONY:
        letters.set_header(session, begun.id, HEADER)
    return edit(session, cast, begun.id, now=now, title=title, body=body, spoken=spoken, open_for=open_for)


def edit(
    session: Session,
    cast: Cast,
    letter_id: UUID,
    *,
    now: datetime,
    title: str = "Support for H.R. 1144",
    body: str,
    spoken: str = "",
    open_for: timedelta = OPEN_FOR,
) -> LetterVersion:
    """The next version of a letter, approved and open."""
    last = latest_version(session, letter_id)
    version = letters.write_version(
        session,
        letter_id,
        title=title,
        body=body,
        spoken=spoken,
        by=cast.amara,
        based_on=last.n if last else 0,
        now=now,
    )
    letters.approve(session, version.id, by=cast.jo, now=now)
    letters.open_for_signons(session, version.id, closes_at=now + open_for, by=cast.jo, now=now)
    return version


def ask_members(session: Session, version: LetterVersion, cast: Cast, now: datetime) -> int:
    """Invite everybody in the members' group; a few who joined since are asked too, as no office could."""
    group = next(group for group in all_groups(session) if group.name == "members")
    try:
        return invite(session, version.letter_id, [group.id], by=cast.amara, now=now)
    except TooFewNew:
        late = not_asked(session, version.letter_id, [group.id])
        for person_id in late:
            ask_alone(session, version.letter_id, person_id, now)
        return len(late)


def ask_alone(session: Session, letter_id: UUID, person_id: UUID, now: datetime) -> Invitation:
    """One person is asked by herself, for a story that needs no group."""
    invitation = Invitation(letter_id=letter_id, person_id=person_id, invited_by=person_id, invited_at=now)
    session.add(invitation)
    session.flush()
    if session.get_one(Person, person_id).mail_mode != MailMode.NONE:
        queue(session, kind="invitation", about=invitation.id, person=person_id, now=now)
    return invitation


def come(session: Session, letter_id: UUID, person_id: UUID, now: datetime) -> Visit:
    """A person comes in by a fresh key; she is asked first, if nobody did yet."""
    invitation = invited(session, letter_id, person_id)
    if invitation is None:
        invitation = Invitation(
            letter_id=letter_id, person_id=person_id, invited_by=person_id, invited_at=now
        )
        session.add(invitation)
        session.flush()
    key, _ = signing.make_link(session, invitation.id, Purpose.SIGN, now)
    visit = visit_by_key(session, key, Purpose.SIGN, now)
    assert visit is not None
    return visit


def invited(session: Session, letter_id: UUID, person_id: UUID) -> Invitation | None:
    """The invitation of one person to one letter."""
    return session.query(Invitation).filter_by(letter_id=letter_id, person_id=person_id).one_or_none()


def wishes(
    recipient: Choice = COUNTED,
    web: Choice = COUNTED,
    press: Choice = COUNTED,
    days: Mapping[Audience, int] = DAYS,
    later: Audience | None = None,
) -> Mapping[Audience, Wish]:
    """What a person chooses for each audience; for one of them, `later`, more than her limit allows yet."""
    return {
        audience: Wish(choice, days[audience], later=audience is later)
        for audience, choice in zip(CHOSEN_AUDIENCES, (recipient, web, press), strict=True)
    }


def asked(session: Session, visit: Visit, now: datetime) -> Asked:
    """What a visitor is asked."""
    found = asked_of(session, visit, now)
    assert found is not None
    return found


def look(session: Session, visit: Visit, wanted: Mapping[Audience, Wish], now: datetime) -> Preview:
    """The page before signing."""
    return preview(session, visit, asked(session, visit, now), wanted, zone=ZONE, now=now)


def sign(
    session: Session,
    letter_id: UUID,
    person_id: UUID,
    now: datetime,
    recipient: Choice = COUNTED,
    web: Choice = COUNTED,
    press: Choice = COUNTED,
    days: Mapping[Audience, int] = DAYS,
    later: Audience | None = None,
) -> SignOn:
    """A person comes in, looks at how she will appear, and signs just that."""
    visit = come(session, letter_id, person_id, now)
    wanted = wishes(recipient, web, press, days, later)
    shown = look(session, visit, wanted, now)
    return signing.sign(session, visit, wanted, mark=shown.mark, zone=ZONE, now=now)


def withdraw(session: Session, letter_id: UUID, person_id: UUID, now: datetime) -> None:
    """A person comes in and takes her name off."""
    signing.withdraw(session, come(session, letter_id, person_id, now), zone=ZONE, now=now)


def printed(database: Database, version: LetterVersion, cast: Cast, now: datetime) -> Print:
    """Amara prints an edition."""
    return print_edition(database, version.id, LETTERHEAD, by=cast.amara, now=now)


def edition_of(done: Print) -> UUID:
    """The edition that came of a print, which must have passed."""
    assert done.report.passed, done.report.findings
    assert done.edition_id is not None
    return done.edition_id


def office_of(session: Session, version: LetterVersion, name: str = CHAIR.office) -> Recipient:
    """One of a letter's offices."""
    return next(row for row in recipients(session, version.letter_id) if row.office == name)


def agree(
    session: Session, edition_id: UUID, recipient_id: UUID, cast: Cast, now: datetime, way: Way = Way.EMAIL
) -> None:
    """Amara proposes a delivery and Jo seconds it."""
    proposed = propose_delivery(session, edition_id, recipient_id, way, by=cast.amara, now=now)
    second(session, proposed.id, by=cast.jo, now=now)


def hand_over(
    session: Session,
    edition_id: UUID,
    recipient_id: UUID,
    cast: Cast,
    now: datetime,
    way: Way = Way.EMAIL,
    receipt: str = "",
) -> Delivery:
    """Two people agree, and one of them delivers."""
    agree(session, edition_id, recipient_id, cast, now, way)
    return deliver(session, edition_id, recipient_id, way, receipt=receipt, by=cast.amara, now=now)


def witness(session: Session, version: LetterVersion, person_id: UUID, cast: Cast, now: datetime) -> bool:
    """Ask one person to be a testimony's witness."""
    return ask_witness(session, version.letter_id, person_id, by=cast.amara, now=now)


def frozen(
    session: Session, version: LetterVersion, cast: Cast, now: datetime, pdf: bytes = b"%PDF-1.7 a stand-in"
) -> Edition:
    """An edition with a stand-in for its file, for whatever does not look inside."""
    signers = signers_for(
        session, version.id, Audience.RECIPIENT, now, sent_at=first_sent_at(session, version.id)
    )
    return freeze(
        session,
        letter_id=version.letter_id,
        version_id=version.id,
        offices=" ".join(office_marks(recipients(session, version.letter_id))),
        manifest=manifest_of(signers),
        signers=signers.total,
        pages=1,
        pdf=pdf,
        file_name="EN_Letter_v{}.pdf".format,
        by=cast.amara,
        now=now,
    )


def with_line(content: LetterContent, line: str) -> LetterContent:
    """The same letter with somebody printed on it who is in no manifest."""
    signers = content.signatories
    return replace(content, signatories=replace(signers, individuals=(*signers.individuals, line)))


def leaking(line: str) -> Callable[[Content], bytes]:
    """A press that prints somebody who is in no manifest."""
    true = render.pdf

    def pdf(content: Content) -> bytes:
        assert isinstance(content, LetterContent)
        return true(with_line(content, line))

    return pdf


def decline(session: Session, letter_id: UUID, person_id: UUID, now: datetime) -> None:
    """A person comes in and says no."""
    signing.decline(session, come(session, letter_id, person_id, now), zone=ZONE, now=now)
