"""Answers that must not tell by their haste whether somebody is known."""

import time


def hold_back(began: float, seconds: float) -> None:
    """Wait until this many seconds have gone by since `began`, by the monotonic clock."""
    time.sleep(max(0.0, began + seconds - time.monotonic()))
