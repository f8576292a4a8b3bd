"""Who may read, handle and publish what people sent."""

from django.db.models import Q

from coso.listening.models import Feedback
from coso.organizations import policies
from coso.organizations.models import Person


def readable(person: object) -> Q:
    """Give the filter of feedback within a person's scope."""
    return policies.scope(person, "feedback.read", "place__path")


def may_handle(person: object, feedback: Feedback) -> bool:
    """Tell whether a person may take it in hand and reply."""
    return policies.may(person, "feedback.handle", feedback.place)


def may_publish(person: object, feedback: Feedback) -> bool:
    """Tell whether a person may make question and answer public: only where the sender agreed."""
    return feedback.may_publish and policies.may(person, "feedback.publish", feedback.place)


def may_see_contact(person: object, feedback: Feedback) -> bool:
    """Tell whether a person may see how to reach the sender: the handler, or who may handle it while nobody does.

    A handler whose post has ended handles nothing any more.
    """
    if not isinstance(person, Person) or not may_handle(person, feedback):
        return False
    return feedback.handler_id in (None, person.pk) or not may_handle(feedback.handler, feedback)
