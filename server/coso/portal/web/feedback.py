"""Saying and following: sending feedback without an account, opening the answer with the code, what others asked."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coso.kit.errors import BadInput
from coso.listening import actions, queries
from coso.listening.models import Category, FeedbackState
from coso.newsroom import queries as newsroom
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.portal.web.views import HEARD_AT, PLACES, place_of, whole_name
from coso.ui.chips import Chip, Tone
from coso.ui.forms import HouseForm

# One household may have much to say after a storm; a program that floods the form sends more than this.
MOST_SENT, SENT_WITHIN = 10, 600
MOST_ASKED, ASKED_WITHIN = 30, 600

SENT, SENT_SHOWN_S = "coso_ma", 600
"""Cookie with the code of what was just sent, read by the page after sending alone, for ten minutes."""

TONES = {
    FeedbackState.NEW: Tone.WAITING,
    FeedbackState.IN_HAND: Tone.ACTIVE,
    FeedbackState.ANSWERED: Tone.DONE,
    FeedbackState.CLOSED: Tone.OFF,
}


class FeedbackForm(HouseForm, forms.Form):
    """What a resident fills in; only what is needed to answer."""

    category = forms.ModelChoiceField(
        label=gettext_lazy("What is it about?"),
        queryset=Category.objects.all(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(
        label=gettext_lazy("Which village?"),
        help_text=gettext_lazy("Choose your village, or your commune when the village is not listed."),
        widget=forms.Select,
    )
    text = forms.CharField(
        label=gettext_lazy("What do you want to say?"),
        help_text=gettext_lazy("What happened, where, since when. Please write no name of anybody."),
        max_length=actions.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    contact = forms.CharField(
        label=gettext_lazy("How can the officer reach you?"),
        help_text=gettext_lazy("Only the officer who handles the matter sees it, and it is erased afterwards."),
        max_length=120,
        required=False,
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("My question and the answer may be shown to everybody, with names and numbers taken out"),
        required=False,
    )
    # People do not see this field; programs that fill in everything do.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, commune: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.choices = _place_choices(commune)

    def clean_text(self) -> str:
        """Tell at once, beside what else is missing, that too little was written; the action judges again."""
        text = str(self.cleaned_data["text"]).strip()
        if len(text) < actions.LEAST_TEXT:
            raise forms.ValidationError(_("Tell what it is about in at least 10 letters."))
        return text

    def clean_place(self) -> Place:
        """Give the chosen village or commune of today."""
        chosen = places.now().filter(code=self.cleaned_data["place"], level__in=PLACES)
        found = chosen.first()
        if found is None:
            raise forms.ValidationError(_("Choose a village or commune of the list."))
        return found


def _place_choices(commune: Place | None) -> list[Any]:
    """List the villages to choose from: those of one commune when it is known, else every commune with its villages."""
    communes = [commune] if commune else list(places.communes().order_by("sort_key"))
    groups: dict[int, list[tuple[str, str]]] = {one.pk: [] for one in communes}
    for village in places.villages_of(communes):
        if village.parent_id in groups:
            groups[village.parent_id].append((village.code, village.name))
    whole = _("The whole commune, or a village that is not listed")
    return [("", _("Choose…"))] + [(one.name, [*groups[one.pk], (one.code, whole)]) for one in communes]


def _too_many(request: HttpRequest, what: str, most: int, within: int) -> bool:
    """Count what one address does in a while; the address is never stored with what it sent."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.OPTIONS["COSO_TRUSTED_PROXY"]:
        address = request.headers.get("X-Forwarded-For", address).split(",")[-1].strip()
    # One row for each time: adding a row is atomic in every cache, counting one up is not.
    keys = [f"portal:{what}:{address}:{number}" for number in range(most)]
    taken = cache.get_many(keys)
    return not any(cache.add(key, True, within) for key in keys if key not in taken)


def _here(request: HttpRequest) -> Place | None:
    return place_of(request.GET.get("noi") or request.COOKIES.get(HEARD_AT, ""))


