"""The parts of a page. Every one of them is shown, with its words, on the pattern page (`ui:patterns`)."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coso.ui import parts, ports, show, units
from coso.ui.forms import LimitedFileField, RadioCards
from coso.ui.lists import pages as list_pages

register = template.Library()
Context = dict[str, Any]


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the house: {% icon 'bell' %}, or {% icon 'bell' label=_('Notices') %} when it stands alone."""
    try:
        return show.icon(name, label)
    except KeyError as error:
        raise template.TemplateSyntaxError(str(error.args[0])) from error


@register.simple_tag
def state_chip(state: Any) -> SafeString:
    """Draw a state as icon, word and colour."""
    return show.chip(state)


@register.simple_tag
def share(part: float | None) -> SafeString:
    """Draw a share of 0 to 1 as a small bar with its per cent; a dash where it is not known."""
    return SafeString(show.DASH) if part is None else show.share(part)


@register.filter
def unit(place: Any) -> str:
    """Name what a place is today and, where that is another, what it was: {{ slot.place|unit }}."""
    return units.unit_words(place) if place else ""


@register.simple_tag
def when(value: datetime | date | None, style: str = "full") -> SafeString:
    """Write a moment in Vietnam's time: styles full, date, time, short."""
    return show.when(value, style)


@register.simple_tag
def number(value: Any, decimals: int | None = None) -> str:
    """Write a number as 1.234,5."""
    return show.number(value, decimals)


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, label: Any, missing: Any = "") -> Context:
    """Show how many of how many are reached: a tick each up to 60, a bar beyond."""
    tally = parts.tally(done, total, label, missing)
    percent = 100 * tally.done / tally.total if tally.total else 0
    return {"tally": tally, "percent": f"{percent:.2f}", "whole": tally.total > 0 and tally.done == tally.total}


@register.inclusion_tag("ui/parts/day_strip.html")
def day_strip(
    segments: Iterable[parts.Segment], label: Any = "", now: int | None = None, compact: bool = False
) -> Context:
    """Draw a day as a strip of time; `now` is minutes since midnight. `compact` leaves the table out."""
    drawn = []
    for segment in segments:
        width = max(segment.shown_end - segment.start, 0)
        drawn.append({"segment": segment, "x": _share(segment.start), "width": _share(width), "wide": width >= 75})
    return {
        "drawn": drawn,
        "label": label or _("The day, hour by hour"),
        "now": None if now is None else _share(now),
        "now_time": None if now is None else parts.clock_time(now),
        "hours": [{"x": _share(hour * 60), "hour": f"{hour:02d}"} for hour in range(0, 24, 3)],
        "compact": compact,
    }


def _share(minutes: int) -> str:
    return f"{100 * minutes / parts.DAY_MINUTES:.3f}%"


@register.inclusion_tag("ui/parts/life_line.html")
def life_line(steps: Iterable[parts.Step], label: Any = "") -> Context:
    """Draw the life of a thing as a line with dots."""
    shown = [
        {"step": step, "moment": isinstance(step.at, datetime | date), "icon": _STEP_ICONS.get(step.state, "")}
        for step in steps
    ]
    return {"steps": shown, "label": label or _("Steps")}


_STEP_ICONS = {"done": "check", "late": "late", "failed": "close"}


@register.inclusion_tag("ui/parts/history.html")
def history(entries: Iterable[parts.Entry], title: Any = "") -> Context:
    """Tell what happened, newest first as given."""
    return {"entries": list(entries), "title": title or _("History")}


