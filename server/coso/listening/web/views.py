"""The list of what people sent, and one feedback with what can be done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import BadInput
from coso.kit.refs import Ref, describe
from coso.listening import actions, policies, queries
from coso.listening.models import Category, Feedback, FeedbackState
from coso.listening.rules.private import mask
from coso.listening.web.forms import PublishForm, ReasonForm, ReplyForm
from coso.organizations import policies as posts
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Place
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import Way, by_units

OPEN = (FeedbackState.NEW, FeedbackState.IN_HAND)
_TONES = {
    FeedbackState.NEW: Tone.NEED,
    FeedbackState.IN_HAND: Tone.ACTIVE,
    FeedbackState.ANSWERED: Tone.DONE,
    FeedbackState.CLOSED: Tone.OFF,
}


def chip(feedback: Feedback) -> Chip:
    """Give the chip of a feedback: late when it is past its day and unanswered."""
    if feedback.state in OPEN and feedback.due_on < clock.today():
        return Chip(gettext("Late"), Tone.NEED, icon="late")
    return Chip(feedback.get_state_display(), _TONES[FeedbackState(feedback.state)])


def _sentence(request: HttpRequest) -> str:
    waiting = queries.visible_to(request.user).filter(state__in=OPEN)
    count, late = waiting.count(), waiting.filter(due_on__lt=clock.today()).count()
    if not count:
        return gettext("Everything is answered.")
    said = ngettext("%(count)s opinion waits for an answer.", "%(count)s opinions wait for an answer.", count)
    said %= {"count": count}
    if late:
        said += " " + ngettext("%(count)s is late.", "%(count)s are late.", late) % {"count": late}
    return said


def _due(rows: QuerySet[Feedback], value: str) -> QuerySet[Feedback]:
    late = rows.filter(state__in=OPEN, due_on__lt=clock.today())
    return late if value == "late" else rows.filter(state__in=OPEN)


# Contact data is in no column and so in no export.
SPEC = ListSpec(
    key="y-kien",
    title=_("What people say"),
    sentence=_sentence,
    columns=[
        Column("code", _("Code"), "code"),
        Column("text", _("What it says"), lambda row: row.text[:160]),
        Column("category", _("Category"), "category.name", sort="category__position"),
        Column("place", _("Place"), lambda row: _where(row), sort="place__sort_key"),
        Column("received", _("Received"), "received_at", sort="received_at", kind="when"),
        Column("due", _("Answer by"), "due_on", sort="due_on", kind="date"),
        Column("state", _("State"), chip, sort="state", kind="state"),
    ],
    search=("folded",),
    search_label=_("Search by words or code"),
    filters=[
        Filter("state", _("State"), FeedbackState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("due", _("Deadline"), [("open", _("Not answered")), ("late", _("Late"))], _due),
        Filter(
            "category",
            _("Category"),
            lambda request: [(one.code, one.name) for one in Category.objects.all()],
            lambda rows, value: rows.filter(category__code=value),
        ),
    ],
    default_sort="-received",
    empty=Empty(
        _("Nobody has written yet"),
        _("What residents send from the public portal arrives here, for the office of their commune."),
        _("Open the public portal"),
        "/",
        icon="feedback",
    ),
    row_link=lambda row: reverse("listening:one", args=[row.pk]),
)


def _where(feedback: Feedback) -> str:
    place = feedback.place
    today = place.current if place.current_id != place.pk else None
    if today is None:
        return _named(place)
    return gettext("%(now)s (then %(then)s)") % {"now": _named(today), "then": _named(place)}


def _named(place: Place) -> str:
    parent = place.parent
    return f"{place.name}, {parent.name}" if parent and parent.parent_id else place.name


@staff("feedback.read")
def feedback_list(request: StaffRequest) -> HttpResponseBase:
    """List what people sent from within the person's scope."""
    place = Way("place", told=_named, joins=["parent"])
    return list_response(request, *by_units(request, SPEC, queries.visible_to(request.person), place=place))


