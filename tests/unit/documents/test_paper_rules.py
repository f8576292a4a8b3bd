"""Numbers, symbols, marks and lines of an official paper."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.documents.rules.numbering import read_marker
from coso.documents.rules.papers import (
    KINDS,
    NUMBER,
    STYLES,
    SYMBOL,
    Block,
    Content,
    Copy,
    Names,
    TooMuch,
    abbreviation,
    day_words,
    house_of,
    labelled,
    lay,
    padded,
    signature_lines,
    split_pasted,
    start_of,
    symbol_of,
)
from coso.documents.rules.papers.labels import letter, roman
from coso.documents.rules.papers.layout import PAGE
from coso.documents.rules.papers.layout import STYLES as LAYOUT
from coso.documents.rules.papers.numbers import day_line, number_line
from coso.documents.rules.papers.sheet import widths
from coso.documents.rules.passages import clean

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)


def _passage(text):
    return clean(text, 0, len(text))


@pytest.mark.parametrize(("given_", "written"), [("7", "07"), ("82", "82"), ("0", "00"), ("7a", "7a"), (" 9 ", "09")])
def test_a_number_under_ten_takes_a_nought(given_, written):
    assert padded(given_) == written


@given(st.integers(1, 999_999))
def test_every_number_of_a_series_is_one_that_may_be_entered(number):
    assert NUMBER.fullmatch(padded(str(number)))
    assert int(padded(str(number))) == number


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2017, 2, 5), "ngày 05 tháng 02 năm 2017"),
        (date(2017, 3, 13), "ngày 13 tháng 3 năm 2017"),
        (date(2026, 11, 1), "ngày 01 tháng 11 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_take_a_nought(day, words):
    assert day_words(day) == words


def test_room_is_left_for_a_number_and_a_day_that_are_not_settled():
    assert number_line("", "KH-UBND") == "Số:        /KH-UBND"
    assert day_line("Hà Tĩnh", None, 2026) == "Hà Tĩnh, ngày       tháng       năm 2026"


@pytest.mark.parametrize(
    ("kind", "issuer", "unit", "symbol"),
    [
        ("plan", "UBND", "", "KH-UBND"),
        ("letter", "STTTT", "TTBCXB", "STTTT-TTBCXB"),
        ("letter", "UBND", "", "UBND"),
        ("submission", "SVHTTDL", "QLTT", "TTr-SVHTTDL"),
        ("decision", "UBND", "", "QĐ-UBND"),
    ],
)
def test_a_symbol_is_made_of_short_names(kind, issuer, unit, symbol):
    assert symbol_of(kind, issuer, unit) == symbol
    assert SYMBOL.fullmatch(symbol)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ủy ban nhân dân tỉnh Hà Tĩnh", "UBND"),
        ("Ủy ban nhân dân xã Sơn Kim 1", "UBND"),
        ("Hội đồng nhân dân phường Thành Sen", "HĐND"),
        ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
        ("Sở Thông tin và Truyền thông", "STTTT"),
        ("Sở Tài chính", "STC"),
    ],
)
def test_a_body_is_shortened_as_symbols_do(name, short):
    assert abbreviation(name) == short


@pytest.mark.parametrize(
    ("mode", "position", "collective", "head", "lines"),
    [
        ("KT.", "Phó Chủ tịch", "Ủy ban nhân dân", "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("KT.", "Phó Giám đốc", "", "Giám đốc", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        ("TM.", "Chủ tịch", "Ủy ban nhân dân", "", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("TL.", "Chánh Văn phòng", "", "Chủ tịch", ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        ("TUQ.", "Trưởng phòng", "", "Giám đốc", ["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ("Q.", "Giám đốc", "", "", ["Q. GIÁM ĐỐC"]),
        ("", "Giám đốc", "Ủy ban nhân dân", "", ["GIÁM ĐỐC"]),
    ],
)
def test_in_which_capacity_somebody_signs(mode, position, collective, head, lines):
    assert signature_lines(mode, position, collective, head) == lines


def test_marks_count_by_where_a_part_stands():
    styles = ["part", "section", "point", "point", "item", "section", "part", "section", "dash", "plus", "text"]

    marks = [mark for mark, _block in labelled([Block(style, "x") for style in styles])]

    assert marks == ["I.", "1.", "1.1.", "1.2.", "a)", "2.", "II.", "1.", "-", "+", ""]


def test_articles_count_through_the_whole_paper():
    blocks = [Block(style, "x") for style in ["part", "article", "section", "part", "article", "section"]]

    assert [mark for mark, _ in labelled(blocks)] == ["I.", "Điều 1.", "1.", "II.", "Điều 2.", "1."]


@given(st.lists(st.sampled_from(STYLES[:-1]), max_size=40))
def test_the_reader_knows_every_mark_that_the_writer_prints(styles):
    for mark, block in labelled([Block(style, "Nội dung") for style in styles]):
        if mark:
            read = read_marker(_passage(f"{mark} {block.text}"))
            assert read is not None
            assert read[1].text == "Nội dung"


@given(st.integers(1, 39))
def test_roman_numbers_are_read_back(number):
    read = read_marker(_passage(f"{roman(number)}. Nội dung"))

    assert read is not None
    assert read[0].count == number or len(roman(number)) == 1


def test_letters_go_on_after_the_alphabet():
    assert [letter(n) for n in (1, 5, 6, 23, 24)] == ["a", "đ", "e", "y", "aa"]


@given(st.lists(st.tuples(st.sampled_from(STYLES), WORDS), max_size=20), WORDS, st.sampled_from(sorted(KINDS)))
def test_any_content_is_kept_squeezed_and_can_be_laid_out(blocks, title, kind):
    data = {"body": [{"style": style, "text": text, "rows": [[text, "x"]]} for style, text in blocks]}

    content = Content.of(data)
    again = Content.of(content.stored())
    sheet = lay(Names(kind=kind, title=title, issuer="Sở X"), content)

    assert again == content
    assert len(sheet.body) in (len(content.body), len(content.body) + 1)
    assert all("\x00" not in line.text for line in sheet.body)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_the_widths_of_a_table_add_up(rows):
    shares = widths(rows)

    assert sum(shares) == 100
    assert min(shares) > 0


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"body": [{"style": "text", "text": "x"}] * 401}, "body"),
        ({"body": [{"style": "table", "rows": [["x"]] * 501}]}, "rows"),
        ({"body": [{"style": "table", "rows": [["x"] * 13]}]}, "columns"),
        ({"body": [{"style": "text", "text": "x" * 20_001}]}, "text"),
        ({"annexes": [{"title": "x"}] * 21}, "annexes"),
    ],
)
def test_more_than_a_paper_can_hold_is_refused(data, part):
    with pytest.raises(TooMuch) as refused:
        Content.of(data)

    assert refused.value.part == part


def test_pasted_text_is_cut_by_its_own_marks_and_tables_stay_tables():
    text = "I. MỤC ĐÍCH\n- Nâng cao nhận thức\n1.\tTuyên truyền\na) Trên đài\n+ Buổi sáng\nTT\tViệc\n1\tPhát loa\nHết"

    blocks = split_pasted(text)

    assert [(block.style, block.text) for block in blocks if block.style != "table"] == [
        ("part", "MỤC ĐÍCH"),
        ("dash", "Nâng cao nhận thức"),
        ("section", "Tuyên truyền"),
        ("item", "Trên đài"),
        ("plus", "Buổi sáng"),
        ("text", "Hết"),
    ]
    assert [block.rows for block in blocks if block.style == "table"] == [[["TT", "Việc"], ["1", "Phát loa"]]]


@given(st.lists(st.text("abcđê ,", min_size=3, max_size=20).filter(lambda t: t.strip(" ,")), max_size=8))
def test_no_word_of_a_pasted_text_is_lost(lines):
    said = " ".join(block.text for block in split_pasted("\n".join(lines)))

    assert [c for c in said if c.isalnum()] == [c for c in "".join(lines) if c.isalnum()]


def test_the_last_words_close_the_paper_once():
    for ending in ("để biết.", "để biết./.", "để biết;", "để biết"):
        sheet = lay(Names(kind="report", title="x", issuer="Sở X"), Content(body=[Block("text", ending)]))
        assert sheet.body[-1].text == "để biết./."


def test_a_letter_says_its_subject_under_its_number_and_has_no_kind():
    sheet = lay(Names(kind="letter", title="Đề nghị báo cáo", issuer="Sở X"), Content(addressees=["Sở Y"]))

    assert (sheet.kind, sheet.title, sheet.about) == ("", "", "V/v đề nghị báo cáo")
    assert (sheet.addressee, sheet.recipients) == ("Sở Y.", ["- Như trên;", "- Lưu: VT."])


def test_who_gets_paper_is_said_only_where_it_differs():
    mixed = Content(recipients=[Copy("A", form="paper"), Copy("B"), Copy("Lưu: VT, X", "file")])
    alike = Content(recipients=[Copy("A"), Copy("B")])

    assert lay(Names("plan", "x", "Sở X"), mixed).recipients == [
        "- A;", "- B;", "- Lưu: VT, X;", "- Gửi:", "+ Bản giấy: A;", "+ Bản điện tử: Các thành phần khác.",
    ]  # fmt: skip
    assert lay(Names("plan", "x", "Sở X"), alike).recipients == ["- A;", "- B;", "- Lưu: VT."]


def test_bases_of_a_decision_end_as_a_list():
    sheet = lay(Names("decision", "x", "Ủy ban nhân dân xã Y"), Content(bases=["Căn cứ A;", "Căn cứ B", "Theo C."]))

    assert sheet.bases == ["Căn cứ A;", "Căn cứ B;", "Theo C."]
    assert (sheet.resolves, sheet.authority) == ("QUYẾT ĐỊNH:", "ỦY BAN NHÂN DÂN XÃ Y")


def test_what_a_body_usually_says_follows_its_name():
    committee = house_of("Ủy ban nhân dân xã Sơn Kim 1", "Xã Sơn Kim 1")
    department = house_of("Sở Tài chính", "Tỉnh Hà Tĩnh", "Ủy ban nhân dân tỉnh Hà Tĩnh")

    assert (committee.place_name, committee.parent_body, committee.collective) == ("Sơn Kim 1", "", "Ủy ban nhân dân")
    assert (department.place_name, department.parent_body) == ("Hà Tĩnh", "Ủy ban nhân dân tỉnh Hà Tĩnh")
    assert department.position == "Giám đốc"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_beginning(kind):
    assert start_of(kind).body
    assert KINDS[kind].said


def test_every_measure_lies_within_its_rule_and_names_it():
    for measure in (*PAGE.values(),):
        assert measure.low <= measure.value <= measure.high, measure.name
        assert measure.source.startswith("Phụ lục I")
    for style in LAYOUT.values():
        assert style.low <= style.size <= style.high, style.name
        assert style.source.startswith("Phụ lục I")
