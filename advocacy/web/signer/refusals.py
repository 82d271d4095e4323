"""Why something was not signed: the sentence of the door for each refusal, and the status of its page."""

from collections.abc import Mapping
from types import MappingProxyType

from advocacy.signons.actions import NotOpen, OnlyLess, PreviewFirst, TextChanged
from advocacy.signons.previews import CannotPrintName, LongerThanOffered, NotChosen, OverLimit

SENTENCES: Mapping[type[Exception], str] = MappingProxyType(
    {
        NotChosen: "fault.not_chosen",
        OverLimit: "fault.over_limit",
        CannotPrintName: "fault.cannot_print",
        LongerThanOffered: "fault.longer",
        NotOpen: "fault.not_open",
        OnlyLess: "fault.only_less",
        TextChanged: "fault.changed",
        PreviewFirst: "fault.look_first",
    }
)
REFUSALS = tuple(SENTENCES)

OVERTAKEN = 409
TO_MEND = 422


def status_of(fault: Exception) -> int:
    """Whether the world moved on meanwhile, or the form itself wants another look."""
    return OVERTAKEN if isinstance(fault, NotOpen | OnlyLess | TextChanged) else TO_MEND
