"""How values are written on a page: icons, chips, moments, numbers. The tags and the lists both use it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coso.kit import clock
from coso.ui.chips import Chip, Tone
from coso.ui.icons import ICONS

DASH = "–"


def icon(name: str, label: str = "") -> SafeString:
    """Draw one icon of the house. Without a label it is decoration and not read aloud.

    Raises KeyError when `coso.ui.icons` does not know the name.
    """
    if name not in ICONS:
        raise KeyError(f"coso.ui.icons has no icon “{name}”.")
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}" focusable="false"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


def chip(state: Any) -> SafeString:
    """Draw a state: icon, word and colour. Takes a Chip or anything with `word`, `tone` and perhaps `icon`."""
    if state is None or state == "":
        return SafeString("")
    if not isinstance(state, Chip):
        state = Chip(
            word=getattr(state, "word", state),
            tone=Tone(getattr(state, "tone", Tone.WAITING)),
            icon=getattr(state, "icon", ""),
        )
    return format_html(
        '<span class="chip chip-{}">{}<span class="chip-word">{}</span></span>',
        str(Tone(state.tone)),
        icon(state.picture),
        state.word,
    )


def when(value: datetime | date | None, style: str = "full") -> SafeString:
    """Write a moment as Vietnam's clocks show it.

    Styles: `full` 24/11/2026 05:30, `date` 24/11/2026, `time` 05:30, `short` 05:30 today and 24/11 05:30 this year.
    """
    if value is None or value == "":
        return SafeString(DASH)
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), value.strftime("%d/%m/%Y"))
    moment = clock.local(value)
    pattern = {"date": "%d/%m/%Y", "time": "%H:%M", "short": _short(moment)}.get(style, "%d/%m/%Y %H:%M")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), moment.strftime(pattern))


def _short(moment: datetime) -> str:
    today = clock.today()
    if moment.date() == today:
        return "%H:%M"
    return "%d/%m %H:%M" if moment.year == today.year else "%d/%m/%Y %H:%M"


def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """Write a number in the reader's language: 1.234,5. Trailing zeros go unless decimals are asked for."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    if decimals is None and not isinstance(value, int):
        # A float's own shortest spelling, and at most 3 places: figures here are counts, minutes, money, per cent.
        value = round(Decimal(str(value)), 3).normalize()
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def cell(kind: str, value: Any) -> SafeString | str:
    """Write one value of a list as its kind asks: text, number, money, date, when, state, bool (a Chip as such)."""
    if kind == "state" or isinstance(value, Chip):
        return chip(value) or DASH
    if value is None or value == "":
        return DASH
    if kind in {"date", "when"}:
        return when(value, "date" if kind == "date" else "full")
    if kind == "number":
        return number(value)
    if kind == "share":
        return share(value)
    if kind == "money":
        return _("%(amount)s đồng") % {"amount": number(value)}
    if kind == "bool":
        return _("Yes") if value else _("No")
    # What knows how to draw itself does so on the page; in a file it is its words.
    return SafeString(value.__html__()) if hasattr(value, "__html__") else str(value)


def share(part: float) -> SafeString:
    """Draw a share of 0 to 1 as a small bar with its per cent; what is short of all never reads 100 %."""
    percent = min(round(100 * part), 99) if part < 1 else 100
    return format_html(
        '<span class="share"><svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="share-all" width="100" height="10"></rect>'
        '<rect class="share-part" width="{}" height="10"></rect></svg>{} %</span>',
        f"{100 * part:.1f}",
        number(percent),
    )


def read(row: Any, value: Any) -> Any:
    """Read a value off a row: by a callable, or along dotted names of attributes or keys; None where the way ends."""
    if callable(value):
        return value(row)
    found = row
    for name in str(value).split("."):
        if found is None:
            return None
        found = found.get(name) if isinstance(found, Mapping) else getattr(found, name, None)
        if callable(found):
            found = found()
    return found