@staff("feedback.read")
def feedback(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """Show one feedback."""
    return _page(request, queries.get_visible(request.person, feedback_id))


def _page(request: StaffRequest, found: Feedback, *, status: int = 200, **forms: BaseForm) -> HttpResponse:
    replies = list(found.replies.select_related("replied_by"))
    shown = getattr(found, "published", None)
    public = shown if shown and shown.withdrawn_at is None else None
    may_handle = policies.may_handle(request.person, found)
    context: dict[str, Any] = {
        "title": gettext("Opinion %(code)s") % {"code": found.code},
        "sentence": _where(found),
        "feedback": found,
        "chip": chip(found),
        "replies": replies,
        "public": public,
        "may_handle": may_handle,
        "may_take": may_handle and found.state == FeedbackState.NEW,
        "contact": found.contact if policies.may_see_contact(request.person, found) else "",
        "about": describe(Ref.parse(found.bulletin_ref), request.person) if found.bulletin_ref else None,
        "drafted": [
            record
            for reply in replies
            if reply.bulletin_ref
            if (record := describe(Ref.parse(reply.bulletin_ref), request.person))
        ],
        "history": journal.told(Ref("feedback", str(found.pk)), with_reasons=False, most=50),
        "crumbs": [Crumb(_("What people say"), reverse("listening:feedback"))],
    }
    if may_handle and found.state != FeedbackState.CLOSED:
        context["reply_form"] = forms.get("reply_form") or ReplyForm()
    if replies and policies.may_publish(request.person, found) and not public:
        start = {"question": mask(found.text), "answer": mask(replies[-1].text)}
        context["publish_form"] = forms.get("publish_form") or PublishForm(initial=start)
    if public and posts.may(request.person, "feedback.publish", found.place):
        context["unpublish_form"] = forms.get("unpublish_form") or ReasonForm()
    return render(request, "listening/feedback.html", context, status=status)


@require_POST
@staff("feedback.handle")
def take(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """Take it in hand."""
    actions.take_in_hand(feedback_id=feedback_id, by=request.person)
    messages.success(request, _("You handle this now."))
    return redirect("listening:one", feedback_id)


@require_POST
@staff("feedback.handle")
def reply(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """Send the answer."""
    found = queries.get_visible(request.person, feedback_id)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            actions.reply(feedback_id=feedback_id, by=request.person, text=form.cleaned_data["text"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, _("The answer opens with the sender's code from now on."))
            return redirect("listening:one", feedback_id)
    return _page(request, found, status=422, reply_form=form)


@require_POST
@staff("feedback.publish")
def publish(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """Make question and answer public."""
    found = queries.get_visible(request.person, feedback_id)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            actions.publish_answer(
                feedback_id=feedback_id,
                by=request.person,
                question=form.cleaned_data["question"],
                answer=form.cleaned_data["answer"],
            )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, _("Question and answer are public now."))
            return redirect("listening:one", feedback_id)
    return _page(request, found, status=422, publish_form=form)


@require_POST
@staff("feedback.publish")
def unpublish(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """Take question and answer off the portal."""
    found = queries.get_visible(request.person, feedback_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.unpublish_answer(feedback_id=feedback_id, by=request.person, reason=form.cleaned_data["reason"])
        messages.success(request, _("Question and answer are off the portal."))
        return redirect("listening:one", feedback_id)
    return _page(request, found, status=422, unpublish_form=form)


@require_POST
@staff("feedback.handle")
def draft(request: StaffRequest, feedback_id: UUID) -> HttpResponse:
    """Draft the answer as a bulletin for the place that asked."""
    bulletin = actions.draft_bulletin(feedback_id=feedback_id, by=request.person)
    messages.success(request, _("The answer is drafted as a bulletin. Look it through and submit it for approval."))
    return redirect("newsroom:bulletin", bulletin.pk)
