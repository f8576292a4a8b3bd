"""Taking feedback, replying, publishing, and answering on air."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import clock, ids
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.listening import events, policies, queries
from coso.listening.models import Category, Feedback, FeedbackState, PublishedAnswer, Reply
from coso.listening.rules.private import holds_contact, mask
from coso.listening.rules.states import State, may_move
from coso.newsroom import actions as newsroom
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso.notices import actions as notices
from coso.organizations import policies as posts
from coso.organizations.models import Person
from coso.places import queries as places
from coso.places.models import Level, Place

LEAST_TEXT = 10
MOST_TEXT = 4000
MOST_REPLY = 8000


@transaction.atomic
def send_feedback(
    *,
    category: Category,
    place: Place,
    text: str,
    contact: str = "",
    may_publish: bool = False,
    bulletin_ref: str = "",
    is_sample: bool = False,
) -> Feedback:
    """Take what a resident sends, without an account, and give it a code and a deadline."""
    text, contact = text.strip(), squeeze(contact)
    fields: dict[str, list[str]] = {}
    if len(text) < LEAST_TEXT:
        fields["text"] = [_("Tell what it is about in at least 10 letters.")]
    if len(text) > MOST_TEXT:
        fields["text"] = [_("At most %(most)s letters fit; please shorten it.") % {"most": MOST_TEXT}]
    if len(contact) > 120:
        fields["contact"] = [_("At most 120 letters fit here.")]
    if place.level not in (Level.VILLAGE, Level.COMMUNE) or not place.is_valid_on(clock.today()):
        fields["place"] = [_("Choose a village or commune of today.")]
    if fields:
        raise BadInput(fields=fields)
    feedback = Feedback.objects.create(
        code=_free_code(),
        category=category,
        place=place,
        text=text,
        contact=contact,
        may_publish=may_publish,
        bulletin_ref=bulletin_ref,
        due_on=queries.due_on(clock.today(), category),
        is_sample=is_sample,
    )
    ref = Ref("feedback", str(feedback.pk))
    journal.record("feedback.received", by="resident", refs=[ref, Ref("place", str(place.pk))])
    notices.tell(posts_people(place), "feedback.received", ref)
    publish(events.FeedbackReceived(feedback_id=str(feedback.pk)))
    return feedback


def posts_people(place: Place) -> list[Person]:
    """List who must take care of feedback from a place."""
    return list(posts.people_with("feedback.handle", place))


def _free_code() -> str:
    code = ids.readable_code()
    while Feedback.objects.filter(code=code).exists():
        code = ids.readable_code()
    return code


def _lock(feedback_id: UUID | str, by: Person) -> Feedback:
    """Lock one feedback within the person's scope, or raise NotFound."""
    feedback = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("place", "category")
        .filter(policies.readable(by), pk=feedback_id)
        .first()
    )
    if feedback is None:
        raise NotFound
    return feedback


@transaction.atomic
def take_in_hand(*, feedback_id: UUID | str, by: Person) -> Feedback:
    """Say: I handle this."""
    feedback = _lock(feedback_id, by)
    if not policies.may_handle(by, feedback):
        raise NotAllowed("feedback.handle")
    if not may_move(State(feedback.state), State.IN_HAND):
        raise WrongState
    feedback.state, feedback.handler = FeedbackState.IN_HAND, by
    feedback.save(update_fields=["state", "handler"])
    journal.record("feedback.taken", by=by, refs=[Ref("feedback", str(feedback.pk))])
    return feedback


@transaction.atomic
def reply(*, feedback_id: UUID | str, by: Person, text: str) -> Reply:
    """Answer the sender; the answer opens with his code."""
    feedback = _lock(feedback_id, by)
    if not policies.may_handle(by, feedback):
        raise NotAllowed("feedback.handle")
    if not may_move(State(feedback.state), State.ANSWERED):
        raise WrongState
    text = text.strip()
    if not 10 <= len(text) <= MOST_REPLY:
        raise BadInput(fields={"text": [_("Write an answer of 10 to %(most)s letters.") % {"most": MOST_REPLY}]})
    answer = Reply.objects.create(feedback=feedback, text=text, replied_by=by)
    feedback.state, feedback.handler = FeedbackState.ANSWERED, feedback.handler or by
    feedback.save(update_fields=["state", "handler"])
    ref = Ref("feedback", str(feedback.pk))
    journal.record("feedback.answered", by=by, refs=[ref], data={"reply": answer.pk})
    notices.settle(ref)
    publish(events.FeedbackAnswered(feedback_id=str(feedback.pk), reply_id=answer.pk))
    return answer


