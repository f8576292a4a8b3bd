"""How values are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template, TemplateSyntaxError
from django.utils import formats, translation

from coso.ui import show
from coso.ui.chips import Chip, Tone

DAWN = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (1234567, "1.234.567", "1,234,567"),
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (-1200, "-1.200", "-1,200"),
        (0.1 + 0.2, "0,3", "0.3"),
        (100.0, "100", "100"),
        (None, "–", "–"),
        ("23/24", "23/24", "23/24"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(value, vietnamese, english):
    with translation.override("vi"):
        assert show.number(value) == vietnamese
    with translation.override("en"):
        assert show.number(value) == english


@pytest.mark.parametrize(
    ("style", "written"),
    [("full", "24/11/2026 05:30"), ("date", "24/11/2026"), ("time", "05:30"), ("no such", "24/11/2026 05:30")],
)
def test_moments_are_written_as_clocks_in_vietnam_show_them(style, written):
    shown = show.when(DAWN, style)

    assert shown == f'<time datetime="2026-11-24T05:30:00+07:00">{written}</time>'


@pytest.mark.parametrize(
    ("now", "written"),
    [
        (datetime(2026, 11, 24, 1, tzinfo=UTC), "05:30"),
        (datetime(2026, 12, 1, 1, tzinfo=UTC), "24/11 05:30"),
        (datetime(2027, 1, 1, 1, tzinfo=UTC), "24/11/2026 05:30"),
    ],
)
def test_a_short_moment_says_only_what_is_not_understood(now, written):
    with time_machine.travel(now, tick=False):
        assert f">{written}<" in show.when(DAWN, "short")


def test_a_date_without_time_is_written_alone():
    assert show.when(date(2026, 11, 4)) == '<time datetime="2026-11-04">04/11/2026</time>'
    assert show.when(None) == "–"


def test_vietnamese_dates_have_slashes_and_groups_of_three():
    with translation.override("vi"):
        assert formats.date_format(date(2026, 11, 4)) == "04/11/2026"
        assert formats.localize(1234.5, use_l10n=True) == "1234,5"
        assert formats.number_format(1234.5, use_l10n=True, force_grouping=True) == "1.234,5"


def test_a_state_is_a_word_an_icon_and_a_colour():
    shown = show.chip(Chip("Chờ bạn duyệt", Tone.NEED))

    assert 'class="chip chip-need"' in shown
    assert "Chờ bạn duyệt" in shown
    assert "icons.svg#need" in shown


def test_a_word_from_somebody_else_cannot_bring_markup():
    assert "<script>" not in show.chip(Chip("<script>", Tone.DONE))
    assert "<b>" not in show.icon("bell", "<b>")


def test_an_unknown_icon_is_refused_where_it_was_written():
    page = Template("{% icon 'no-such-icon' %}")

    with pytest.raises(TemplateSyntaxError, match="no-such-icon"):
        page.render(Context())


def test_a_value_is_read_along_names_until_the_way_ends():
    row = {"lead": {"name": "Sở Y tế"}, "none": None}

    assert show.read(row, "lead.name") == "Sở Y tế"
    assert show.read(row, "none.name.more") is None
    assert show.read(row, lambda found: found["lead"]["name"].upper()) == "SỞ Y TẾ"
