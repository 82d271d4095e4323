"""Whether answers tell by their haste what they do not tell by their words."""

import statistics
import time
from collections.abc import Callable, Mapping

# More than this apart, and somebody with patience could tell two kinds of answer from each other.
TOLD_APART = 0.005


def medians_of(acts: Mapping[str, Callable[[], object]], tries: int = 200) -> Mapping[str, float]:
    """Seconds each act takes, tried in turns so that a busy moment of the machine meets all of them alike."""
    taken: dict[str, list[float]] = {kind: [] for kind in acts}
    for _ in range(tries):
        for kind, act in acts.items():
            began = time.perf_counter()
            act()
            taken[kind].append(time.perf_counter() - began)
    return {kind: statistics.median(found) for kind, found in taken.items()}


def spread(medians: Mapping[str, float]) -> float:
    """Seconds between the fastest and the slowest kind."""
    return max(medians.values()) - min(medians.values())
