"""Kept rows as the facts they hold, to be compared with what a source tells."""

from datetime import date

from advocacy.bills.models import Hearing, Referral, Related, Sponsorship, Step
from advocacy.bills.snapshot import HearingFact, ReferralFact, RelatedFact, SponsorFact, StepFact


def step_fact(row: Step) -> StepFact:
    """A step's row as a value."""
    return StepFact(row.on, row.text, row.at, tuple(row.codes), tuple(row.kinds), tuple(row.systems))


def sponsor_fact(row: Sponsorship) -> SponsorFact:
    """A sponsorship's row as a value."""
    return SponsorFact(
        name=row.name,
        leads=row.leads,
        person_code=row.person_code,
        party=row.party,
        state=row.state,
        district=row.district,
        joined_on=row.joined_on,
        original=row.original,
        withdrawn_on=row.withdrawn_on,
    )


def referral_fact(row: Referral) -> ReferralFact:
    """A referral's row as a value."""
    acts = tuple((str(what), date.fromisoformat(on) if on else None) for what, on in row.activities)
    return ReferralFact(row.name, row.chamber, row.code, row.kind, row.parent, acts)


def hearing_fact(row: Hearing) -> HearingFact:
    """A hearing's row as a value."""
    return HearingFact(row.committee, row.on, row.at, row.location, row.event_code, row.cancelled)


def related_fact(row: Related) -> RelatedFact:
    """A related bill's row as a value."""
    return RelatedFact(
        row.kind, row.jurisdiction, row.session, row.identifier, row.title, told_by=row.told_by
    )
