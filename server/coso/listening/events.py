"""What can happen to feedback."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FeedbackReceived:
    """A resident sent something."""

    feedback_id: str


@dataclass(frozen=True)
class FeedbackAnswered:
    """The authority replied."""

    feedback_id: str
    reply_id: int


@dataclass(frozen=True)
class AnswerPublished:
    """A question and its answer became public."""

    feedback_id: str
