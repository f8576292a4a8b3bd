"""Answers as phones send them: what is taken, what is refused by question, what is a finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.registry.rules import answers
from coso.registry.rules.answers import Fault, Kind, Question

QUESTIONS = [
    Question(1, Kind.YES_NO),
    Question(2, Kind.YES_NO),
    Question(3, Kind.NUMBER),
    Question(4, Kind.CHOICE, ("Có dây", "FM")),
    Question(5, Kind.TEXT, is_required=False),
]
WHOLE = {"1": {"value": "yes"}, "2": {"value": "no", "note": "loa rè"}, "3": {"value": 7}, "4": {"value": "FM"}}

values = st.one_of(st.sampled_from(["yes", "no", "na", "FM", "", "  "]), st.integers(0, 99), st.text(max_size=20))
sheets = st.dictionaries(
    st.sampled_from(["1", "2", "3", "4", "5", "9", ""]),
    st.fixed_dictionaries({}, optional={"value": values, "note": st.text(max_size=30)}),
    max_size=6,
)


def test_whole_answers_are_taken_as_they_are() -> None:
    assert answers.read(WHOLE, QUESTIONS) == (WHOLE, {})


def test_answers_are_kept_in_the_order_of_the_questions_and_empty_ones_are_left_out() -> None:
    sent = {"4": {"value": " FM "}, "1": {"value": "", "note": "  "}, "2": {"note": "xem lại"}}

    taken, faults = answers.read(sent, QUESTIONS)

    assert list(taken.items()) == [("2", {"note": "xem lại"}), ("4", {"value": "FM"})]
    assert faults == {}


@pytest.mark.parametrize(
    ("number", "answer", "fault"),
    [
        ("9", {"value": "yes"}, Fault.UNKNOWN_QUESTION),
        ("1", {"value": "có"}, Fault.NO_SUCH_CHOICE),
        ("1", {"value": True}, Fault.NOT_AN_ANSWER),
        ("1", "yes", Fault.NOT_AN_ANSWER),
        ("1", {"value": "yes", "by": "me"}, Fault.NOT_AN_ANSWER),
        ("1", {"value": "yes", "note": "x" * 501}, Fault.TOO_LONG),
        ("1", {"value": "yes", "note": "a\0b"}, Fault.NOT_AN_ANSWER),
        ("3", {"value": "bảy"}, Fault.NOT_A_NUMBER),
        ("3", {"value": "1e9"}, Fault.NOT_A_NUMBER),
        ("3", {"value": -1}, Fault.NOT_A_NUMBER),
        ("3", {"value": float("nan")}, Fault.NOT_A_NUMBER),
        ("3", {"value": True}, Fault.NOT_A_NUMBER),
        ("3", {"value": "1.000.000"}, Fault.NOT_A_NUMBER),
        ("4", {"value": "IP"}, Fault.NO_SUCH_CHOICE),
        ("5", {"value": "x" * 2001}, Fault.TOO_LONG),
    ],
)
def test_an_answer_that_is_none_is_named_by_its_question(number: str, answer: object, fault: Fault) -> None:
    taken, faults = answers.read(WHOLE | {number: answer}, QUESTIONS)

    assert faults == {number: fault}
    assert number not in taken


@pytest.mark.parametrize("sent", [None, [], "x", 3])
def test_what_is_no_set_of_answers_is_refused_as_a_whole(sent: object) -> None:
    assert answers.read(sent, QUESTIONS) == ({}, {"": Fault.NOT_AN_ANSWER})


@pytest.mark.parametrize(("typed", "read"), [("7", 7), ("7,5", 7.5), ("7.5", 7.5), (3.0, 3), (" 12 ", 12)])
def test_a_number_is_read_with_a_comma_or_a_point(typed: object, read: object) -> None:
    assert answers.read({"3": {"value": typed}}, QUESTIONS)[0] == {"3": {"value": read}}


def test_no_is_a_finding_and_not_applicable_is_none() -> None:
    sheet = {"1": {"value": "na"}, "2": {"value": "no"}, "3": {"value": 0}}

    assert answers.findings(sheet, QUESTIONS) == [2]
    assert answers.missing(sheet, QUESTIONS) == [4]


def test_a_note_alone_answers_no_required_question() -> None:
    assert answers.missing(WHOLE | {"1": {"note": "chưa rõ"}}, QUESTIONS) == [1]
    assert answers.missing(WHOLE, QUESTIONS) == []


@given(sheets)
def test_what_was_taken_once_is_taken_again_unchanged(sent: dict[str, object]) -> None:
    taken, _faults = answers.read(sent, QUESTIONS)

    assert answers.read(taken, QUESTIONS) == (taken, {})


@given(sheets)
def test_every_question_is_either_taken_empty_or_named(sent: dict[str, dict[str, object]]) -> None:
    taken, faults = answers.read(sent, QUESTIONS)

    assert not set(taken) & set(faults)
    assert set(taken) | set(faults) <= {*sent, ""}


@given(sheets)
def test_the_digest_does_not_depend_on_the_order(sent: dict[str, object]) -> None:
    taken, _ = answers.read(sent, QUESTIONS)

    assert answers.digest(dict(reversed(taken.items()))) == answers.digest(taken)


@given(sheets, sheets)
def test_taking_every_difference_gives_the_others_answers_and_none_ones_own(one: object, other: object) -> None:
    mine, _ = answers.read(one, QUESTIONS)
    theirs, _ = answers.read(other, QUESTIONS)
    apart = answers.differing(mine, theirs)

    assert answers.chosen(mine, theirs, apart) == theirs
    assert answers.chosen(mine, theirs, []) == mine
    assert answers.differing(theirs, mine) == apart
