"""A person's calendar as other programs read it; whoever holds the address reads it, and nobody writes."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.plans import queries
from coso.plans.models import Part
from coso.plans.rules import Day, State, icalendar
from coso.plans.web.chips import period_of

BACK = timedelta(days=180)
MOST = 1000


@require_safe
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the deadlines of the bodies for which the owner of the address holds posts today; else 404."""
    person = queries.calendar_owner(secret)
    if person is None:
        raise Http404
    parts = queries.deadlines_for(person, clock.today() - BACK, MOST)
    with translation.override("vi"):
        name = _("Work of my unit")
        written = icalendar.calendar(name, (_day(request, part) for part in parts))
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="viec-cua-don-vi.ics"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _day(request: HttpRequest, part: Part) -> Day:
    deadline, task = part.deadline, part.occurrence.task
    assert deadline is not None  # `deadlines_for` gives only those with one
    done = part.state == State.DONE
    title = f"{task.ref}. {task.title}" if task.ref else task.title
    return Day(
        uid=f"part-{part.pk}@coso",
        on=deadline,
        changed_at=part.done_at or clock.now(),
        summary=_("Done: %(task)s") % {"task": title[:200]} if done else _("Due: %(task)s") % {"task": title[:200]},
        description=f"{part.organization.name}\n{period_of(part.occurrence)}\n{task.document}",
        url=request.build_absolute_uri(reverse("plans:part", args=[part.pk])),
        done=done,
    )
