"""That the bill behind a letter changed after the letter was written, said plainly to whoever reads it."""

from sqlalchemy.orm import Session

from advocacy.campaigns.amended import Answer, amended
from advocacy.web.signer.states import Place

_WORST_FIRST = (Answer.MUST_CHANGE, Answer.WAITING, Answer.HOLDS)


def bill_change(session: Session, place: Place) -> Answer | None:
    """What is said of the letter since its bill changed; nothing where no bill did."""
    if place.asked is None:
        return None
    said = {one.answer for one in amended(session, place.asked.letter.id)}
    return next((one for one in _WORST_FIRST if one in said), None)
