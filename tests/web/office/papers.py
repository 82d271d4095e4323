"""What the tests of letters, sign-ons, editions and deliveries do again and again."""

from uuid import UUID

from advocacy.letters.models import LetterVersion
from tests.page import Reader, Seen


def sit(reader: Reader, person_id: UUID) -> None:
    """Take the seat of somebody who works here."""
    reader.post(f"/demo/{person_id}")
    reader.get("/office/ways-in")


def at(letter: LetterVersion, more: str = "") -> str:
    """The address of a letter's page."""
    return f"/office/letters/{letter.letter_id}{more}"


def printed(reader: Reader, letter: LetterVersion) -> Seen:
    """Print for the offices, and look at what came of it."""
    reader.get(at(letter, "/editions"))
    return reader.follow(reader.post(at(letter, "/editions")))


def path_of(seen: Seen) -> str:
    """Where a page stands."""
    return seen.answer.request.path


def form_at(seen: Seen, ending: str) -> str:
    """The address of the form on a page whose address ends so."""
    return next(action for _, action in seen.forms() if action.endswith(ending))


def field_in(seen: Seen, action: str, name: str) -> str:
    """The whole name of a field in a form, which carries the prefix of its row."""
    form = seen.soup.find("form", action=action)
    assert form is not None
    found = [
        str(field["name"])
        for field in form.find_all(["input", "select"])
        if str(field["name"]).endswith(name)
    ]
    return found[0]
