"""The lexicon: how abbreviations are read, and a box to try a sentence."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coso.kit.errors import BadInput, NotFound
from coso.newsroom import actions, policies, queries
from coso.newsroom.models import LexiconWord
from coso.newsroom.rules.speech import seed_lexicon, speak_text
from coso.newsroom.web.forms import WordForm
from coso.newsroom.web.sides import sides
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.policies import require_throughout
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.rows import MemoryRows

_LONGEST_TRIAL = 1000
OWN, SHIPPED = "own", "shipped"


@dataclass(frozen=True)
class Word:
    """One reading in the list: the operator's, or one that comes with the program."""

    written: str
    spoken: str
    before: str
    after: str
    note: str
    source: str
    address: str

    @property
    def chip(self) -> Chip:
        """Say where the reading comes from."""
        if self.source == OWN:
            return Chip(gettext_lazy("Ours"), Tone.DONE, "edit")
        return Chip(gettext_lazy("Shipped"), Tone.WAITING, "archive")


@staff(policies.READ)
def words(request: StaffRequest) -> HttpResponseBase:
    """List the readings, ours first in force, and show how a sentence would be read."""
    may_edit = policies.may_edit_lexicon(request.person)
    tried = request.GET.get("thu", "").replace("\x00", "")[:_LONGEST_TRIAL]
    extra = {
        "tried": tried,
        "sides": sides(tried, speak_text(tried, lexicon=queries.lexicon_entries())) if tried.strip() else None,
        "may_teach": may_edit,
    }
    return list_response(
        request, _spec(may_edit), MemoryRows(_rows(may_edit)), template="newsroom/lexicon.html", extra=extra
    )


def _rows(may_edit: bool) -> list[Word]:
    own = [
        Word(
            word.written, word.spoken, word.before, word.after, word.note, OWN,
            reverse("newsroom:word", args=[word.pk]) if may_edit else "",
        )
        for word in LexiconWord.objects.all()
    ]  # fmt: skip
    hidden = {(word.written, word.before, word.after) for word in own}
    shipped = [
        Word(entry.written, entry.spoken, entry.before, entry.after, entry.note, SHIPPED, _improve(entry, may_edit))
        for entry in seed_lexicon()
        if (entry.written, entry.before, entry.after) not in hidden
    ]
    return own + shipped


def _improve(entry: Any, may_edit: bool) -> str:
    """Give the page on which a shipped reading is replaced by one of ours."""
    if not may_edit:
        return ""
    values = {name: getattr(entry, name) for name in ("written", "spoken", "before", "after")}
    return f"{reverse('newsroom:add_word')}?{urlencode(values)}"


def _spec(may_edit: bool) -> ListSpec:
    return ListSpec(
        key="tu-dien-doc",
        title=gettext_lazy("Lexicon"),
        sentence=gettext_lazy("How abbreviations and foreign words are read aloud. Our own readings win."),
        columns=[
            Column("written", gettext_lazy("Written form"), "written", sort="written"),
            Column("spoken", gettext_lazy("Read as"), "spoken", sort="spoken"),
            Column("before", gettext_lazy("Only after these words"), "before"),
            Column("after", gettext_lazy("Only before these words"), "after"),
            Column("source", gettext_lazy("Source"), "chip", sort="source", kind="state"),
            Column("note", gettext_lazy("Note"), "note", shown=False),
        ],
        search=["written", "spoken", "note"],
        filters=[
            Filter(
                "nguon",
                gettext_lazy("Source"),
                [(OWN, gettext_lazy("Ours")), (SHIPPED, gettext_lazy("Shipped"))],
                lambda rows, value: rows.keep(lambda row: row.source == value),
            )
        ],
        default_sort="written",
        row_link=lambda row: row.address or None,
        primary=Action(_("Add a reading"), reverse("newsroom:add_word")) if may_edit else None,
        empty=Empty(gettext_lazy("No reading yet")),
    )


@staff(policies.EDIT_LEXICON)
def add(request: StaffRequest) -> HttpResponseBase:
    """Add a reading; `?written=` and the like fill the form beforehand."""
    require_throughout(request.person, policies.EDIT_LEXICON)
    if request.method != "POST":
        typed = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in WordForm.base_fields}
        return _form(request, WordForm(initial=typed))
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            word = actions.add_word(by=request.person, **form.cleaned_data)
        except BadInput as wrong:
            form.take_errors(wrong.fields)
        else:
            told = {"written": word.written, "spoken": word.spoken}
            messages.success(request, _("“%(written)s” is now read “%(spoken)s”.") % told)
            return redirect("newsroom:lexicon")
    return _form(request, form)


@staff(policies.EDIT_LEXICON)
def word(request: StaffRequest, word_id: int) -> HttpResponseBase:
    """Change one of our readings."""
    require_throughout(request.person, policies.EDIT_LEXICON)
    found = LexiconWord.objects.filter(pk=word_id).first()
    if found is None:
        raise NotFound
    if request.method != "POST":
        return _form(request, WordForm(initial={name: getattr(found, name) for name in WordForm.base_fields}), found)
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            changed = actions.change_word(word_id=word_id, by=request.person, **form.cleaned_data)
        except BadInput as wrong:
            form.take_errors(wrong.fields)
        else:
            told = {"written": changed.written, "spoken": changed.spoken}
            messages.success(request, _("“%(written)s” is now read “%(spoken)s”.") % told)
            return redirect("newsroom:lexicon")
    return _form(request, form, found)


@require_POST
@staff(policies.EDIT_LEXICON)
def remove(request: StaffRequest, word_id: int) -> HttpResponseBase:
    """Remove one of our readings."""
    try:
        actions.remove_word(word_id=word_id, by=request.person)
    except NotFound:
        return redirect("newsroom:lexicon")  # the button was pressed twice
    messages.success(request, _("The reading was removed."))
    return redirect("newsroom:lexicon")


def _form(request: StaffRequest, form: WordForm, found: LexiconWord | None = None) -> HttpResponse:
    name = found.written if found else _("New reading")
    context = {
        "form": form,
        "word": found,
        "title": _("How “%(written)s” is read") % {"written": found.written} if found else _("Add a reading"),
        "sentence": _("It holds for every sound made from now on; sounds that exist stay as they are."),
        "crumbs": [(_("Lexicon"), reverse("newsroom:lexicon")), (name, "")],
        "cancel": reverse("newsroom:lexicon"),
    }
    return render(request, "newsroom/word.html", context, status=422 if form.errors else 200)
