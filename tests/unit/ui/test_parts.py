"""What the pictures are made of."""

from hypothesis import given
from hypothesis import strategies as some

from coso.ui import parts


@given(done=some.integers(-5, 500), total=some.integers(-5, 500))
def test_a_tally_never_shows_more_than_there_is(done, total):
    tally = parts.tally(done, total, "Thôn")

    assert 0 <= tally.done <= tally.total
    assert tally.ticks.count(True) == (tally.done if tally.total <= parts.MOST_TICKS else 0)
    assert len(tally.ticks) == (tally.total if tally.total <= parts.MOST_TICKS else 0)


@given(values=some.lists(some.floats(-1e6, 1e6), min_size=1, max_size=24))
def test_a_spark_stays_inside_its_box(values):
    points = [tuple(map(float, point.split(","))) for point in parts.spark_points(values).split()]

    assert len(points) == len(values)
    assert all(0 <= x <= 120 and 0 <= y <= 28 for x, y in points)


def test_a_spark_of_nothing_is_nothing():
    assert parts.spark_points([]) == ""


def test_a_spark_rises_with_its_values():
    assert parts.spark_points([0, 5, 10]) == "0.0,26.0 60.0,14.0 120.0,2.0"


def test_the_hours_of_a_segment_are_written_as_clocks_show_them():
    late = parts.Segment(23 * 60 + 30, 24 * 60 + 15, "Giờ yên tĩnh")

    assert late.hours == "23:30–00:15"
    assert late.shown_end == 1440
    assert parts.clock_time(1440) == "24:00"
