"""Points inside and outside an outline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules import outlines

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
# A square with a bay cut into its right side.
BAY = [[0.0, 0.0], [4.0, 0.0], [4.0, 1.5], [1.0, 2.0], [4.0, 2.5], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]


@pytest.mark.parametrize(("point", "inside"), [((2, 2), False), ((0.5, 2), True), ((2, 0.5), True), ((5, 2), False)])
def test_water_of_a_bay_is_outside(point: outlines.Point, inside: bool) -> None:
    assert outlines.contains(BAY, point) is inside


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_a_point_pulled_toward_the_centre_ends_inside(x: float, y: float) -> None:
    moved = outlines.pulled_inside(SQUARE, (2.0, 2.0), (x, y))

    assert outlines.contains(SQUARE, moved)


def test_a_point_that_is_inside_stays() -> None:
    assert outlines.pulled_inside(SQUARE, (2.0, 2.0), (1.0, 3.0)) == (1.0, 3.0)
