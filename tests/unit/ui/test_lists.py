"""The list pattern, on rows in memory."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from coso.ui import export, lists
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, Line, ListSpec, list_response
from coso.ui.rows import MemoryRows

ROWS = [
    {"name": "Thôn 10", "people": 900, "level": "village"},
    {"name": "Thôn 2", "people": 1240, "level": "village"},
    {"name": "Tổ dân phố Đông Hà", "people": None, "level": "group"},
    {"name": "Thôn Ân Phú", "people": 300, "level": "village"},
]
SPEC = ListSpec(
    key="thon",
    title="Thôn",
    columns=[
        Column("name", "Thôn", "name", sort="name"),
        Column("people", "Nhân khẩu", "people", sort="people", kind="number"),
    ],
    search=["name"],
    filters=[
        Filter(
            "level",
            "Loại",
            [("village", "Thôn"), ("group", "Tổ dân phố")],
            lambda rows, value: rows.keep(lambda row: row["level"] == value),
        ),
    ],
    default_sort="name",
    page_size=3,
    empty=Empty("Chưa có thôn nào", "Nhập trước.", "Nhập", "/nhap/"),
    row_link=lambda row: f"/thon/{row['name']}",
)


def ask(address="/thon/", spec=SPEC, rows=ROWS):
    request = RequestFactory().get(address, headers={"HX-Request": "true", "HX-Target": "results"})
    request.user = AnonymousUser()
    request._messages = SimpleNamespace(add=lambda *args: None)
    with translation.override("vi"):
        return list_response(request, spec, MemoryRows(rows))


def names(address):
    page = ask(address).content.decode()
    places = {row["name"]: page.find(f">{row['name']}<") for row in ROWS}
    return sorted((name for name, place in places.items() if place >= 0), key=lambda name: places[name])


def test_rows_stand_in_vietnamese_order_and_numbers_by_value():
    assert names("/thon/") == ["Thôn 2", "Thôn 10", "Thôn Ân Phú"]
    assert names("/thon/?page=2") == ["Tổ dân phố Đông Hà"]


def test_a_search_needs_no_accents_and_every_word():
    assert names("/thon/?q=to+dong") == ["Tổ dân phố Đông Hà"]
    assert names("/thon/?q=ĐÔNG") == ["Tổ dân phố Đông Hà"]
    assert names("/thon/?q=dong+phu") == []


def test_a_filter_narrows_and_sorting_turns_round():
    assert names("/thon/?level=group") == ["Tổ dân phố Đông Hà"]
    assert names("/thon/?sort=-people") == ["Thôn 2", "Thôn 10", "Thôn Ân Phú"]
    assert names("/thon/?sort=people") == ["Thôn Ân Phú", "Thôn 10", "Thôn 2"]


NONSENSE = ["page=0", "page=999", "page=x", "page=-1", "sort=no-such", "sort=--name", "level=zzz", "q=%00", "other=1"]


@pytest.mark.parametrize("nonsense", [*NONSENSE, "export=exe"])
def test_nonsense_in_the_address_is_ignored(nonsense):
    answer = ask(f"/thon/?{nonsense}")

    assert answer.status_code == 200
    assert ("Tổ dân phố" in answer.content.decode()) is (nonsense == "page=999")


@given(query=some.text(max_size=300), page=some.text(max_size=10), sort=some.text(max_size=10))
def test_no_address_breaks_a_list(query, page, sort):
    request = RequestFactory().get("/thon/", {"q": query, "page": page, "sort": sort, "level": query})

    asked = lists.understand(request, SPEC, {"level": SPEC.filters[0].choices})

    assert asked.sort == SPEC.default_sort or asked.sort.removeprefix("-") in {"name", "people"}
    assert asked.chosen["level"] in {"", "village", "group"}
    assert len(asked.query) <= 200


def test_the_address_after_a_search_is_short_and_clean():
    answer = ask("/thon/?q=thon&level=&sort=name&page=1")

    assert answer["HX-Push-Url"] == "/thon/?q=thon"
    assert "HX-Target" in answer["Vary"]


def test_the_first_column_leads_to_the_row():
    assert '<a href="/thon/Thôn 2">Thôn 2</a>' in ask().content.decode()


def test_nothing_at_all_says_how_to_begin():
    page = ask(rows=[]).content.decode()

    assert "Chưa có thôn nào" in page
    assert 'href="/nhap/"' in page


def test_nothing_found_says_how_to_search_on():
    page = ask("/thon/?q=khong+co").content.decode()

    assert "Không tìm thấy" in page
    assert "Chưa có thôn nào" not in page


def test_a_filter_with_a_default_can_be_emptied():
    state = Filter("level", "Loại", SPEC.filters[0].choices, SPEC.filters[0].apply, default="group")
    spec = ListSpec(key="x", title="X", columns=SPEC.columns, filters=[state], default_sort="name")

    ordinary, emptied = ask("/x/", spec), ask("/x/?level=", spec)

    assert "Thôn 2" not in ordinary.content.decode()
    assert ordinary["HX-Push-Url"] == "/x/"
    assert "Thôn 2" in emptied.content.decode()
    assert emptied["HX-Push-Url"] == "/x/?level="


def test_a_date_filter_takes_dates_only():
    seen = []
    day = Filter("day", "Ngày", None, lambda rows, value: seen.append(value) or rows)
    spec = ListSpec(key="x", title="X", columns=SPEC.columns, filters=[day])

    ask("/x/?day=2026-11-24", spec)
    ask("/x/?day=2026-13-45", spec)
    ask("/x/?day=0001-01-01", spec)
    ask("/x/?day=9999-12-31", spec)

    assert seen == ["2026-11-24"]


def test_a_row_can_be_told_as_a_sentence():
    line = lambda row: Line(f"{row['name']} im lặng từ 05:10", "/a/", "Xã Sơn Kim 1", Chip("Mất kết nối", Tone.DANGER))  # noqa: E731
    spec = ListSpec(key="x", title="X", columns=SPEC.columns, line=line)

    page = ask("/x/", spec).content.decode()

    assert '<a href="/a/">Thôn 2 im lặng từ 05:10</a>' in page
    assert "line-danger" in page
    assert "<table" not in page


def workbook(spec, rows, address="/thon/?export=xlsx"):
    answer = ask(address, spec, rows)
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{spec.key}-')
    content = b"".join(answer.streaming_content)
    # Only the file: closing the answer would also tidy up a database, which these tests do not have.
    answer.file_to_stream.close()
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_export_holds_all_that_was_found_with_typed_cells():
    since = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    columns = [
        *SPEC.columns,
        Column("since", "Từ", lambda row: since, kind="when"),
        Column("state", "Tình trạng", lambda row: Chip("Đã phát", Tone.DONE), kind="state"),
        Column("level", "Loại", "level", shown=False),
    ]
    spec = ListSpec(key="thon", title="Thôn: 4/4", columns=columns, search=["name"], default_sort="name", page_size=1)

    book = workbook(spec, ROWS, "/thon/?q=thon&export=xlsx")

    sheet = book.active
    assert book.sheetnames == ["Thôn 4 4"]
    assert [cell.value for cell in sheet[1]] == ["Thôn", "Nhân khẩu", "Từ", "Tình trạng", "Loại"]
    assert [cell.value for cell in sheet[2]] == [
        "Thôn 2",
        1240,
        datetime.fromisoformat("2026-11-24 05:30"),
        "Đã phát",
        "village",
    ]
    assert sheet.max_row == 4
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("word", ["=1+1", "+84912", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "http://x.vn"])
def test_no_cell_of_an_export_can_run(word):
    cell = workbook(SPEC, [{"name": word, "people": word, "level": "village"}]).active["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (word, "s", None)
    assert cell.quotePrefix == word.startswith(("=", "+", "-", "@", "\t"))


def test_a_list_too_long_for_one_file_asks_to_be_narrowed(monkeypatch):
    monkeypatch.setattr(export, "LIMIT", 3)
    spec = ListSpec(key="x", title="X", columns=SPEC.columns, search=["name"], default_sort="name")

    answer = ask("/x/?q=t&export=xlsx", spec)

    assert (answer.status_code, answer["Location"]) == (302, "/x/?q=t")


@given(title=some.text(max_size=80))
def test_every_title_makes_a_sheet_name_that_spreadsheets_accept(title):
    name = export.sheet_name(title)

    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
    assert name[0] != "'"
    assert name[-1] != "'"
