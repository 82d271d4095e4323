"""What somebody was shown before she said yes, kept word for word: a consent without it proves little."""

from datetime import date
from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.signons.models import Notice


def keep_notice(session: Session, language: str, body: str, today: date) -> str:
    """Keep these words, once for everybody who is shown the same; the mark by which they are found again."""
    mark = sha256(f"{language}\n{body}".encode()).hexdigest()
    if session.get(Notice, mark) is None:
        try:
            with session.begin_nested():
                session.add(Notice(sha256=mark, language=language, body=body, shown_on=today))
        except IntegrityError:  # somebody was shown the same at the same moment
            session.expire_all()
    return mark
