"""Naming who stands in for the holder of a post, and ending it: by the holder himself or who manages accounts there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from coso.kit.errors import BadInput, NotFound
from coso.organizations import actions, policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Deputy, Person, Post
from coso.organizations.web.forms import DeputyForm, EndDeputyForm
from coso.organizations.web.pages import form_page, way_to


@staff("desk.use")
def name_deputy(request: StaffRequest, post_id: int) -> HttpResponse:
    """Name who stands in for the holder of a post."""
    post = Post.objects.select_related("person", "place", "organization").filter(pk=post_id).first()
    if post is None or not policies.may_name_deputy(request.person, post):
        raise NotFound
    form = DeputyForm(request.POST or None, post=post, by=request.person)
    if request.method == "POST" and form.is_valid():
        try:
            deputy = actions.name_deputy(by=request.person, post=post, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = {"person": deputy.person.full_name, "holder": post.person.full_name}
            messages.success(request, gettext("%(person)s is named to stand in for %(holder)s.") % said)
            return _back(request, post.person)
    about = {"holder": post.person.full_name, "role": post.get_role_display(), "place": post.place.name}
    sentence = gettext(
        "For %(holder)s: %(role)s, %(place)s. The deputy has the same rights in that time, and names no other deputy."
    )
    return form_page(
        request,
        form,
        title=gettext("Name a deputy"),
        sentence=sentence % about,
        submit=gettext("Name the deputy"),
        crumbs=way_to(request.person, post.person),
    )


@staff("desk.use")
def end_deputy(request: StaffRequest, deputy_id: int) -> HttpResponse:
    """End it before its last day."""
    found = Deputy.objects.select_related("person", "post__person", "post__place").filter(pk=deputy_id).first()
    if found is None or not may_end(request.person, found):
        raise NotFound
    form = EndDeputyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_deputy(by=request.person, deputy=found, **form.cleaned_data)
        said = queries.deputy_words(str(found.pk)) or {}
        messages.success(
            request, gettext("%(person)s no longer stands in for %(holder)s (%(role)s, %(place)s).") % said
        )
        return _back(request, found.post.person)
    said = {"person": found.person.full_name, "holder": found.post.person.full_name}
    return form_page(
        request,
        form,
        title=gettext("End the deputy's time"),
        sentence=gettext("%(person)s stands in for %(holder)s. The rights end at once.") % said,
        submit=gettext("End it now"),
        tone="danger",
        crumbs=way_to(request.person, found.post.person),
    )


def may_end(person: Person, deputy: Deputy) -> bool:
    """Tell whether a person may end it: who may name one there, or the deputy himself."""
    return deputy.person_id == person.pk or policies.may_name_deputy(person, deputy.post)


def _back(request: StaffRequest, holder: Person) -> HttpResponse:
    """Go to the holder's account where one may see it, else to one's own."""
    if holder.pk != request.person.pk and queries.people_managed_by(request.person).filter(pk=holder.pk).exists():
        return redirect("organizations:account", holder.pk)
    return redirect("organizations:me")
