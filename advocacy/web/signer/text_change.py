"""What changed in the letter since she signed, word by word, with only as much around it as one needs."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from advocacy.differences import Kind, Segment, segments
from advocacy.letters.models import LetterVersion
from advocacy.signons.visits import Asked, Standing

_AROUND = 8


@dataclass(frozen=True)
class TextChange:
    """The words that went and came, in their places, and whether only a typo was mended."""

    pieces: tuple[Segment, ...]
    is_typo: bool
    language: str


def changed_since(session: Session, held: Standing, asked: Asked) -> TextChange | None:
    """What is different from the text she signed; nothing where she signed none, or just this one."""
    if not held.signed or held.version_id is None or held.text_sha256 == asked.version.sha256:
        return None
    found = _differences(session.get_one(LetterVersion, held.version_id), asked.version)
    last = len(found) - 1
    pieces = tuple(_short(piece, at == 0, at == last) for at, piece in enumerate(found))
    return TextChange(pieces, held.is_yes_to(asked), asked.letter.language)


def _differences(before: LetterVersion, after: LetterVersion) -> tuple[Segment, ...]:
    texts = [f"{text.title}\n\n{text.body}" for text in (before, after)]
    # She reads the letter without the stars that make a word bold; where only these changed, they are shown.
    plain = [text.replace("*", "") for text in texts]
    return tuple(segments(*(texts if plain[0] == plain[1] else plain)))


def _short(piece: Segment, is_first: bool, is_last: bool) -> Segment:
    words = piece.text.split()
    if piece.kind is not Kind.SAME or len(words) <= 2 * _AROUND:
        return piece
    begin = "" if is_first else " ".join(words[:_AROUND])
    end = "" if is_last else " ".join(words[-_AROUND:])
    left, right = ("" if piece.text[:1].strip() else " "), ("" if piece.text[-1:].strip() else " ")
    return Segment(Kind.SAME, f"{left}{begin} … {end}{right}")
