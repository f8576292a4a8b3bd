"""Reading feedback: staff within their scope, a sender by the code, everybody what is published."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.ids import tidy_code
from coso.kit.workdays import in_vietnam
from coso.listening import policies
from coso.listening.models import Category, Feedback, PublishedAnswer
from coso.places import queries as places
from coso.places.models import Place


def visible_to(person: object) -> QuerySet[Feedback]:
    """List the feedback within a person's scope."""
    return Feedback.objects.filter(policies.readable(person)).select_related(
        "category", "place", "place__parent", "handler"
    )


def get_visible(person: object, feedback_id: UUID | str) -> Feedback:
    """Give one feedback, or raise NotFound when it is out of the person's scope."""
    feedback = visible_to(person).filter(pk=feedback_id).first()
    if feedback is None:
        raise NotFound
    return feedback


def by_code(typed: str) -> Feedback | None:
    """Find what a sender follows by his code, however he types it."""
    code = tidy_code(typed)
    found = Feedback.objects.select_related("category", "place", "place__parent")
    return found.filter(code=code).first() if code else None


def published(place: Place | None = None) -> QuerySet[PublishedAnswer]:
    """List the public questions and answers, of one place and what lies under it when given."""
    answers = PublishedAnswer.objects.filter(withdrawn_at=None).select_related("feedback__place", "feedback__category")
    return answers.filter(places.hung_on(place, "feedback__place")) if place else answers


def received_by_place(day: date) -> dict[int, int]:
    """Count what people sent from 1 January to a day by the place it is from."""
    span = (clock.start_of_day(date(day.year, 1, 1)), clock.start_of_day(day + timedelta(days=1)))
    sent = Feedback.objects.filter(received_at__gte=span[0], received_at__lt=span[1])
    return dict(Counter(sent.order_by().values_list("place_id", flat=True)))


def categories() -> QuerySet[Category]:
    """List the categories in their order."""
    return Category.objects.all()


def due_on(received: date, category: Category) -> date:
    """Give the day by which a feedback of this category must be answered."""
    return in_vietnam(received, category.working_days)
