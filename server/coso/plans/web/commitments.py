"""The owner opens a task to residents, changes its words, or withdraws it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from coso.organizations.doors import StaffRequest, staff
from coso.organizations.policies import require
from coso.plans import actions, queries
from coso.plans.policies import place_of
from coso.plans.web.forms import PublicForm, ReasonForm
from coso.plans.web.pages import Fact, FormPage, take, task_crumbs


@staff("task.publish")
def publish(request: StaffRequest, task_id: int) -> HttpResponse:
    """Take the plain words in which residents read the task."""
    task = queries.get_visible(request.person, task_id)
    require(request.person, "task.publish", place_of(task))
    page = FormPage(
        title=_("Open as a commitment"),
        sentence=_("Residents read these words, the periods and how they stand; never the name of a person."),
        submit=_("Open to residents"),
        said=_("Residents can read it now."),
        back=reverse("plans:task", args=[task.pk]),
        crumbs=task_crumbs(task),
        icon="web",
        about=[Fact(_("Task"), str(task))],
    )
    form = PublicForm(request.POST or None, initial={"words": task.public_words})
    return take(request, form, lambda sent: actions.open_commitment(task_id=task_id, by=request.person, **sent), page)


@staff("task.publish")
def withdraw(request: StaffRequest, task_id: int) -> HttpResponse:
    """Take the reason for which a commitment leaves the public page."""
    task = queries.get_visible(request.person, task_id)
    require(request.person, "task.publish", place_of(task))
    page = FormPage(
        title=_("Withdraw the commitment"),
        sentence=_("It leaves the public page; the reason stays in the journal."),
        submit=_("Withdraw it"),
        said=_("It left the public page."),
        back=reverse("plans:task", args=[task.pk]),
        crumbs=task_crumbs(task),
        icon="withdrawn",
        about=[Fact(_("Task"), str(task)), Fact(_("Words for residents"), task.public_words)],
    )
    form = ReasonForm(request.POST or None)
    return take(
        request, form, lambda sent: actions.withdraw_commitment(task_id=task_id, by=request.person, **sent), page
    )
