"""Which forms the table leaves open to somebody, which only her limit closes, and which only her place."""

from dataclasses import replace

from advocacy.people.limits import Fact, Form
from advocacy.signons.consent import Choice, Places, Terms, Words, is_allowed, line


def open_forms(words: Words, terms: Terms, language: str = "en") -> tuple[Form, ...]:
    """The forms a signer may choose here, the least exposing first."""
    return tuple(
        form
        for form in Form
        if form is Form.COUNT_ONLY
        or (is_allowed(Choice(form), terms) and line(Choice(form), words, language) is not None)
    )


def forms_beyond(words: Words, terms: Terms, language: str = "en") -> tuple[Form, ...]:
    """The forms only her limit stands against, the least exposing first: she may ask for them."""
    unlimited = replace(terms, limit=frozenset(Fact))
    here = open_forms(words, terms, language)
    return tuple(form for form in open_forms(words, unlimited, language) if form not in here)


def forms_too_rare(words: Words, terms: Terms, language: str = "en") -> tuple[Form, ...]:
    """The forms only the place rule stands against: too few members live there, and she is told so."""
    common = replace(terms, places=Places(state=True, region=True))
    here = open_forms(words, terms, language)
    return tuple(form for form in open_forms(words, common, language) if form not in here)
