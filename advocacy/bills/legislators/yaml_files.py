"""Reads YAML that strangers wrote: plain values only, nothing that grows or nests without end."""

import re
from typing import Any

import yaml

LARGEST = 8_000_000
_DEEPEST = 40
_ODD = re.compile(r"(?m)(?:^|[\s,\[{])[&*!]\S|^[ \t?:-]{200}")
_QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadFile(Exception):
    """A file that cannot be used, and why."""


def read_yaml(text: str) -> Any:
    """The plain values in a text, or `BadFile` with the line and the reason."""
    if len(text) > LARGEST:
        raise BadFile(f"it is larger than {LARGEST // 1_000_000} million letters")
    try:
        _refuse_tricks(text)
        # The quick loader is a safe one: it makes plain values and nothing else.
        return yaml.load(text, Loader=_QUICK)  # noqa: S506
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise BadFile(f"line {line}: {fault.problem or 'this is not YAML'}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadFile("line 1: this is not YAML that can be read") from None


def _refuse_tricks(text: str) -> None:
    # Only a text that could hold a trick is walked through: it takes as long as reading it.
    # Deep nesting ends the quick loader's process, and references grow without end.
    if not _ODD.search(text) and text.count("[") + text.count("{") <= 200:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_QUICK):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise BadFile(f"line {line}: it refers to another part of itself, which no such file does")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BadFile(f"line {line}: it is nested deeper than any such file")


def line_of_item(text: str, n: int) -> int:
    """The line on which the n-th item (from 0) of a list at the left edge begins."""
    starts = [at for at, line in enumerate(text.splitlines(), 1) if line.startswith("- ")]
    return starts[n] if n < len(starts) else 1
