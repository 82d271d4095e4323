"""What each fictional member chooses at the door, and what therefore may be seen of her."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from advocacy.people.limits import Audience, Form
from advocacy.signons.consent import SPANS, Choice
from advocacy.signons.previews import Wish

_NOT_NAMED = Choice()


@dataclass(frozen=True)
class Part:
    """One member's part in the demo: her address before the @, her choices, and what becomes of them.

    For the audience of `later` she asks to be shown once somebody has heard her say so.
    """

    who: str
    recipient: Choice = _NOT_NAMED
    web: Choice = _NOT_NAMED
    press: Choice = _NOT_NAMED
    days: Mapping[Audience, int] = field(default_factory=dict)
    withdraws: bool = False
    signs_old_text: bool = False
    later: Audience | None = None

    def wishes(self) -> Mapping[Audience, Wish]:
        """Her choices as the door asks for them."""
        chosen = {Audience.RECIPIENT: self.recipient, Audience.WEB: self.web, Audience.PRESS: self.press}
        return {
            audience: Wish(
                choice, self.days.get(audience, SPANS[audience].default_days), later=audience is self.later
            )
            for audience, choice in chosen.items()
        }


_FULL = Choice(Form.FULL_NAME)
_SURVIVOR = Choice(Form.FULL_NAME, survivor=True)

SIGNERS = (
    Part("wren", Choice(Form.FULL_NAME, survivor=True, credential=True), _SURVIVOR, _SURVIVOR),
    Part("juniper", Choice(Form.CHOSEN_NAME)),
    # More than she told us: the press gets only a number until somebody has called her.
    Part("avery", Choice(Form.INITIALS), Choice(Form.INITIALS), Choice(Form.INITIALS), later=Audience.PRESS),
    Part("ohio", Choice(Form.STATE)),
    Part("dee"),
    Part("ana", _FULL, Choice(Form.FIRST_LAST_INITIAL)),
    Part("mau", _FULL),
    Part("mithal", _FULL, _FULL),
    Part("li", _FULL),
    Part("siobhan", _FULL, _FULL),
    Part("robin", _FULL, _FULL, withdraws=True),
    Part("elif", _FULL, _FULL, days={Audience.RECIPIENT: 30, Audience.WEB: 30, Audience.PRESS: 7}),
    Part("olga", _FULL, _FULL, signs_old_text=True),
    Part("willa", _NOT_NAMED, _FULL),
)
WITNESS = Part("wren", _FULL, _FULL)

# Who may be in no letter to an office: counted only, gone, lapsed, of an older text, on the web alone.
NOT_IN_A_LETTER = (
    "Dee Counted-Only",
    "Robin Withdrawn-Specimen",
    "Elif Expired-Örnek",
    "Olga Oldtext-Przykład",
    "Willa Webonly-Sample",
    "June Placeholder-Smith",
    "Avery Muster",
    "Ohio Example",
    "Quinn Silent-Example",
    "Marlow Late-Placeholder",
)
NOT_ON_THE_WEB = (
    "Dee Counted-Only",
    "Robin Withdrawn-Specimen",
    "Elif Expired-Örnek",
    "Olga Oldtext-Przykład",
    "June Placeholder-Smith",
    "Juniper",
    "Avery Muster",
    "Ohio Example",
    "Ana-Lucía Ejemplo",
    "Nguyễn Mẫu",
    "李示例",
    "Quinn Silent-Example",
    "Marlow Late-Placeholder",
)
