"""What whoever signs or speaks is paid for it: said before she is asked, and tied to nothing she chooses."""

from uuid import UUID

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.models import Letter


def set_pay(session: Session, letter_id: UUID, dollars: int, *, by: UUID) -> None:
    """Say what each person is paid, nothing being an answer too; the same again changes nothing."""
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    if letter.pay_dollars != dollars:
        letter.pay_dollars = dollars
        audit.record(session, "letter.pay", actor=by, about="letter", id=letter_id, why=f"{dollars} dollars")
        session.flush()
