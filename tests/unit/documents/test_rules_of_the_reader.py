"""The small rules, each on its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.documents.rules.citations import find_citations
from coso.documents.rules.letters import LOWER, UPPER
from coso.documents.rules.numbering import Rank, read_marker
from coso.documents.rules.passages import clean, fold, plain
from coso.documents.rules.times import read_time
from coso.documents.rules.titles import read_title
from coso.documents.rules.units import take_units


@pytest.mark.parametrize(
    ("phrase", "due", "recurrence"),
    [
        ("Hàng năm.", None, "annual"),
        ("Định kỳ 6 tháng", None, "half_yearly"),
        ("hằng quý", None, "quarterly"),
        ("Hàng tháng", None, "monthly"),
        ("mỗi tuần", None, "weekly"),
        ("Hằng ngày", None, "daily"),
        ("Thường xuyên", None, "continuous"),
        ("Tháng 7/2017", "2017-07", None),
        ("trong tháng 6 năm 2018", "2018-06", None),
        ("hoàn thành trong quý II", "2019-Q2", None),
        ("Quý IV/2025", "2025-Q4", None),
        ("quý 2 năm 2027", "2027-Q2", None),
        ("trước ngày 15/12/2025", "2025-12-15", None),
        ("trước ngày 01 tháng 9 năm 2020", "2020-09-01", None),
        ("trước ngày 30/11", "2019-11-30", None),
        ("đến năm 2030", "2030", None),
        ("2025 - 2030", "2030", None),
        ("Hằng năm, trước ngày 15/12", None, "annual"),
        ("ngày 31/02/2020", None, None),
        ("Khi có yêu cầu", None, None),
        ("02 lần/năm", None, "half_yearly"),
        ("mỗi quý 01 lần", None, "quarterly"),
        ("01 lần trong tháng", None, "monthly"),
        ("Trước 15/3", "2019-03-15", None),
        ("Quý II, quý IV năm 2025", "2025-Q4", None),
        ("Quý Ill/2025", "2025-Q3", None),
        ("Tháng 11 - 12/2025", "2025-12", None),
        ("từ tháng 4 đến tháng 9/2024", "2024-09", None),
        ("Trong năm", "2019", None),
        ("Năm 2025 và những năm tiếp theo", None, None),
        ("Từ tháng 11/2025 đến khi kết thúc", None, None),
    ],
)
def test_time_phrases_are_understood(phrase, due, recurrence):
    time = read_time(clean(phrase), year=2019)

    assert (time.due.value if time.due else None) == due
    assert (time.recurrence.value if time.recurrence else None) == recurrence


@pytest.mark.parametrize(
    ("line", "rank", "label", "rest"),
    [
        ("II. NỘI DUNG", Rank.ROMAN, "II", "NỘI DUNG"),
        ("- 2. Việc thứ hai", Rank.NUMBER, "2", "Việc thứ hai"),
        ("II.1. Việc", Rank.NUMBER, "1", "Việc"),
        ("1.2. Việc", Rank.DOTTED, "1.2", "Việc"),
        ("đ) Việc", Rank.LETTER, "đ", "Việc"),
        ("Điều 3. Thi hành", Rank.ARTICLE, "3", "Thi hành"),
        ("- + Sở Nội vụ", Rank.PLUS, "", "Sở Nội vụ"),
        ("– Việc", Rank.DASH, "", "Việc"),
        ("I- MỤC ĐÍCH", Rank.ROMAN, "I", "MỤC ĐÍCH"),
        ("2- Quán triệt", Rank.NUMBER, "2", "Quán triệt"),
        ("HI. KINH PHÍ", Rank.ROMAN, "III", "KINH PHÍ"),
        ("Il. NHIỆM VỤ", Rank.ROMAN, "II", "NHIỆM VỤ"),
        ("[. MỤC TIÊU", Rank.ROMAN, "I", "MỤC TIÊU"),
        ("__ Thống kê", Rank.DASH, "", "Thống kê"),
    ],
)
def test_marks_are_told_apart(line, rank, label, rest):
    marker, words = read_marker(clean(line))

    assert (marker.rank, marker.label, words.text) == (rank, label, rest)


@pytest.mark.parametrize("line", ["15/12/2025", "2025. Sau đó", "CL. chung", "Việc 1. xong", "-----"])
def test_what_is_no_mark_is_left_alone(line):
    assert read_marker(clean(line)) is None


@pytest.mark.parametrize(
    ("text", "units", "rest"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"], ""),
        ("Báo Bình Minh, Đài Phát thanh tỉnh và các cơ quan khác: đưa tin", ["Báo Bình Minh", "Đài Phát thanh tỉnh",
         "các cơ quan khác"], "đưa tin"),
        ("UBND các huyện, thành phố, thị xã", ["UBND các huyện, thành phố, thị xã"], ""),
        ("Sở Giáo dục và Đào tạo chủ trì việc này", ["Sở Giáo dục và Đào tạo"], "chủ trì việc này"),
        ("Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh: Lập hồ sơ",
         ["Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh"], "Lập hồ sơ"),
        ("Rà soát các tủ sách", [], "Rà soát các tủ sách"),
    ],
)  # fmt: skip
def test_names_of_bodies_end_where_the_sentence_goes_on(text, units, rest):
    named = take_units(clean(text))

    assert ([unit.text for unit in named.units], named.rest.text) == (units, rest)


def test_a_body_that_is_asked_is_told_from_one_that_is_ordered():
    assert take_units(clean("Đề nghị Hội Nông dân tỉnh vận động hội viên")).is_request
    assert not take_units(clean("Giao Sở Nội vụ theo dõi")).is_request


def test_a_title_drops_a_closing_remark_and_keeps_one_inside():
    title, remark = read_title(clean("Mua sách (truyện, thơ) cho các xã (theo danh mục kèm theo)."))

    assert (title.text, remark.text) == ("Mua sách (truyện, thơ) cho các xã", "theo danh mục kèm theo")


def test_a_long_order_is_named_without_its_aim_and_a_short_one_with_it():
    order = "Đưa sách đến từng thôn, bản, tổ dân phố, trường học, trạm y tế, đồn biên phòng " * 3
    aim = " nhằm nâng cao dân trí"

    assert read_title(clean(order + aim))[0].text == order.strip()
    assert read_title(clean("Mua sách" + aim))[0].text == "Mua sách" + aim


def test_citations_give_kind_number_and_date():
    passage = clean(
        "theo Quyết định số 52/2016/QĐ-TTg ngày ngày 06/12/2016 và Kết luận số 12-KL/TW ngày 1 tháng 2 năm 2020"
    )

    found = [(c.kind, c.number, c.issued_on, c.title) for c in find_citations(passage)]

    assert found == [
        ("Quyết định", "52/2016/QĐ-TTg", "2016-12-06", "Quyết định số 52/2016/QĐ-TTg ngày 06/12/2016"),
        ("Kết luận", "12-KL/TW", "2020-02-01", "Kết luận số 12-KL/TW ngày 1 tháng 2 năm 2020"),
    ]


def test_the_letters_are_all_of_vietnamese():
    assert len(LOWER) == len(UPPER) == 93
    assert set("ăâđêôơưạẳỹ") <= set(LOWER)
    assert not set(LOWER) & set(UPPER)


@given(st.text())
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = plain(text)

    assert plain(once) == once
