"""What the form pages about accounts have in common: the way there, one form, one button."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.organizations import queries
from coso.organizations.doors import StaffRequest
from coso.organizations.models import Person
from coso.ui.parts import Crumb


def way(person: Person | None = None) -> list[Crumb]:
    """Give the way to a page about accounts, or about one of them."""
    crumbs = [Crumb(_("Accounts"), reverse("organizations:accounts"))]
    if person is not None:
        crumbs.append(Crumb(person.full_name, reverse("organizations:account", args=[person.pk])))
    return crumbs


def way_to(reader: Person, person: Person) -> list[Crumb]:
    """Give the way to a page about somebody, for a reader who may be that person, or may not see his account."""
    if reader.pk != person.pk and queries.people_managed_by(reader).filter(pk=person.pk).exists():
        return way(person)
    return [Crumb(_("My account"), reverse("organizations:me"))]


def form_page(
    request: StaffRequest,
    form: Any,
    *,
    title: str,
    submit: str,
    crumbs: list[Crumb],
    sentence: str = "",
    tone: str = "",
) -> HttpResponse:
    """Show a page with one form; a form that was refused is shown again as it was filled in."""
    context = {
        "title": title,
        "sentence": sentence or ("" if len(crumbs) < 2 else crumbs[-1].label),
        "form": form,
        "submit": submit,
        "tone": tone,
        "back": crumbs[-1].url,
        "crumbs": crumbs,
    }
    return render(request, "organizations/form.html", context, status=422 if form.errors else 200)
