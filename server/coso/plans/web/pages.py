"""What the pages with one form share: what was typed stays, whatever is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from coso.kit.errors import BadInput, WrongState
from coso.organizations.doors import StaffRequest
from coso.plans.models import Part, Task
from coso.ui.parts import Crumb

Text = str | Promise


@dataclass(frozen=True)
class Fact:
    """One line of what a form is about."""

    label: Text
    value: Any


@dataclass(frozen=True)
class FormPage:
    """A page with one form."""

    title: Text
    sentence: Text
    submit: Text
    said: Text
    """What is told once it was taken."""
    back: str
    crumbs: Sequence[Crumb]
    icon: str = "send"
    tone: str = ""
    about: Sequence[Fact] = ()


def take(request: StaffRequest, form: Any, act: Callable[[dict[str, Any]], object], page: FormPage) -> HttpResponse:
    """Show a form, or do what was sent and go back; what cannot be taken comes back with its words."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except BadInput as error:
                form.take_errors(error.fields)
            except WrongState:
                status = 409
                moved = _("This moved on meanwhile. Copy what you typed, go back and read how it stands now.")
                form.add_error(None, moved)
            else:
                messages.success(request, str(page.said))
                return redirect(page.back)
    context = {
        "title": page.title,
        "sentence": page.sentence,
        "form": form,
        "submit": page.submit,
        "icon": page.icon,
        "tone": page.tone,
        "about": page.about,
        "back": page.back,
        "crumbs": page.crumbs,
    }
    return render(request, "plans/form.html", context, status=status)


def task_crumbs(task: Task | None = None) -> list[Crumb]:
    """Give the way to what belongs to a task."""
    crumbs = [Crumb(_("Tasks of the plans"), reverse("plans:tasks"))]
    if task is not None:
        crumbs.append(Crumb(short(task), reverse("plans:task", args=[task.pk])))
    return crumbs


def part_crumbs(part: Part) -> list[Crumb]:
    """Give the way to what belongs to a part."""
    return [*task_crumbs(part.occurrence.task), Crumb(part.organization.name, reverse("plans:part", args=[part.pk]))]


def short(task: Task) -> str:
    """Name a task in a few words."""
    title = task.title if len(task.title) <= 60 else f"{task.title[:57].rstrip()}…"
    return f"{task.ref}. {title}" if task.ref else title
