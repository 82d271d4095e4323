"""The words of the organisations' pages in both languages: `templates/organisation/*.toml`."""

from advocacy.web.tongues import Tongue, tongue_of


def words_in(language: str) -> Tongue:
    """The words in a language; in English where we do not speak it."""
    return tongue_of("organisation/{}.toml", language)
