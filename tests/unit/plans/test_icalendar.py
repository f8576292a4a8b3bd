"""A calendar for other programs: whatever stands in a task is read back as it was."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from coso.plans.rules import Day
from coso.plans.rules.icalendar import calendar, escaped, folded

TEXT = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \n,;\\:"), max_size=300)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def plain(value):
    return re.sub(r"\\(.)", lambda hit: "\n" if hit[1] == "n" else hit[1], value)


@given(TEXT)
def test_what_is_escaped_is_read_back_and_stands_on_one_line(text):
    assert plain(escaped(text)) == text
    assert "\n" not in escaped(text)


@given(TEXT)
def test_no_line_is_longer_than_75_octets_and_unfolding_gives_it_back(text):
    line = escaped(text)

    pieces = folded(line).split("\r\n")

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line


@given(TEXT, TEXT, st.dates(date(1990, 1, 1), date(2100, 12, 30)))
def test_a_calendar_is_parsed_back(summary, description, on):
    day = Day("part-1@coso", on, datetime(2026, 11, 24, tzinfo=UTC), summary, description, "https://coso.example/1")

    lines = unfolded(calendar("Việc của đơn vị tôi", [day]))

    told = dict(line.split(":", 1) for line in lines if ":" in line)
    assert plain(told["SUMMARY"]) == summary
    assert plain(told.get("DESCRIPTION", "")) == description
    assert told["DTSTART;VALUE=DATE"] == f"{on:%Y%m%d}"
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1


def test_nobody_writes_a_property_of_his_own_through_a_title():
    day = Day("1", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), "x\r\nATTENDEE:mailto:a@b")

    assert "SUMMARY:x\\nATTENDEE:mailto:a@b" in unfolded(calendar("y", [day]))


def test_words_between_which_stands_a_blank_that_never_breaks_are_not_glued_together():
    assert escaped("5\u00a0km\u2028Loa") == "5 km Loa"
