"""An organisation's picture: drawn anew by us, told in words, and shown once somebody looked at it."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.letters.models import LetterVersion
from advocacy.organisations.answering import take_turn
from advocacy.organisations.links import Guest
from advocacy.organisations.models import OrganisationLogo, OrganisationSignOn
from advocacy.organisations.queries import newest_yes, standing_on

MOST_BYTES = 200_000
_MOST_DOTS = 4000
_DRAWN = (480, 240)
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


class NotAPicture(Exception):
    """This is not a PNG or JPEG picture that we can read. Please choose another."""


class TooBig(Exception):
    """This picture is too big. It can have 200 kB and 4000 by 4000 dots."""


@dataclass(frozen=True, repr=False)
class Logo:
    """A picture, what it says in words, and whether somebody here has looked at it."""

    image: bytes
    words: str
    is_checked: bool

    @property
    def source(self) -> str:
        """The picture itself as an address, so that no page asks for it a second time."""
        return f"data:image/png;base64,{base64.b64encode(self.image).decode('ascii')}"


def redraw(given: bytes) -> bytes:
    """The same picture as a small PNG of our own, with nothing in it but its dots."""
    if len(given) > MOST_BYTES:
        raise TooBig
    try:
        with Image.open(BytesIO(given), formats=("PNG", "JPEG")) as opened:
            if max(opened.size) > _MOST_DOTS:
                raise TooBig
            dots = ImageOps.exif_transpose(opened).convert("RGBA")
    except _UNREADABLE as fault:
        raise NotAPicture from fault
    dots.thumbnail(_DRAWN)
    fresh, out = Image.new("RGBA", dots.size), BytesIO()
    fresh.paste(dots)
    fresh.save(out, "PNG", optimize=True)
    return out.getvalue()


def put_logo(session: Session, guest: Guest, image: bytes, words: str) -> None:
    """Keep a picture that was drawn anew beside the newest yes. Somebody looks at it first; twice is once."""
    take_turn(session, guest)
    signed = newest_yes(session, guest.ask_id)
    if signed is None or signed.revoked_on is not None or signed.refused_on is not None:
        return
    kept = session.get(OrganisationLogo, signed.id)
    if kept is not None and (kept.image, kept.words) == (image, words):
        return
    if kept is None:
        kept = OrganisationLogo(sign_on_id=signed.id)
        session.add(kept)
    kept.image, kept.words, kept.checked_on = image, words, None
    audit.record(session, "organisation.logo", actor=None, about="organisation_sign_on", id=signed.id)
    session.flush()


def remove_logo(session: Session, guest: Guest) -> None:
    """Take the organisation's own picture away again; twice is once."""
    take_turn(session, guest)
    signed = newest_yes(session, guest.ask_id)
    if signed is not None:
        drop_logo(session, signed.id, by=None)


def drop_logo(session: Session, sign_on_id: UUID, *, by: UUID | None) -> None:
    """Destroy a picture; its organisation's name stands as before."""
    if (kept := session.get(OrganisationLogo, sign_on_id)) is not None:
        session.delete(kept)
        audit.record(session, "organisation.logo_off", actor=by, about="organisation_sign_on", id=sign_on_id)
        session.flush()


def check_logo(session: Session, sign_on_id: UUID, *, by: UUID, now: datetime) -> None:
    """Say that a picture may stand on the public page; twice is once."""
    kept = session.get(OrganisationLogo, sign_on_id)
    if kept is not None and kept.checked_on is None:
        kept.checked_on = now.date()
        audit.record(
            session, "organisation.logo_check", actor=by, about="organisation_sign_on", id=sign_on_id
        )
        session.flush()


def logo_of(session: Session, sign_on_id: UUID) -> Logo | None:
    """The picture beside one yes, looked at or not."""
    kept = session.get(OrganisationLogo, sign_on_id)
    return _as_logo(kept) if kept else None


def logos_on(session: Session, letter_id: UUID) -> Mapping[UUID, Logo]:
    """Every picture that organisations on a letter gave, by the yes it stands beside."""
    asked = (
        select(OrganisationLogo)
        .join(OrganisationSignOn, OrganisationSignOn.id == OrganisationLogo.sign_on_id)
        .join(LetterVersion, LetterVersion.id == OrganisationSignOn.version_id)
        .where(LetterVersion.letter_id == letter_id)
    )
    return {kept.sign_on_id: _as_logo(kept) for kept in session.scalars(asked)}


def logos_shown(session: Session, version: LetterVersion) -> Mapping[str, Logo]:
    """The pictures anybody may see beside a text now, by the line they stand at."""
    known = logos_on(session, version.letter_id)
    standing = ((one.line, known.get(one.sign_on_id)) for one in standing_on(session, version))
    return {line: logo for line, logo in standing if logo is not None and logo.is_checked}


def _as_logo(kept: OrganisationLogo) -> Logo:
    return Logo(kept.image, kept.words, kept.checked_on is not None)
