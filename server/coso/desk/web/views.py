"""Today, the one search, and changing the place where one works."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coso.desk import queries
from coso.desk.web.shell import WORKPLACE, current_post
from coso.kit import clock
from coso.kit.text import fold
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff


@require_safe
@staff("desk.use")
def today(request: StaffRequest) -> HttpResponse:
    """Show what waits for the person, and what may be begun."""
    groups = queries.waiting_for(request.person)
    telling = queries.to_tell(request.person)
    count = sum(len(group.lines) for group in groups) + len(telling)
    post = current_post(request)
    context = {
        "title": _("Today"),
        "sentence": ngettext("%(count)s thing waits for you.", "%(count)s things wait for you.", count)
        % {"count": count}
        if count
        else _("Nothing waits for you."),
        "today": clock.today(),
        "post": post,
        "groups": groups,
        "telling": telling,
        "may_write": policies.may(request.person, "bulletin.write"),
        "may_import": policies.may(request.person, "document.import"),
    }
    return render(request, "desk/today.html", context)


@require_safe
@staff("desk.use")
def search(request: StaffRequest) -> HttpResponse:
    """Search everything within the person's scope, with or without marks."""
    typed = request.GET.get("q", "").strip()[:120]
    found = queries.search(request.person, fold(typed))
    count = sum(len(group.lines) for group in found)
    sentence = (
        ngettext("%(count)s thing was found for “%(typed)s”.", "%(count)s things were found for “%(typed)s”.", count)
        % {"count": count, "typed": typed}
        if typed
        else _("Type a word, with or without marks.")
    )
    context = {"title": _("Search"), "sentence": sentence, "typed": typed, "found": found}
    return render(request, "desk/search.html", context)


@require_POST
@staff("desk.use")
def switch(request: StaffRequest) -> HttpResponse:
    """Change the place where one works."""
    chosen = request.POST.get("workplace", "")
    if any(str(post.pk) == chosen for post in policies.posts_of(request.person)):
        request.session[WORKPLACE] = chosen
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "desk:today")
