"""An organisation's logo: given with its words, or taken away again."""

from flask import Response, request

from advocacy.organisations.logos import MOST_BYTES, NotAPicture, TooBig, put_logo, redraw, remove_logo
from advocacy.people.names import BadName, LongName, clean_line
from advocacy.web.organisation.answering import authoriser
from advocacy.web.organisation.entry import organisation, typed
from advocacy.web.organisation.looking import first_page, rest
from advocacy.web.pages import desk

_FAULTS = {NotAPicture: "fault.picture", TooBig: "fault.big"}


@organisation.post("/logo")
def logo() -> Response:
    """Take a logo in, drawn anew, or take it away. Nothing is half kept."""
    now = desk().clock()
    removes = typed("step") == "remove"
    image, words, faults = (b"", "", {}) if removes else _given()
    with desk().database.transaction() as session:
        visitor, place = authoriser(session, now)
        if place.signed is None:
            return first_page(session, visitor, now)
        if faults:
            return rest(session, visitor, place, logo_words=words, logo_faults=faults, status=422)
        if removes:
            remove_logo(session, visitor.guest)
        else:
            put_logo(session, visitor.guest, image, words)
        return first_page(session, visitor, now)


def _given() -> tuple[bytes, str, dict[str, str]]:
    """The picture as we draw it, its words, and what is wrong with either."""
    image, faults = b"", {}
    given = request.files.get("picture")
    try:
        image = redraw(given.read(MOST_BYTES + 1) if given else b"")
    except (NotAPicture, TooBig) as fault:
        faults["picture"] = _FAULTS[type(fault)]
    words, wrong = _words()
    return image, words, {**faults, **({"words": wrong} if wrong else {})}


def _words() -> tuple[str, str]:
    text = typed("words")
    try:
        words = clean_line(text)
    except BadName:
        return text[:200], "fault.hidden"
    except LongName:
        return text[:200], "fault.long"
    return words, "" if words else "fault.words"
