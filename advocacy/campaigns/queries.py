"""Everything asked about campaigns."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.campaigns.models import (
    Campaign,
    CampaignBill,
    CampaignLetter,
    CampaignPosition,
    InvitationNote,
)
from advocacy.looking_once import looked_up_once
from advocacy.people.models import Language


def campaign(session: Session, campaign_id: UUID) -> Campaign | None:
    """The campaign, when there is one."""
    return session.get(Campaign, campaign_id)


@looked_up_once
def campaigns(session: Session) -> Sequence[Campaign]:
    """Every campaign, the newest first."""
    return session.scalars(select(Campaign).order_by(Campaign.begun_at.desc(), Campaign.id)).all()


def started_by_request(session: Session, request: str) -> Campaign | None:
    """The campaign this very request has started already."""
    return session.scalars(select(Campaign).where(Campaign.request == request)).first()


def bills_of(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """The bills a campaign is about."""
    return session.scalars(select(CampaignBill.bill_id).where(CampaignBill.campaign_id == campaign_id)).all()


def positions_of(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """The positions a campaign rests on."""
    asked = select(CampaignPosition.position_id).where(CampaignPosition.campaign_id == campaign_id)
    return session.scalars(asked).all()


@looked_up_once
def letters_of(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """The letters and testimonies a campaign sends."""
    asked = select(CampaignLetter.letter_id).where(CampaignLetter.campaign_id == campaign_id)
    return session.scalars(asked).all()


@looked_up_once
def campaign_of_letter(session: Session, letter_id: UUID) -> Campaign | None:
    """The campaign a letter belongs to."""
    row = session.get(CampaignLetter, letter_id)
    return session.get(Campaign, row.campaign_id) if row else None


def campaigns_on(session: Session, bill_id: UUID) -> Sequence[Campaign]:
    """The campaigns about a bill, the newest first."""
    asked = select(Campaign).join(CampaignBill, CampaignBill.campaign_id == Campaign.id)
    asked = asked.where(CampaignBill.bill_id == bill_id).order_by(Campaign.begun_at.desc())
    return session.scalars(asked).all()


def campaigns_resting_on(session: Session, position_id: UUID) -> Sequence[Campaign]:
    """The campaigns that rest on a position, the newest first."""
    asked = select(Campaign).join(CampaignPosition, CampaignPosition.campaign_id == Campaign.id)
    asked = asked.where(CampaignPosition.position_id == position_id).order_by(Campaign.begun_at.desc())
    return session.scalars(asked).all()


def note(session: Session, campaign_id: UUID, language: str) -> InvitationNote | None:
    """The newest words before the letter in exactly this language."""
    asked = select(InvitationNote).where(InvitationNote.campaign_id == campaign_id)
    asked = asked.where(InvitationNote.language == language).order_by(InvitationNote.n.desc())
    return session.scalars(asked.limit(1)).first()


def note_languages(session: Session, campaign_id: UUID) -> Sequence[str]:
    """The languages in which there are words before the letter."""
    asked = select(InvitationNote.language).where(InvitationNote.campaign_id == campaign_id)
    return session.scalars(asked.distinct().order_by(InvitationNote.language)).all()


def note_before(session: Session, letter_id: UUID, language: str) -> InvitationNote | None:
    """What an invited person reads before this letter: in her language, or else in English."""
    row = session.get(CampaignLetter, letter_id)
    if row is None:
        return None
    return note(session, row.campaign_id, language) or note(session, row.campaign_id, Language.ENGLISH)
