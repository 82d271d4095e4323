"""The stances a position may take on a bill. Each venue has its own printed word for them. Pure."""

from enum import StrEnum


class Stance(StrEnum):
    """Where the network stands on one bill."""

    SUPPORT = "support"
    SUPPORT_IF_AMENDED = "support_if_amended"
    OPPOSE_UNLESS_AMENDED = "oppose_unless_amended"
    OPPOSE = "oppose"
    NEUTRAL = "neutral"
    MONITOR = "monitor"
    NO_POSITION = "no_position"
    ADMINISTRATIVE = "administrative"

    @property
    def label(self) -> str:
        """The stance as people say it."""
        return _LABELS[self]

    @property
    def may_be_printed(self) -> bool:
        """Whether anybody outside may read it: that we only watch a bill is our own business."""
        return self is not Stance.MONITOR


_LABELS = {
    Stance.SUPPORT: "Support",
    Stance.SUPPORT_IF_AMENDED: "Support if amended",
    Stance.OPPOSE_UNLESS_AMENDED: "Oppose unless amended",
    Stance.OPPOSE: "Oppose",
    Stance.NEUTRAL: "Neutral",
    Stance.MONITOR: "Watching, not printed",
    Stance.NO_POSITION: "No position",
    Stance.ADMINISTRATIVE: "A request to an agency",
}
