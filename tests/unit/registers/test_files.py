"""Files as officers have them: good ones are read, bad ones are refused by name."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from coso.registers.adapters import packages, tables
from coso.registers.adapters.packages import Refusal, Refused
from coso.registers.adapters.tables import Table, open_table
from coso.registers.rules import limits
from coso.registers.rules.cells import Broken, Formula
from coso.registers.rules.columns import Heading
from tests.support import xlsx

HEADINGS = [Heading("code", ["Mã thôn"], required=True), Heading("name", ["Tên thôn"]), Heading("born", ["Ngày lập"])]
DAY = datetime(2020, 5, 1)  # noqa: DTZ001 a sheet knows no time zone
HEADER = ["Mã thôn", "Tên thôn", "Ngày lập"]
SHEET = "xl/worksheets/sheet1.xml"


def _opened(data: bytes, sheet: str = "", chosen: dict[str, str] | None = None) -> Table:
    return open_table(io.BytesIO(data), HEADINGS, sheet=sheet, chosen=chosen)


def _rows(data: bytes) -> list[tuple[int, dict[str, object]]]:
    return [(row.number, dict(row.cells)) for row in _opened(data).rows()]


def _refused(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        list(_opened(data).rows())
    return refused.value


def test_the_rows_below_the_header_are_read_and_empty_ones_left_out() -> None:
    data = xlsx.book(["DANH SÁCH THÔN"], [], HEADER, ["01", "Thôn 1", DAY], [], [None, "  "], [2, True, 3.5])

    assert _opened(data).header == 3
    assert _rows(data) == [
        (4, {"A": "01", "B": "Thôn 1", "C": DAY}),
        (7, {"A": 2, "B": True, "C": 3.5}),
    ]


def test_columns_are_found_by_their_words_and_others_are_named() -> None:
    table = _opened(xlsx.book(["STT", "ten thon", "MÃ THÔN"], [1, "Thôn 1", "01"]))

    assert table.columns == {"B": "name", "C": "code"}
    assert (list(table.unknown), table.missing) == (["A"], [])


def test_a_person_may_choose_other_columns() -> None:
    data = xlsx.book(["STT", "Tên thôn"], ["01", "Thôn 1"])

    table = _opened(data, chosen={"A": "code", "B": "born", "Z": "name", "C": "nonsense"})

    assert table.columns == {"A": "code", "B": "born"}
    assert _opened(data).missing == ["code"]


def test_a_formula_is_marked_even_where_it_was_computed() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(["01", "=A2", "=1/0"])
    sheet["B3"] = ArrayFormula("B3:B4", "=A2:A3")

    rows = _rows(xlsx.saved(made))

    assert [type(value) for value in rows[0][1].values()] == [str, Formula, Formula]
    assert type(rows[1][1]["B"]) is Formula


def test_an_error_of_the_sheet_is_marked() -> None:
    data = xlsx.book(HEADER, ["01", "Thôn 1", "x"])
    broken = xlsx.part(data, SHEET).replace(b't="inlineStr"><is><t>x</t></is>', b't="e"><v>#REF!</v>')

    value = _rows(xlsx.changed(data, {SHEET: broken}))[0][1]["C"]

    assert (type(value), value) == (Broken, "#REF!")


def test_merged_cells_among_the_rows_are_refused_by_their_range_and_above_them_are_not() -> None:
    made = xlsx.loaded(xlsx.book(["DANH SÁCH"], HEADER, ["01", "Thôn 1"], ["02", "Thôn 2"]))
    made.active.merge_cells("A1:C1")  # type: ignore[union-attr]
    assert len(_rows(xlsx.saved(made))) == 2

    made.active.merge_cells("B3:B4")  # type: ignore[union-attr]
    refused = _refused(xlsx.saved(made))

    assert (refused.reason, refused.about) == (Refusal.MERGED, {"ranges": "B3:B4"})


def test_hidden_sheets_are_not_read_and_told() -> None:
    made = xlsx.loaded(
        xlsx.book(["ẩn"], sheet="Nháp", more={"Thôn": [HEADER, ["01"]], "Khác": [HEADER, ["09"], ["10"]]})
    )
    made["Nháp"].sheet_state = "veryHidden"
    data = xlsx.saved(made)

    table = _opened(data)

    assert (table.sheet, table.sheets, table.hidden_sheets) == ("Thôn", ["Thôn", "Khác"], ["Nháp"])
    assert len(list(_opened(data, sheet="Khác").rows())) == 2
    assert _opened(data, sheet="Nháp").sheet == "Thôn"


def test_rows_hidden_by_a_filter_are_read_and_counted() -> None:
    made = xlsx.loaded(xlsx.book(HEADER, ["01"], ["02"]))
    made.active.row_dimensions[3].hidden = True  # type: ignore[union-attr]

    table = _opened(xlsx.saved(made))

    assert (len(list(table.rows())), table.hidden_rows) == (2, 1)


def test_more_rows_than_are_taken_are_refused_while_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    data = xlsx.book(HEADER, *([str(i)] for i in range(4)))

    assert _refused(data).reason == Refusal.TOO_MANY_ROWS
    assert len(_rows(xlsx.book(HEADER, *([str(i)] for i in range(3))))) == 3


def test_two_hundred_thousand_rows_are_refused_quickly() -> None:
    row = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(2, 200_002))
    data = xlsx.book(HEADER)
    sheet = xlsx.part(data, SHEET).replace(b"</sheetData>", row.encode() + b"</sheetData>")

    assert _refused(xlsx.changed(data, {SHEET: sheet})).reason == Refusal.TOO_MANY_ROWS


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"Ma thon,Ten thon\n1,2\n", Refusal.TEXT),
        ("Mã thôn;Tên thôn\n".encode() * 400, Refusal.TEXT),
        ("Mã thôn".encode("utf-16"), Refusal.TEXT),
        (b"<table><tr><td>", Refusal.TEXT),
        (b"%PDF-1.7 ...", Refusal.NOT_A_BOOK),
        (b"\x89PNG\r\n\x1a\n\0\0", Refusal.NOT_A_BOOK),
        (packages._OLE + bytes(600), Refusal.OLD_EXCEL),
        (packages._OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (b"PK\x03\x04" + bytes(60), Refusal.DAMAGED),
        (xlsx.book(HEADER)[:-900], Refusal.DAMAGED),
        (xlsx.book(), Refusal.NO_ROWS),
        (xlsx.book(HEADER), Refusal.NO_ROWS),
    ],
    ids=lambda value: str(value) if isinstance(value, Refusal) else "",
)
def test_what_is_no_book_is_refused_by_what_it_is(data: bytes, reason: Refusal) -> None:
    assert _refused(data).reason == reason


def _types(old: bytes, new: bytes) -> bytes:
    data = xlsx.book(HEADER, ["01"])
    return xlsx.changed(data, {"[Content_Types].xml": xlsx.part(data, "[Content_Types].xml").replace(old, new)})


def _shared() -> bytes:
    """Make a book as Excel does: its texts stand in a part of their own."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["01", "Thôn 1"])
    bold = made.add_format({"bold": True})
    sheet.write_rich_string(2, 0, bold, "0", "2", bold, " ")
    sheet.write_datetime(2, 2, DAY, made.add_format({"num_format": "dd/mm/yyyy"}))
    made.close()
    return file.getvalue()