@transaction.atomic
def publish_answer(*, feedback_id: UUID | str, by: Person, question: str, answer: str) -> PublishedAnswer:
    """Make a question and its answer public, in the words from which an officer took names, numbers, addresses."""
    feedback = _lock(feedback_id, by)
    if not posts.may(by, "feedback.publish", feedback.place):
        raise NotAllowed("feedback.publish")
    if not feedback.may_publish:
        raise BadInput(_("The sender did not agree to publication; the question stays between him and the office."))
    if feedback.state != FeedbackState.ANSWERED:
        raise WrongState
    question, answer = question.strip(), answer.strip()
    fields = {}
    if not 10 <= len(question) <= MOST_TEXT:
        fields["question"] = [
            _("Write the question as everybody may read it, in 10 to %(most)s letters.") % {"most": MOST_TEXT}
        ]
    if not 10 <= len(answer) <= MOST_REPLY:
        fields["answer"] = [_("Write an answer of 10 to %(most)s letters.") % {"most": MOST_REPLY}]
    if holds_contact(f"{question} {answer}", feedback.contact):
        fields["question"] = [_("The text still holds the sender's contact. Take it out.")]
    if fields:
        raise BadInput(fields=fields)
    published, _is_new = PublishedAnswer.objects.update_or_create(
        feedback=feedback,
        defaults={
            "question": question,
            "answer": answer,
            "published_by": by,
            "published_at": clock.now(),
            "withdrawn_at": None,
        },
    )
    journal.record("feedback.published", by=by, refs=[Ref("feedback", str(feedback.pk))])
    publish(events.AnswerPublished(feedback_id=str(feedback.pk)))
    return published


@transaction.atomic
def unpublish_answer(*, feedback_id: UUID | str, by: Person, reason: str) -> None:
    """Take a question and its answer off the portal."""
    feedback = _lock(feedback_id, by)
    if not posts.may(by, "feedback.publish", feedback.place):
        raise NotAllowed("feedback.publish")
    if not PublishedAnswer.objects.filter(feedback=feedback, withdrawn_at=None).update(withdrawn_at=clock.now()):
        raise WrongState
    journal.record("feedback.unpublished", by=by, refs=[Ref("feedback", str(feedback.pk))], reason=reason)


@transaction.atomic
def draft_bulletin(*, feedback_id: UUID | str, by: Person) -> Bulletin:
    """Draft the answer as a bulletin for the village that asked; somebody else approves it.

    An answer is drafted once: asked again, its bulletin is given back, unless that was withdrawn.
    """
    feedback = _lock(feedback_id, by)
    if not policies.may_handle(by, feedback):
        raise NotAllowed("feedback.handle")
    latest = feedback.replies.order_by("-replied_at").first()
    if latest is None:
        raise WrongState
    drafted = Bulletin.objects.filter(pk=Ref.parse(latest.bulletin_ref).id) if latest.bulletin_ref else None
    standing = drafted.exclude(state=BulletinState.WITHDRAWN).first() if drafted is not None else None
    if standing is not None:
        return standing
    shown = PublishedAnswer.objects.filter(feedback=feedback, withdrawn_at=None).first()
    if shown:
        body = _("People of %(place)s asked: %(question)s\n\nThe answer: %(answer)s") % {
            "place": feedback.place.name,
            "question": shown.question,
            "answer": shown.answer,
        }
    else:
        # On air is public too: without the sender's consent the question stays unsaid, and the answer is masked.
        body = _("The answer of the commune to a question about “%(category)s”: %(answer)s") % {
            "category": feedback.category.name,
            "answer": mask(latest.text),
        }
    title = _("Answer to a question from %(place)s") % {"place": feedback.place.name}
    bulletin = newsroom.write_bulletin(
        by=by,
        title=title,
        body=body,
        rank=BulletinClass.NORMAL,
        areas=[places.today_of(feedback.place) or feedback.place],
        origin=Ref("feedback", str(feedback.pk)),
    )
    newsroom.request_sound(bulletin_id=bulletin.pk, by=by)
    latest.bulletin_ref = f"bulletin:{bulletin.pk}"
    latest.save(update_fields=["bulletin_ref"])
    journal.record(
        "feedback.bulletin_drafted",
        by=by,
        refs=[Ref("feedback", str(feedback.pk)), Ref("bulletin", str(bulletin.pk))],
    )
    return bulletin


@transaction.atomic
def erase_contacts(*, before: int = 180) -> int:
    """Erase the contact data of feedback whose last answer is older than so many days; return how many.

    Done every day (Luật 91/2025/QH15: kept no longer than the matter needs it).
    """
    limit = clock.now() - clock.days(before)
    old = (
        Feedback.objects.select_for_update()
        .filter(state__in=[FeedbackState.ANSWERED, FeedbackState.CLOSED], received_at__lt=limit)
        .exclude(pk__in=Reply.objects.filter(replied_at__gte=limit).values("feedback"))
        .exclude(contact="")
    )
    erased = list(old)
    for feedback in erased:
        feedback.contact, feedback.contact_erased_at = "", clock.now()
        feedback.save(update_fields=["contact", "contact_erased_at"])
        journal.record("feedback.contact_erased", by="system", refs=[Ref("feedback", str(feedback.pk))])
    return len(erased)
