"""The words of the signer's door in the language a person reads: `templates/signer/*.toml`."""

from advocacy.web.tongues import Tongue, tongue_of


def tongue(language: str) -> Tongue:
    """The words in a language; in English where we do not speak it."""
    return tongue_of("signer/{}.toml", language)
