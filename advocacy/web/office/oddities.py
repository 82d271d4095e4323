"""Why a line waits for a look, in the words of the office."""

from collections.abc import Collection

from advocacy.signons.suspicion import Reason, is_look_alike, reasons_in

WHY = {
    Reason.SCRIPT: "looks like a piece of a program or a link",
    Reason.FORMULA: "begins like a spreadsheet formula",
    Reason.MIXED: "mixes letters of two scripts in one word",
    Reason.LOOK_ALIKE: "looks like another line on this letter, with other characters",
    Reason.BURST: "came with many others within a minute",
}


def odd_about(line: str, others: Collection[str]) -> tuple[str, ...]:
    """What is odd about a line that a person checks anyway, beside the others on its letter."""
    found = set(reasons_in(line))
    if is_look_alike(line, others):
        found.add(Reason.LOOK_ALIKE)
    return tuple(WHY[reason] for reason in sorted(found))
