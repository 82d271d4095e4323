"""The words of mails: plain text templates under `templates/emails/`, in each language."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from advocacy.paths import TEMPLATES


@cache
def _shelf() -> Environment:
    # Plain text, never HTML: escaping would print "&amp;" in a mail.
    return Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES / "emails"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def write(name: str, language: str, **values: object) -> tuple[str, str]:
    """The subject and the body of one kind of mail: a template's first line, and what follows a blank."""
    written = _shelf().get_template(f"{name}.{language}.txt").render(**values)
    subject, _, body = written.partition("\n\n")
    return subject.removeprefix("Subject: ").strip(), body
