"""What people sent and a person took in hand, and has not answered when he leaves.

The code is the sender's key to his answer: it is not told to whoever arranges the handover.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.listening import policies
from coso.listening.models import Feedback, FeedbackState
from coso.notices import actions as notices
from coso.organizations.models import Person
from coso.organizations.ports import OpenDuty

RIGHT = "feedback.handle"


def find(person: Person) -> list[OpenDuty]:
    """List the feedback that a person handles, the most urgent first."""
    found = Feedback.objects.filter(handler=person, state=FeedbackState.IN_HAND).select_related("category", "place")
    return [
        OpenDuty(
            ref=Ref("feedback", str(one.pk)),
            words=_("Opinion about “%(category)s”, received on %(day)s, to answer by %(due)s")
            % {
                "category": one.category.name,
                "day": f"{clock.local(one.received_at):%d/%m/%Y}",
                "due": f"{one.due_on:%d/%m/%Y}",
            },
            address=reverse("listening:one", args=[one.pk]),
            place=one.place,
        )
        for one in found.order_by("due_on", "received_at")
    ]


def hand_over(ref: Ref, to: Person, by: Person) -> None:
    """Let somebody else handle it from now on; only he then sees how to reach the sender."""
    feedback = Feedback.objects.select_for_update(of=("self",)).select_related("place").filter(pk=ref.id).first()
    if feedback is None or feedback.state != FeedbackState.IN_HAND:
        raise WrongState
    if not policies.may_handle(to, feedback):
        raise BadInput(fields={"to": [_("%(person)s may not handle opinions there.") % {"person": to.full_name}]})
    feedback.handler = to
    feedback.save(update_fields=["handler"])
    notices.tell([to], "feedback.handed_over", ref)