@never_cache
def send(request: HttpRequest) -> HttpResponse:
    """Take what a resident has to say, without an account."""
    here = _here(request)
    commune = here.parent if here and here.level == Level.VILLAGE else here
    initial = {"place": here.code if here else ""}
    form = FeedbackForm(request.POST or None, commune=commune, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            code = _take(request, form)
            if code:
                return _to_sent(request, code)
    context = {
        "title": _("Send your opinion"),
        "place_name": here.name if here else whole_name(),
        "sentence": _("You need no account. You get a code with which the answer opens."),
        "form": form,
        "about": _bulletin_of(request),
    }
    return render(request, "portal/send.html", context, status=status)


def _bulletin_of(request: HttpRequest) -> Any:
    try:
        return newsroom.public().filter(pk=UUID(request.GET.get("tin", ""))).first()
    except ValueError:
        return None


def _take(request: HttpRequest, form: FeedbackForm) -> str:
    """Store what the form holds and give its code; put what is wrong on the form instead."""
    if _too_many(request, "send", MOST_SENT, SENT_WITHIN):
        form.add_error(
            None,
            _("Much was sent from here in a short time. Your words are kept on this page: send them in 10 minutes."),
        )
        return ""
    values = form.cleaned_data
    if values["website"]:
        # Never dropped in silence: a person whose browser filled the field in is told what to do.
        form.add_error(None, _("Empty the field that you did not mean to fill in, and send again."))
        return ""
    about = _bulletin_of(request)
    try:
        feedback = actions.send_feedback(
            category=values["category"],
            place=values["place"],
            text=values["text"],
            contact=values["contact"],
            may_publish=values["may_publish"],
            bulletin_ref=f"bulletin:{about.pk}" if about else "",
        )
    except BadInput as error:
        for field, lines in error.fields.items():
            for line in lines:
                form.add_error(field or None, line)
        return ""
    return feedback.code


def _to_sent(request: HttpRequest, code: str) -> HttpResponse:
    """Go on to the page that shows the code. The code opens the answer: in no address, since addresses are logged."""
    response = redirect("portal:sent")
    response.set_cookie(
        SENT, code, max_age=SENT_SHOWN_S, path=response.url, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Show the code after sending."""
    code = request.COOKIES.get(SENT, "")[:40].replace("\0", "")
    # This page too tells whether a code exists: guessing here costs as much as where an answer is opened.
    if _too_many(request, "follow", MOST_ASKED, ASKED_WITHIN) or queries.by_code(code) is None:
        return redirect("portal:follow")
    context = {
        "title": _("Your opinion has arrived"),
        "place_name": whole_name(),
        "code": code,
    }
    return render(request, "portal/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Open state and answer with the code. The page sends it in a form; an address with `?ma=` opens too."""
    typed = (request.POST if request.method == "POST" else request.GET).get("ma", "").strip()[:40]
    feedback, wrong = None, ""
    if typed:
        if _too_many(request, "follow", MOST_ASKED, ASKED_WITHIN):
            wrong = _("Too many codes were tried from here. Try again in 10 minutes.")
        else:
            feedback = queries.by_code(typed)
            wrong = "" if feedback else _("No opinion has this code. Look at it again: 8 letters and figures.")
    context = {
        "title": _("Follow your opinion"),
        "place_name": whole_name(),
        "sentence": _("Type the code that you got when you sent it."),
        "typed": typed,
        "wrong": wrong,
        "feedback": feedback,
        "chip": Chip(feedback.get_state_display(), TONES[FeedbackState(feedback.state)]) if feedback else None,
        "replies": feedback.replies.all() if feedback else [],
    }
    return render(request, "portal/follow.html", context, status=404 if wrong else 200)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """List the public questions with their answers."""
    here = _here(request) if request.GET.get("noi") else None
    page = Paginator(queries.published(here), 12).get_page(request.GET.get("page"))
    context = {
        "title": _("Questions and answers"),
        "place_name": here.name if here else whole_name(),
        "sentence": _("What people asked, with names and numbers taken out, and what the office answered."),
        "page": page,
    }
    return render(request, "portal/answers.html", context)
