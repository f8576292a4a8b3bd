"""How the journal's entries about places read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.places import queries
from coso.places.rules.names import in_sentence


def loaded(entry: Entry) -> str:
    """Word the loading of the lists."""
    return _(
        "The lists of administrative units were loaded: %(places)s units, %(successions)s links to successors."
    ) % {
        "places": entry.data["places"],
        "successions": entry.data["successions"],
    }


def villages_added(entry: Entry) -> str:
    """Word the adding of villages to a commune."""
    count = entry.data["villages"]
    return ngettext(
        "%(count)s village was added to %(commune)s.", "%(count)s villages were added to %(commune)s.", count
    ) % {"count": count, "commune": queries.place_name(Ref.parse(entry.refs[0]).id)}


def village_described(entry: Entry) -> str:
    """Word that the figures or the middle of a village were told anew."""
    return _("What is told of %(village)s was changed.") % {"village": queries.place_name(Ref.parse(entry.refs[0]).id)}


def _names(text: str) -> str:
    """Give names that were kept joined by semicolons as they stand in a sentence."""
    return ", ".join(in_sentence(name) for name in text.split("; ") if name)


def _change(data: Mapping[str, str]) -> str:
    """Word what a change does to units."""
    words = {"before": _names(data["before"]), "after": _names(data["after"])}
    if data["kind"] == "cede":
        giver, _semicolon, receiver = data["before"].partition("; ")
        words = {"giver": in_sentence(giver), "receiver": in_sentence(receiver)}
    above, _semicolon, renamed = data["after"].partition("; ")
    if data["kind"] == "move" and renamed:
        words = {"before": _names(data["before"]), "after": in_sentence(above), "name": in_sentence(renamed)}
        return _("%(before)s is put under %(after)s and renamed %(name)s") % words
    sentences = {
        "rename": _("%(before)s is renamed %(after)s"),
        "merge": _("%(before)s are merged into %(after)s"),
        "split": _("%(before)s is divided into %(after)s"),
        "cede": _("a part of %(giver)s goes to %(receiver)s"),
        "move": _("%(before)s is put under %(after)s"),
        "abolish": _("the level of %(before)s is abolished"),
    }
    return sentences[data["kind"]] % words


def changed(entry: Entry) -> str:
    """Word a change of units."""
    day = date.fromisoformat(entry.data["day"]).strftime("%d/%m/%Y")
    return _("A change of units was entered: %(change)s, from %(day)s.") % {"change": _change(entry.data), "day": day}


def in_force(entry: Entry) -> str:
    """Word that a planned change took force."""
    return _("A planned change of units took force: %(change)s.") % {"change": _change(entry.data)}


def undone(entry: Entry) -> str:
    """Word that a change was taken back, and what was told meanwhile that no old unit has as it was told."""
    said = _("A change of units was undone: %(change)s.") % {"change": _change(entry.data)}
    for told in entry.data.get("figures", ()):
        said += " " + _("Told of %(unit)s meanwhile: %(figures)s.") % {
            "unit": f"{in_sentence(told['name'])} ({told['code']})",
            "figures": figure_words(told),
        }
    return said


def figure_words(told: Mapping[str, Any]) -> str:
    """Say people, households and middle of a unit, as far as they are told."""
    words = []
    if told.get("population") is not None:
        words.append(_("population %(count)s") % {"count": grouped(told["population"])})
    if told.get("households") is not None:
        words.append(_("households %(count)s") % {"count": grouped(told["households"])})
    if told.get("latitude") is not None:
        words.append(_("middle %(latitude)s, %(longitude)s") % dict(told))
    return "; ".join(words)


def grouped(count: int) -> str:
    """Write a whole number as people here do."""
    return f"{count:,}".replace(",", ".")


def linked(entry: Entry) -> str:
    """Word that somebody said what followed a unit."""
    return _("%(new)s was entered as the successor of %(old)s, by %(source)s.") % dict(entry.data)


def unlinked(entry: Entry) -> str:
    """Word that such a link was taken back."""
    return _("%(new)s is no longer kept as the successor of %(old)s.") % dict(entry.data)


def label_given(entry: Entry) -> str:
    """Word that an area got a label."""
    name = queries.place_name(Ref.parse(entry.refs[0]).id)
    return _("%(place)s was given the label “%(label)s”.") % {"place": name, "label": entry.data["label"]}


def label_ended(entry: Entry) -> str:
    """Word that an area lost a label."""
    name = queries.place_name(Ref.parse(entry.refs[0]).id)
    return _("The label “%(label)s” of %(place)s was ended.") % {"place": name, "label": entry.data["label"]}


def label_kind_added(entry: Entry) -> str:
    """Word that a label was named that areas may carry."""
    return _("The label “%(label)s” was added to those that areas may carry.") % {"label": entry.data["name"]}


def register() -> None:
    """Tell the journal."""
    register_sentence("places.loaded", loaded)
    register_sentence("places.villages_added", villages_added)
    register_sentence("places.village_described", village_described)
    register_sentence("places.changed", changed)
    register_sentence("places.change_in_force", in_force)
    register_sentence("places.change_undone", undone)
    register_sentence("places.linked", linked)
    register_sentence("places.unlinked", unlinked)
    register_sentence("places.label_given", label_given)
    register_sentence("places.label_ended", label_ended)
    register_sentence("places.label_kind_added", label_kind_added)
