"""What is true of the answers of an inspection without a database: their shape, their faults, what they find."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Answer = dict[str, str | int | float]
"""{"value": …, "note": "…"}; either may be missing, never both."""
Answers = dict[str, Answer]
"""By number of the question, as text: {"1": {"value": "no", "note": "loa rè"}}."""

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
MOST_LETTERS = {"note": 500, "value": 2000}
LARGEST = 1e12


class Kind(StrEnum):
    """How a question is answered; the values are those stored."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Fault(StrEnum):
    """Why an answer cannot be taken."""

    UNKNOWN_QUESTION = "unknown_question"
    NOT_AN_ANSWER = "not_an_answer"
    NO_SUCH_CHOICE = "no_such_choice"
    NOT_A_NUMBER = "not_a_number"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Question:
    """What decides whether an answer is one."""

    number: int
    kind: Kind
    choices: Sequence[str] = ()
    is_required: bool = True


def read(sent: object, questions: Sequence[Question]) -> tuple[Answers, dict[str, Fault]]:
    """Read answers as a phone or a form sends them; give the tidy answers and the faults by question.

    Empty answers are left out, so that what was never answered and what was emptied again are the same.
    A fault under "" is about the whole.
    """
    if not isinstance(sent, Mapping):
        return {}, {"": Fault.NOT_AN_ANSWER}
    known = {str(one.number): one for one in questions}
    answers: Answers = {}
    faults: dict[str, Fault] = {}
    for number, raw in sent.items():
        question = known.get(number) if isinstance(number, str) else None
        if question is None:
            faults[str(number)[:20]] = Fault.UNKNOWN_QUESTION
            continue
        answer = _read_one(raw, question)
        if isinstance(answer, Fault):
            faults[number] = answer
        elif answer:
            answers[number] = answer
    return dict(sorted(answers.items(), key=lambda pair: int(pair[0]))), faults


def _read_one(raw: object, question: Question) -> Answer | Fault:
    if not isinstance(raw, Mapping) or not set(raw) <= {"value", "note"}:
        return Fault.NOT_AN_ANSWER
    note = raw.get("note", "")
    if not isinstance(note, str) or "\0" in note:
        return Fault.NOT_AN_ANSWER
    note = note.strip()
    if len(note) > MOST_LETTERS["note"]:
        return Fault.TOO_LONG
    value = _value(raw.get("value", ""), question)
    if isinstance(value, Fault):
        return value
    answer: Answer = {} if value is None else {"value": value}
    return answer | ({"note": note} if note else {})


def _value(raw: object, question: Question) -> str | int | float | Fault | None:
    """Read one value; None when there is none."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if question.kind == Kind.NUMBER:
        return _number(raw)
    if not isinstance(raw, str) or "\0" in raw:
        return Fault.NOT_AN_ANSWER
    text = raw.strip()
    if question.kind == Kind.TEXT:
        return text if len(text) <= MOST_LETTERS["value"] else Fault.TOO_LONG
    allowed = (YES, NO, NOT_APPLICABLE) if question.kind == Kind.YES_NO else question.choices
    return text if text in allowed else Fault.NO_SUCH_CHOICE


def _number(raw: object) -> int | float | Fault:
    """Read a number that is not negative, written with a point or a comma."""
    if isinstance(raw, str) and len(raw) < 30 and raw.isascii():
        try:
            # Only what a person types: no "1e9", "0x10", "1_000", "nan".
            raw = float(raw.strip().replace(",", ".")) if set(raw.strip()) <= set("0123456789.,") else None
        except ValueError:
            return Fault.NOT_A_NUMBER
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw) or not 0 <= raw <= LARGEST:
        return Fault.NOT_A_NUMBER
    return int(raw) if raw == int(raw) else float(raw)


def findings(answers: Mapping[str, Answer], questions: Sequence[Question]) -> list[int]:
    """List the questions whose answer is a finding: a yes/no question is put so that "no" is one."""
    return [
        one.number
        for one in questions
        if one.kind == Kind.YES_NO and answers.get(str(one.number), {}).get("value") == NO
    ]


def missing(answers: Mapping[str, Answer], questions: Sequence[Question]) -> list[int]:
    """List the required questions without a value; a note alone answers nothing."""
    return [one.number for one in questions if one.is_required and "value" not in answers.get(str(one.number), {})]


def digest(answers: Mapping[str, Answer]) -> str:
    """Give the SHA-256 of answers, the same for the same answers however they were ordered."""
    written = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def differing(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> list[int]:
    """List the questions that two people answered differently, in order."""
    return sorted(int(number) for number in {*one, *other} if one.get(number) != other.get(number))


def chosen(standing: Mapping[str, Answer], sent: Mapping[str, Answer], take_sent: Sequence[int]) -> Answers:
    """Join two people's answers: those of the listed questions from what was sent, all others as they stand."""
    taken = {str(number) for number in take_sent}
    joined = {number: answer for number, answer in standing.items() if number not in taken}
    joined |= {number: sent[number] for number in taken if number in sent}
    return dict(sorted(joined.items(), key=lambda pair: int(pair[0])))
