"""The list pattern over the database."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from django.db.models import Count, Window
from django.test import RequestFactory

from coso.organizations.models import Person
from coso.ui.lists import Column, Filter, ListSpec, list_response

SPEC = ListSpec(
    key="nguoi",
    title="Người",
    columns=[
        Column("name", "Họ tên", "full_name", sort="sort_key"),
        Column("account", "Tài khoản", "username", sort=("username",)),
    ],
    search=["folded"],
    filters=[
        Filter(
            "active",
            "Đang dùng",
            [("yes", "Có"), ("no", "Không")],
            lambda rows, value: rows.filter(is_active=value == "yes"),
        )
    ],
    default_sort="account",
    page_size=5,
)


@pytest.fixture
def people(db):
    names = ["Nguyễn Đức Ân", "Trần Thị Hoài", "Đặng Văn Đông", "Lê Thị Hoa", "Phan Đình Phùng", "Hoàng Thị Loan"]
    for number, name in enumerate(names * 3):
        Person.objects.create(username=f"u{number:02d}", full_name=name, is_active=number < 15)


def ask(address, spec=SPEC):
    request = RequestFactory().get(address, headers={"HX-Request": "true", "HX-Target": "results"})
    return list_response(request, spec, Person.objects.all())


def test_a_search_without_accents_finds_every_spelling(people):
    page = ask("/?q=dang dong").content.decode()

    assert page.count("Đặng Văn Đông") == 3
    assert "Trần Thị Hoài" not in page


@pytest.mark.parametrize("address", ["/", "/?page=2", "/?page=99", "/?q=hoa", "/?q=khong+co+ai", "/?active=no&page=4"])
def test_a_list_counted_along_with_its_page_shows_the_same(people, address):
    along = replace(SPEC, counted_along="found_in_all")
    request = RequestFactory().get(address, headers={"HX-Request": "true", "HX-Target": "results"})

    told = list_response(request, along, Person.objects.annotate(found_in_all=Window(Count("pk"))))

    assert told.content == ask(address).content


def test_a_list_counted_along_asks_once_for_its_rows_and_their_number(people, django_assert_num_queries):
    along = replace(SPEC, counted_along="found_in_all")
    rows = Person.objects.annotate(found_in_all=Window(Count("pk")))

    request = RequestFactory().get("/?page=3", headers={"HX-Request": "true", "HX-Target": "results"})

    with django_assert_num_queries(1):
        page = list_response(request, along, rows)

    assert "18 kết quả" in page.content.decode()


def test_the_signs_of_patterns_are_only_letters(people):
    assert "Không tìm thấy" in ask("/?q=%25").content.decode()
    assert "Không tìm thấy" in ask("/?q=u__").content.decode()


@pytest.mark.parametrize("asked", ["", "q=hoa", "active=no", "sort=-name", "q=thi&active=yes&sort=name"])
def test_rows_found_by_their_keys_first_are_the_same_in_the_same_order(people, asked):
    for number in range(1, 5):
        plain = ask(f"/?{asked}&page={number}").content.decode()
        keyed = ask(f"/?{asked}&page={number}", replace(SPEC, keys_first=True)).content.decode()

        assert keyed == plain
        assert "u0" in keyed or "u1" in keyed


def test_no_row_is_shown_twice_or_lost_between_pages(people):
    shown = [row["record"].pk for number in range(1, 5) for row in context(f"/?sort=-name&page={number}")["rows"]]

    assert len(shown) == 18
    assert len(set(shown)) == 18


def context(address):
    from coso.ui import lists

    request = RequestFactory().get(address)
    options = {one.name: one.options(request) for one in SPEC.filters}
    asked = lists.understand(request, SPEC, options)
    rows = lists._sorted(lists._narrowed(SPEC, Person.objects.all(), asked), SPEC, asked.sort)
    page = lists.Paginator(rows, SPEC.page_size).get_page(asked.page)
    return lists._context(request, SPEC, asked, options, page)


@pytest.mark.parametrize("address", ["/", "/?page=2", "/?q=hoa&active=yes", "/?sort=-name", "/?q=khong-co"])
def test_a_list_asks_the_database_twice_whatever_it_shows(people, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = ask(address)

    assert answer.status_code == 200


def test_the_export_holds_every_page_in_one_query(people, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = ask("/?active=yes&export=xlsx")
        content = b"".join(answer.streaming_content)
    answer.close()

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert sheet.max_row == 16
    assert sheet["A2"].value == "Nguyễn Đức Ân"


@pytest.mark.parametrize(("sort", "shown"), [("last", ["u01", "u02", "u00"]), ("-last", ["u02", "u01", "u00"])])
def test_what_is_missing_stands_last_on_every_database(db, sort, shown):
    for number, day in enumerate([None, 1, 2]):
        last = None if day is None else datetime(2026, 11, day, tzinfo=UTC)
        Person.objects.create(username=f"u{number:02d}", full_name="Lê Thị Hoa", last_login=last)
    columns = [Column("account", "Tài khoản", "username"), Column("last", "Lần cuối", "last_login", sort="last_login")]
    request = RequestFactory().get("/", {"sort": sort}, headers={"HX-Request": "true", "HX-Target": "results"})

    page = list_response(request, ListSpec(key="nguoi", title="Người", columns=columns), Person.objects.all())

    assert re.findall(r"u\d\d", page.content.decode()) == shown
