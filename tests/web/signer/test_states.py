"""Where somebody stands: every way things can be between one person and one letter."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from advocacy.people.limits import Audience
from advocacy.signons.consent import Choice
from advocacy.signons.visits import Asked, Standing
from advocacy.web.signer.states import State, state_of

TEXT, MENDED = "a" * 64, "b" * 64
NEVER = Standing(None, False, False, False, None, {}, {})


def asked(is_open: bool = True) -> Asked:
    return cast(Asked, SimpleNamespace(texts=frozenset({TEXT, MENDED}), is_open=is_open))


def signed(now: datetime, days: int = 30, **other: Any) -> Standing:
    end = now + timedelta(days=days)
    agreed = replace(
        NEVER,
        sign_on_id=uuid4(),
        signed=True,
        text_sha256=TEXT,
        choices={Audience.COUNT: Choice()},
        ends={Audience.COUNT: end},
    )
    return replace(agreed, **other)


def test_without_a_letter_to_sign_there_is_nothing(now: datetime) -> None:
    assert state_of(NEVER, None, now) is State.NOTHING


def test_who_has_not_answered_is_asked_while_it_is_open(now: datetime) -> None:
    assert state_of(NEVER, asked(), now) is State.NOT_SIGNED
    assert state_of(NEVER, asked(is_open=False), now) is State.CLOSED


def test_a_signature_stands_after_the_letter_closed(now: datetime) -> None:
    assert state_of(signed(now), asked(is_open=False), now) is State.SIGNED


def test_a_yes_to_the_text_before_its_typos_were_mended_stands(now: datetime) -> None:
    assert state_of(signed(now, text_sha256=MENDED), asked(), now) is State.SIGNED


def test_a_signature_that_stands_counts_more_than_an_older_no(now: datetime) -> None:
    assert state_of(signed(now, declined=True), asked(), now) is State.SIGNED


def test_a_yes_to_other_words_and_a_yes_that_ran_out_are_told_apart(now: datetime) -> None:
    assert state_of(signed(now, text_sha256="c" * 64), asked(), now) is State.CHANGED
    assert state_of(signed(now, days=0), asked(), now) is State.LAPSED


@pytest.mark.parametrize("old", [{"text_sha256": "c" * 64}, {"ends": {}}])
def test_a_no_after_an_old_yes_is_a_no(now: datetime, old: dict[str, Any]) -> None:
    assert state_of(signed(now, declined=True, **old), asked(), now) is State.DECLINED


def test_one_audience_that_still_stands_is_a_signature(now: datetime) -> None:
    ends = {Audience.COUNT: now, Audience.WEB: now + timedelta(days=1)}

    assert state_of(signed(now, ends=ends), asked(), now) is State.SIGNED


def test_a_name_taken_off_is_said_before_anything_else(now: datetime) -> None:
    assert state_of(replace(NEVER, withdrawn=True, declined=True), asked(), now) is State.WITHDRAWN