def test_texts_kept_in_a_part_of_their_own_and_rich_ones_are_read() -> None:
    assert _rows(_shared()) == [(2, {"A": "01", "B": "Thôn 1"}), (3, {"A": "02 ", "C": DAY})]


_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (xlsx.changed(xlsx.book(HEADER), {"xl/vbaProject.bin": b"macro"}), Refusal.MACROS),
        (_types(_MAIN, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), Refusal.MACROS),
        (_types(_MAIN, b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"), Refusal.MACROS),
        (_types(_MAIN, _MAIN.replace(b"spreadsheetml.sheet", b"wordprocessingml.document")), Refusal.NOT_A_BOOK),
        (xlsx.changed(xlsx.book(HEADER), {"xl/workbook.xml": b"<workbook"}), Refusal.DAMAGED),
        (xlsx.changed(xlsx.book(HEADER), {"xl/workbook.xml": None}), Refusal.DAMAGED),
        (xlsx.changed(xlsx.book(HEADER), {SHEET: b"<worksheet><sheetData><row r='x'>"}), Refusal.DAMAGED),
        (xlsx.changed(xlsx.book(HEADER), {SHEET: None}), Refusal.NO_SHEET),
        (
            xlsx.changed(_shared(), {"xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><sst>&a;</sst>'}),
            Refusal.UNSAFE_XML,
        ),
        (
            xlsx.changed(
                xlsx.book(HEADER),
                {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'},
            ),
            Refusal.UNSAFE_XML,
        ),
        (
            xlsx.changed(xlsx.book(HEADER), {SHEET: b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><worksheet/>'}),
            Refusal.UNSAFE_XML,
        ),
        (
            xlsx.changed(xlsx.book(HEADER), {SHEET: b'<worksheet a="' + b"a" * 3_000_000 + b'"/>'}),
            Refusal.DAMAGED,
        ),
        (xlsx.changed(xlsx.book(HEADER), {SHEET: b"<worksheet><sheetData><row r='99999999999'/>"}), Refusal.DAMAGED),
        (
            xlsx.changed(xlsx.book(HEADER), {"xl/styles.xml": b"<s><cellXfs><xf numFmtId='x'/></cellXfs></s>"}),
            Refusal.DAMAGED,
        ),
    ],
)  # fmt: skip
def test_a_package_that_is_not_what_it_should_be_is_refused(data: bytes, reason: Refusal) -> None:
    assert _refused(data).reason == reason


def test_a_file_damaged_on_its_way_is_refused_wherever_the_damage_is() -> None:
    whole = xlsx.book(HEADER, *([f"{row:02}", f"Thôn {row}"] for row in range(200)))
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        begins = packed.getinfo(SHEET).header_offset + 100

    for spot in range(begins, begins + 400):
        broken = bytearray(whole)
        broken[spot] ^= 0xFF
        assert _refused(bytes(broken)).reason == Refusal.DAMAGED


def test_a_part_packed_in_a_way_that_the_format_does_not_know_is_refused() -> None:
    made = io.BytesIO(xlsx.book(HEADER))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_LZMA) as packed:
        packed.writestr("xl/more.xml", b"<x/>")

    assert _refused(made.getvalue()).reason == Refusal.DAMAGED


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread() -> None:
    made = io.BytesIO(xlsx.book(HEADER))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/big.xml", bytes(limits.MOST_UNPACKED))

    assert len(made.getvalue()) < 1_000_000
    assert _refused(made.getvalue()).reason == Refusal.UNPACKS_TOO_BIG


def test_a_file_over_twenty_megabytes_is_refused() -> None:
    assert _refused(b"PK\x03\x04" + bytes(limits.MOST_BYTES)).reason == Refusal.TOO_BIG


def test_an_open_document_is_told_from_a_book() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "<x/>")

    assert _refused(made.getvalue()).reason == Refusal.OPEN_DOCUMENT


def test_links_outside_the_file_are_never_followed() -> None:
    data = xlsx.book(HEADER, ["01"])
    rels = xlsx.part(data, "xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"'
        b' Target="http://example.org/x.xlsx" TargetMode="External"/></Relationships>',
    )

    assert len(_rows(xlsx.changed(data, {"xl/_rels/workbook.xml.rels": rels}))) == 1


def test_escaped_control_characters_are_read_as_what_they_are() -> None:
    data = xlsx.book(HEADER, ["01_x0000_", "Thôn_x000D_ 1"])

    assert _rows(data)[0][1] == {"A": "01\0", "B": "Thôn\r 1"}