@register.inclusion_tag("ui/parts/map_panel.html")
def map_panel(
    geojson_url: str = "",
    points: Sequence[parts.Point] = (),
    table_id: str = "",
    label: Any = "",
    states: Any = None,
    words: Any = None,
    layers: Sequence[parts.Layer] = (),
    circles: Sequence[parts.Circle] = (),
    pick: str = "",
    whole: bool = False,
) -> Context:
    """Show our own map beside its table: areas from `geojson_url`, points, layers, one look per state.

    `table_id` is the table that says the same; its rows carry `data-place="<code or key>"`.
    `states` and `words` map a code of the GeoJSON to its state ("done", "need" …) and what that means, for its areas.
    `pick` names the two fields, "id_latitude,id_longitude", that a click on the map fills in.
    `whole` shows all areas at first, not the points alone.
    """
    told = {
        "points": [
            {
                "key": point.key,
                "name": point.name,
                "at": [point.lat, point.lon],
                "state": str(point.state),
                "word": str(point.word),
                "url": point.url,
                "shape": point.shape,
            }
            for point in points
        ],
        "states": {code: str(state) for code, state in dict(states or {}).items()},
        "words": {code: str(word) for code, word in dict(words or {}).items()},
        "layers": [{"key": layer.key, "url": layer.url, "shape": layer.shape} for layer in layers],
        "circles": [
            {"name": str(circle.name), "at": [circle.lat, circle.lon], "metres": circle.metres} for circle in circles
        ],
        "whole": whole,
    }
    return {
        "geojson_url": geojson_url,
        "data": json.dumps(told, ensure_ascii=False),
        "table_id": table_id,
        "label": label or _("Map"),
        "layers": layers,
        "pick": pick,
        "base": ports.map_base(),
        "base_script": static("vendor/protomaps-leaflet/protomaps-leaflet.js"),
        "leaflet": static("vendor/leaflet/leaflet.js"),
        "leaflet_css": static("vendor/leaflet/leaflet.css"),
    }


@register.inclusion_tag("ui/parts/spark.html")
def spark(values: Sequence[float], label: Any) -> Context:
    """Draw twelve months (or any few values) as one thin line, with its words for those who can't see it."""
    points = parts.spark_points(list(values))
    last = points.rsplit(" ", 1)[-1].split(",") if points else []
    return {"points": points, "last": last, "label": label}


@register.inclusion_tag("ui/parts/figure.html")
def figure(item: parts.Figure) -> Context:
    """Show one number that matters, with its spark."""
    return {"item": item, "value": show.number(item.value)}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Any, text: Any = "", action_label: Any = "", action_url: str = "", icon: str = "inbox") -> Context:
    """Say that there is nothing yet, and what to do about it."""
    return {"title": title, "text": text, "action_label": action_label, "action_url": action_url, "icon": icon}


@register.inclusion_tag("ui/parts/lines.html")
def lines(items: Iterable[Any], label: Any = "") -> Context:
    """List things as sentences: `coso.ui.lists.Line` or anything with its attributes."""
    return {"lines": list(items), "label": label}


@register.inclusion_tag("ui/parts/crumbs.html")
def breadcrumbs(crumbs: Iterable[parts.Crumb | tuple[Any, str]]) -> Context:
    """Show the way to this page: Crumb(label, url) or (label, url); a last one without an address is here."""
    return {"crumbs": [crumb if isinstance(crumb, parts.Crumb) else parts.Crumb(*crumb) for crumb in crumbs]}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> Context:
    """Lead through the pages of a Page object, keeping the address's other parameters."""

    def address_of(number: int) -> str:
        wanted = context["request"].GET.copy()
        wanted[name] = str(number)
        return f"?{wanted.urlencode()}"

    return {"pages": list_pages(page, address_of)}


# Forms

_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Textarea, "form-control"),
    (forms.widgets.Input, "form-control"),
]


@register.inclusion_tag("ui/parts/field.html")
def ui_field(field: BoundField, label: Any = "", optional: bool = True, help: bool = True) -> Context:
    """Draw one field: label above, help before it, errors beside it.

    A field that may stay empty says so; `optional=False` leaves that out. `label` overrides the form's;
    `help=False` leaves its help out.
    """
    widget = field.field.widget
    kind = _kind(widget)
    attrs: dict[str, Any] = {}
    if kind in {"plain", "check", "file"}:
        css = next((css for known, css in _CLASSES if isinstance(widget, known)), "form-control")
        attrs["class"] = f"{widget.attrs.get('class', '')} {css}{' is-invalid' if field.errors else ''}".strip()
        if widget.attrs.get("placeholder") and str(widget.attrs["placeholder"]) == str(field.label):
            attrs["placeholder"] = ""  # A placeholder that repeats the label only gets in the way.
    described = _described(field, help, isinstance(field.field, LimitedFileField))
    if described:
        attrs["aria-describedby"] = described
    if field.field.required and kind == "plain":
        attrs["aria-required"] = "true"
    return {
        "field": field,
        "label": label or field.label,
        "kind": kind,
        "help": field.help_text if help else "",
        "control": field.as_widget(attrs=attrs) if kind in {"plain", "check", "file"} else "",
        "options": list(_options(field, widget)) if kind in {"cards", "choices"} else [],
        "described": described,
        "optional": optional and not field.field.required and kind != "check",
        "accepted": field.field.accepted if isinstance(field.field, LimitedFileField) else "",
        "drop": kind == "file",
        "again": kind == "file" and not field.errors and _refused(field),
    }


