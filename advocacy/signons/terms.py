"""What holds for one person and one stored consent: her limit at this venue, her place, her choice."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from advocacy.letters.models import Recipient
from advocacy.letters.venues import is_public
from advocacy.people.limits import Audience, Facts, Form, Limits
from advocacy.people.models import LimitRaise, Person
from advocacy.people.places import region_of
from advocacy.people.queries import members_in_region, members_in_state, names_of
from advocacy.signons.consent import FEWEST_IN_A_PLACE, Choice, Given, Places, Raise
from advocacy.signons.models import Consent


def limit_for(limits: Limits, audience: Audience, *, public: bool) -> Facts:
    """The limit that holds for an audience; where anybody can read what an office gets, her web limit too."""
    if audience is Audience.RECIPIENT and public:
        return limits[Audience.RECIPIENT] & limits[Audience.WEB]
    return limits[audience]


def any_public(goes_to: Iterable[Recipient]) -> bool:
    """Whether anybody can read what one of these offices gets."""
    return any(is_public(office.venue) for office in goes_to)


def all_public(goes_to: Sequence[Recipient]) -> bool:
    """Whether anybody can read what each of these offices gets."""
    return bool(goes_to) and all(is_public(office.venue) for office in goes_to)


def places_of(session: Session, person: Person, form: Form) -> Places:
    """Whether enough members live where this person lives, opened only when the form tells the place."""
    if form not in (Form.STATE, Form.REGION) or person.state is None:
        return Places()
    state = names_of(session, person).state
    region = region_of(state)
    return Places(
        state=members_in_state(session, state) >= FEWEST_IN_A_PLACE,
        region=region is not None and members_in_region(session, region) >= FEWEST_IN_A_PLACE,
    )


def given(session: Session, consent: Consent) -> Given:
    """A stored consent as the table reads it."""
    return Given(
        choice=choice_of(consent),
        text_sha256=consent.text_sha256,
        offices=frozenset(consent.offices.split()),
        latest_at=consent.latest_at,
        days_after_sending=consent.days_after_sending,
        ended=consent.ended_on is not None,
        time_zone=consent.time_zone,
        rests_on=_rests_on(session, consent),
    )


def _rests_on(session: Session, consent: Consent) -> Raise | None:
    if consent.raise_id is None:
        return None
    asked = session.get(LimitRaise, consent.raise_id)
    return Raise(asked.in_force_at) if asked is not None and asked.refused_on is None else Raise()


def choice_of(consent: Consent) -> Choice:
    """How the signer chose to appear."""
    return Choice(Form(consent.form), consent.survivor, consent.credential, consent.affiliation)
