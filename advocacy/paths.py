"""Where the words live: beside the package in a checkout, inside it in an installed wheel.

Pages, letter designs and campaign playbooks are words, not code, and stand in folders of their own. A
checkout is preferred, so that an edit to a page or a design is seen at once.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of this package."""


def words_root(package: Path) -> Path:
    """The folder that holds `templates/`, `letters/` and `campaigns/` for the package in this folder.

    The neighbours of an installed package are other people's, and one of them may be called `letters`: so a
    checkout is known by its `pyproject.toml`.
    """
    checkout = package.parent
    return checkout if (checkout / "pyproject.toml").is_file() else package / "_words"


WORDS = words_root(PACKAGE)
"""The folder the three word folders stand in."""

TEMPLATES = WORDS / "templates"
"""Pages and emails."""

LETTERS = WORDS / "letters"
"""How each kind of letter looks, the venues' rules and the print style."""

CAMPAIGNS = WORDS / "campaigns"
"""The campaigns that can be started, and the values screen."""

STATIC = PACKAGE / "static"
"""Style sheets and scripts; `vendor/` in it holds the browser files that set-up installs."""

MIGRATIONS = PACKAGE / "migrations"
"""The steps that bring a database to the present shape."""
