"""`coso places`: the promise to scripts."""

import json

import pytest
from click.testing import CliRunner, Result

from coso.places import actions
from coso.places.commands import places
from coso.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db: None):  # type: ignore[no-untyped-def]
    actions.load_hatinh()

    def _run(*words: str) -> Result:
        return CliRunner().invoke(places, list(words))

    return _run


def test_at_prints_one_list_with_exactly_the_promised_keys(run) -> None:  # type: ignore[no-untyped-def]
    done = run("at", "2026-01-01", "--json")

    lines = json.loads(done.stdout)
    assert done.exit_code == 0
    assert len(lines) == 70
    assert lines[0] == {
        "code": "42",
        "name": "Tỉnh Hà Tĩnh",
        "level": "province",
        "parent": None,
        "valid_from": "2017-01-01",
        "valid_to": None,
    }
    assert {line["parent"] for line in lines[1:]} == {"42"}


def test_under_lists_every_unit_below_at_any_depth_and_not_the_unit_itself(run) -> None:  # type: ignore[no-untyped-def]
    province = json.loads(run("at", "2017-06-01", "--under", "42", "--json").stdout)
    district = json.loads(run("at", "2017-06-01", "--under", "439", "--json").stdout)

    assert len(province) == 13 + 262
    assert len(district) == 32
    assert {line["parent"] for line in district} == {"439"}


def test_successors_follow_a_divided_ward(run) -> None:  # type: ignore[no-untyped-def]
    done = run("successors", "18082", "--from", "2025-01-01", "--to", "2026-01-01", "--json")

    assert [(line["code"], line["name"]) for line in json.loads(done.stdout)] == [
        ("18073", "Phường Thành Sen"),
        ("18652", "Phường Hà Huy Tập"),
    ]


def test_a_unit_that_still_stands_is_its_own_successor(run) -> None:  # type: ignore[no-untyped-def]
    done = run("successors", "18073", "--from", "2025-07-01", "--to", "2026-01-01", "--json")

    assert [line["name"] for line in json.loads(done.stdout)] == ["Phường Thành Sen"]


def test_an_untraced_unit_gives_an_empty_list_and_says_so_beside_it(run) -> None:  # type: ignore[no-untyped-def]
    done = run("successors", "18472", "--from", "2018-01-01", "--to", "2026-01-01", "--json")

    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "Xã Trung Lộc" in done.stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["at", "01/07/2025"], "01/07/2025"),
        (["at", "2025-02-30"], "2025-02-30"),
        (["at", "20250701"], "20250701"),
        (["at", "2026-01-01", "--under", "439"], "439"),
        (["successors", "99999", "--from", "2020-01-01", "--to", "2026-01-01"], "99999"),
        (["successors", "18073", "--from", "2026-01-01", "--to", "2020-01-01"], "--to"),
        (["successors", "18073", "--from", "hôm qua", "--to", "2020-01-01"], "hôm qua"),
    ],
)
def test_a_wrong_date_or_code_is_named_in_one_sentence_and_ends_with_2(run, words: list[str], named: str) -> None:  # type: ignore[no-untyped-def]
    done = run(*words, "--json")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert named in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_json_each_unit_is_a_line_to_read(run) -> None:  # type: ignore[no-untyped-def]
    lines = run("at", "2026-01-01").stdout.splitlines()

    assert len(lines) == 70
    assert any("Phường Thành Sen" in line and "01/07/2025" in line for line in lines)


def test_load_says_what_it_added(run) -> None:  # type: ignore[no-untyped-def]
    rows = Place.objects.count()

    done = run("load")

    assert done.exit_code == 0
    assert done.stdout.startswith(("0 units", "Đã thêm 0 đơn vị"))
    assert Place.objects.count() == rows
