"""When a text is agreed to: every mix of answers in a small group, and any mix in a larger one."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.positions.decisions import CONSENTING, WAITING, Result, Voice, outcome

AUTHOR, SECOND, THIRD = (UUID(int=n) for n in (1, 2, 3))
GROUP = (AUTHOR, SECOND, THIRD)
EVERY_ANSWER = [None, *Voice]


def heard(*voices: Voice | None) -> dict[UUID, Voice]:
    return {person: voice for person, voice in zip(GROUP, voices, strict=True) if voice is not None}


def result_of(*voices: Voice | None, is_over: bool = False) -> Result:
    return outcome(heard(*voices), eligible=GROUP, author=AUTHOR, is_over=is_over).result


def by_hand(*voices: Voice | None, is_over: bool) -> Result:
    """The rule told a second time, as one would explain it at a table."""
    if Voice.BLOCK in voices:
        return Result.PAUSED
    everybody_spoke = None not in voices
    nobody_waits = not any(voice in WAITING for voice in voices)
    two_consent = sum(voice in CONSENTING for voice in voices) >= 2
    if everybody_spoke and nobody_waits and two_consent:
        return Result.APPROVED
    return Result.NOT_DECIDED if is_over else Result.OPEN


def test_every_mix_of_three_people_gives_the_result_told_by_hand() -> None:
    for is_over, *voices in product((False, True), *[EVERY_ANSWER] * 3):
        told = by_hand(*voices, is_over=is_over)
        assert result_of(*voices, is_over=is_over) is told, f"{voices}, over: {is_over}"


@pytest.mark.parametrize(
    ("voices", "is_over", "result"),
    [
        ((Voice.CONSENT, Voice.CONSENT, Voice.CONSENT), False, Result.APPROVED),
        ((Voice.CONSENT, Voice.CONCERN, Voice.STAND_ASIDE), False, Result.APPROVED),
        ((Voice.CONSENT, Voice.CONSENT, None), False, Result.OPEN),
        ((Voice.CONSENT, Voice.CONSENT, None), True, Result.NOT_DECIDED),
        ((Voice.CONSENT, Voice.STAND_ASIDE, Voice.STAND_ASIDE), True, Result.NOT_DECIDED),
        ((Voice.STAND_ASIDE, Voice.CONSENT, Voice.STAND_ASIDE), True, Result.NOT_DECIDED),
        ((Voice.CONSENT, Voice.CONSENT, Voice.NEED_TIME), True, Result.NOT_DECIDED),
        ((Voice.CONSENT, Voice.CONSENT, Voice.NEED_TO_TALK), False, Result.OPEN),
        ((Voice.BLOCK, Voice.CONSENT, Voice.CONSENT), False, Result.PAUSED),
        ((None, Voice.BLOCK, None), True, Result.PAUSED),
        ((None, None, None), False, Result.OPEN),
        ((None, None, None), True, Result.NOT_DECIDED),
    ],
)
def test_the_rule_by_example(voices: tuple[Voice | None, ...], is_over: bool, result: Result) -> None:
    assert result_of(*voices, is_over=is_over) is result


def test_two_silent_people_of_five_leave_it_undecided_and_the_reason_says_so() -> None:
    people = [UUID(int=n) for n in range(5)]
    said = dict.fromkeys(people[:3], Voice.CONSENT)

    held = outcome(said, eligible=people, author=people[0], is_over=True)

    assert held.result is Result.NOT_DECIDED
    assert held.why == "2 of 5 have not answered. Silence is not consent."
    assert (held.unanswered, held.consents) == (2, 3)


def test_an_author_alone_in_the_group_approves_nothing() -> None:
    alone = outcome({AUTHOR: Voice.CONSENT}, eligible=[AUTHOR], author=AUTHOR, is_over=False)

    assert alone.result is Result.OPEN
    assert alone.why == "Somebody who did not write it must consent."


def test_one_reader_without_the_author_is_still_one_person() -> None:
    said = {AUTHOR: Voice.STAND_ASIDE, SECOND: Voice.CONSENT}

    held = outcome(said, eligible=[AUTHOR, SECOND], author=AUTHOR, is_over=True)

    assert held.result is Result.NOT_DECIDED
    assert held.why == "It takes 2 people who consent, and there is 1."


def test_the_answer_of_somebody_not_asked_counts_for_nothing() -> None:
    stranger = UUID(int=99)
    said = {AUTHOR: Voice.CONSENT, SECOND: Voice.CONSENT, stranger: Voice.BLOCK}

    held = outcome(said, eligible=[AUTHOR, SECOND], author=AUTHOR, is_over=False)

    assert held.result is Result.APPROVED
    assert held.counts[Voice.BLOCK] == 0


def test_a_round_nobody_is_asked_in_approves_nothing() -> None:
    assert outcome({}, eligible=[], author=AUTHOR, is_over=True).result is Result.NOT_DECIDED


def test_the_reasons_read_well_for_one_person() -> None:
    one_missing = outcome(
        heard(Voice.CONSENT, Voice.CONSENT, None), eligible=GROUP, author=AUTHOR, is_over=False
    )
    one_waits = outcome(
        heard(Voice.CONSENT, Voice.CONSENT, Voice.NEED_TIME), eligible=GROUP, author=AUTHOR, is_over=False
    )

    assert one_missing.why.startswith("1 of 3 has not answered.")
    assert one_waits.why == "1 of 3 asks for time or a talk."


GROUPS = st.lists(st.uuids(), min_size=1, max_size=12, unique=True)


@given(people=GROUPS, data=st.data(), is_over=st.booleans())
def test_nothing_is_ever_approved_over_a_silence_a_block_or_by_one_voice(
    people: list[UUID], data: st.DataObject, is_over: bool
) -> None:
    said = data.draw(st.dictionaries(st.sampled_from(people), st.sampled_from(Voice)))
    author = data.draw(st.sampled_from(people))

    held = outcome(said, eligible=people, author=author, is_over=is_over)

    if held.result is Result.APPROVED:
        assert set(said) == set(people)
        assert Voice.BLOCK not in said.values()
        assert len({person for person, voice in said.items() if voice in CONSENTING}) >= 2
        assert any(person != author for person, voice in said.items() if voice in CONSENTING)
    assert held.unanswered == len(people) - len(said)


@given(people=GROUPS, data=st.data())
def test_time_running_out_turns_open_into_not_decided_and_changes_nothing_else(
    people: list[UUID], data: st.DataObject
) -> None:
    said = data.draw(st.dictionaries(st.sampled_from(people), st.sampled_from(Voice)))

    before = outcome(said, eligible=people, author=people[0], is_over=False).result
    after = outcome(said, eligible=people, author=people[0], is_over=True).result

    assert after is (Result.NOT_DECIDED if before is Result.OPEN else before)


def test_every_answer_and_result_has_words_a_person_can_read() -> None:
    assert all(voice.label and voice.meaning.endswith(".") for voice in Voice)
    assert all(result.label for result in Result)
