"""Opening and closing accounts, giving passwords, giving and ending posts: each journalled, and never one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from coso.kit import ids
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.organizations import actions, policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Person, Post
from coso.organizations.rules import Role
from coso.organizations.web.accounts import get_managed
from coso.organizations.web.forms import AccountForm, CloseForm, EndForm, PasswordForm, PostForm
from coso.organizations.web.pages import form_page, way
from coso.ui.parts import Crumb

PASSWORD_GROUPS = 4


@never_cache
@staff("account.manage")
def open_account(request: StaffRequest) -> HttpResponse:
    """Open an account and show its first password, this once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = ids.readable_code(groups=PASSWORD_GROUPS)
        try:
            made = actions.open_account(by=request.person, password=password, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            return _password_page(request, made, password, title=gettext("The account is open"), crumbs=way())
    return form_page(request, form, title=gettext("Open an account"), submit=gettext("Open the account"), crumbs=way())


def _password_page(
    request: StaffRequest, person: Person, password: str, *, title: str, crumbs: list[Crumb]
) -> HttpResponse:
    """Show a temporary password; rendered, not redirected to: only the hash is kept, so this answer alone can."""
    context = {
        "title": title,
        "sentence": person.full_name,
        "account": person,
        "password": password,
        "has_post": queries.posts_not_over(person).exists(),
        "crumbs": crumbs,
    }
    return render(request, "organizations/opened.html", context)


@never_cache
@staff("account.manage")
def give_password(request: StaffRequest, person_id: int) -> HttpResponse:
    """Give a person a temporary password and show it, this once."""
    found = _other(request, get_managed(request.person, person_id))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = ids.readable_code(groups=PASSWORD_GROUPS)
        made = actions.give_password(by=request.person, person=found, password=password, **form.cleaned_data)
        title = gettext("The new password is given")
        return _password_page(request, made, password, title=title, crumbs=way(found))
    return form_page(
        request,
        form,
        title=gettext("Give a temporary password"),
        sentence=gettext("The person is signed out, signs in with the new password and must change it at once."),
        submit=gettext("Give the password"),
        crumbs=way(found),
    )


@staff("account.manage")
def give_post(request: StaffRequest, person_id: int) -> HttpResponse:
    """Give a person a post within one's own places."""
    found = _other(request, get_managed(request.person, person_id))
    form = PostForm(request.POST or None, by=request.person)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            post = actions.give_post(by=request.person, person=found, **told | {"role": Role(told["role"])})
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = {"person": found.full_name, "role": post.get_role_display(), "place": post.place.name}
            messages.success(request, gettext("%(person)s was given the post: %(role)s, %(place)s.") % said)
            return redirect("organizations:account", found.pk)
    return form_page(request, form, title=gettext("Give a post"), submit=gettext("Give the post"), crumbs=way(found))


@staff("account.manage")
def end_post(request: StaffRequest, post_id: int) -> HttpResponse:
    """End a post."""
    post = (
        Post.objects.select_related("person", "place")
        .filter(policies.scope(request.person, "account.manage", "place__path"), pk=post_id)
        .first()
    )
    if post is None:
        raise NotFound
    found = _other(request, post.person)
    form = EndForm(request.POST or None)
    said = {"person": found.full_name, "role": post.get_role_display(), "place": post.place.name}
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(by=request.person, post=post, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The post was ended: %(person)s, %(role)s, %(place)s.") % said)
            return redirect("organizations:account", found.pk)
    return form_page(
        request,
        form,
        title=gettext("End a post"),
        sentence=f"{said['role']}, {said['place']}",
        submit=gettext("End the post"),
        tone="danger",
        crumbs=way(found),
    )


@staff("account.manage")
def close_account(request: StaffRequest, person_id: int) -> HttpResponse:
    """Close an account; what the person did stays under the name."""
    found = _other(request, get_managed(request.person, person_id))
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_account(by=request.person, person=found, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The account of %(person)s was closed.") % {"person": found.full_name})
            return redirect("organizations:account", found.pk)
    return form_page(
        request,
        form,
        title=gettext("Close the account"),
        sentence=gettext("No more signing in from now on, and every post ends. What was done stays under the name."),
        submit=gettext("Close the account"),
        tone="danger",
        crumbs=way(found),
    )


def _other(request: StaffRequest, person: Person) -> Person:
    """Refuse one's own account: nobody gives himself rights, or takes them away unseen."""
    if person.pk == request.person.pk:
        raise NotAllowed("account.manage")
    return person