def _refused(field: BoundField) -> bool:
    """Tell whether the form comes back for another reason, without the file that was in this field."""
    return field.html_name in field.form.files and bool(field.form.errors)


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, RadioCards):
        return "cards"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


def _described(field: BoundField, help: bool, limited: bool) -> str:
    ids = []
    if field.help_text and help:
        ids.append(f"{field.auto_id}_helptext")
    if limited:
        ids.append(f"{field.auto_id}_accepted")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


def _options(field: BoundField, widget: forms.Widget) -> Iterable[dict[str, Any]]:
    for option in field.subwidgets:
        data = option.data
        value = str(data["value"])
        yield {
            "id": data["attrs"].get("id", ""),
            "name": data["name"],
            "value": value,
            "type": data["type"],
            "checked": data["selected"],
            "label": data["label"],
            "explain": widget.explain.get(value, "") if isinstance(widget, RadioCards) else "",
            "icon": widget.icons.get(value, "") if isinstance(widget, RadioCards) else "",
            "tone": widget.tones.get(value, "") if isinstance(widget, RadioCards) else "",
        }


@register.inclusion_tag("ui/parts/errors.html")
def ui_errors(form: forms.BaseForm) -> Context:
    """Sum up on top what has to be put right, each with a way to its field."""
    found = [{"sentence": sentence, "target": ""} for sentence in form.non_field_errors()]
    for field in form:
        target = _first_id(field)
        # A label that asks ("Which village?") has its own mark at its end.
        label = field.label if str(field.label).endswith(("?", ":")) else f"{field.label}:"
        found += [{"sentence": sentence, "label": label, "target": target} for sentence in field.errors]
    return {"found": found, "bound": form.is_bound}


def _first_id(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    ids = (
        [str(option.data["attrs"].get("id", "")) for option in field.subwidgets]
        if _kind(field.field.widget)
        in {
            "cards",
            "choices",
        }
        else []
    )
    return ids[0] if ids else str(field.auto_id)


@register.inclusion_tag("ui/parts/form.html")
def ui_form(form: forms.BaseForm) -> Context:
    """Draw the summary of errors and every field in order; the page adds <form>, the CSRF token and `ui_submit`."""
    return {"form": form, "hidden": form.hidden_fields(), "visible": form.visible_fields()}


@register.inclusion_tag("ui/parts/submit.html")
def ui_submit(
    label: Any, cancel_url: str = "", icon: str = "", tone: str = "", name: str = "", value: str = "", note: Any = ""
) -> Context:
    """Close a form with its one primary button; tone `danger` for what destroys or sounds an emergency."""
    return {
        "label": label,
        "cancel_url": cancel_url,
        "icon": icon,
        "tone": tone,
        "name": name,
        "value": value,
        "note": note,
    }


@register.simple_tag
def form_attrs(form: forms.BaseForm, key: str = "") -> SafeString:
    """Give a <form> its house manners: encoding, unsaved warning, draft kept under `key`."""
    attrs = [SafeString("novalidate")]
    if form.is_multipart():
        attrs.append(SafeString('enctype="multipart/form-data"'))
    if getattr(form, "warn_unsaved", True):
        attrs.append(SafeString("data-unsaved"))
    if key and getattr(form, "keep_draft", False):
        attrs.append(format_html('data-keep="{}"', key))
    return SafeString(" ".join(attrs))
