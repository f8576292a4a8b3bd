"""Names of bodies: the same in other words, by initials, as a part; collective names by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.documents.rules.groups import group_of
from coso.documents.rules.naming import is_part_of, match, match_list, plain_words, says_the_same, without_title

NAMES = [
    "Sở Thông tin và Truyền thông",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Tài chính",
    "Đài Phát thanh và Truyền hình tỉnh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "Văn phòng Điều phối Chương trình MTQG xây dựng Nông thôn mới tỉnh",
    "UBND tỉnh Hà Tĩnh",
    "UBND thành phố Hà Tĩnh",
    "Báo Hà Tĩnh",
    "Bộ đội Biên phòng tỉnh",
]
KNOWN = [(name, plain_words(name)) for name in NAMES]
HOME = plain_words("Tỉnh Hà Tĩnh")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sở TT&TT", 0),
        ("Sở TT và TT", 0),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 0),
        ("Sở VHTTDL", 1),
        ("Sở VH, TT và DL", 1),
        ("Đài PT-TH tỉnh", 3),
        ("Đài Phát thanh - Truyền hình Hà Tĩnh", 3),
        ("UBMT Tổ quốc tỉnh", 4),
        ("Văn phòng Điều phối nông thôn mới", 5),
        ("Ủy ban nhân dân tỉnh", 6),
        ("Ủy ban nhân dân thành phố Hà Tĩnh", 7),
        ("BĐBP tỉnh", 9),
    ],
)
def test_a_body_is_known_by_other_forms_of_its_name(written, meant):
    assert match(written, KNOWN, HOME) == [NAMES[meant]]


@pytest.mark.parametrize("written", ["Sở Y tế", "Sở", "", "Báo", "Tỉnh Hà Tĩnh", "các đơn vị liên quan", "TT"])
def test_what_names_no_known_body_is_not_guessed(written):
    assert match(written, KNOWN, HOME) == []


def test_alike_names_are_all_given_so_that_nothing_is_guessed():
    known = [(1, plain_words("Sở Giao thông")), (2, plain_words("Sở Giáo dục Thường xuyên"))]

    assert match("Sở GT", [*known, (3, plain_words("Sở Giám Thị"))], HOME) == [1, 3]


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=8))
def test_a_name_and_its_initials_say_the_same_both_ways(words):
    whole = tuple(words)
    short = ("".join(word[0] for word in words),) if len(words) > 1 else whole

    assert says_the_same(whole, short)
    assert says_the_same(short, whole)


@given(st.lists(st.sampled_from("abcdef"), min_size=5, max_size=12), st.data())
def test_what_leaves_words_out_is_a_part_but_never_with_another_beginning(words, data):
    inner = [word for word in words[2:-1] if data.draw(st.booleans())]
    short = (*words[:2], *inner, words[-1])

    assert is_part_of(short, tuple(words)) == (len(short) >= 4)
    assert not is_part_of(("z", *short[1:]), tuple(words))


def test_a_list_may_hold_names_with_commas_and_is_taken_whole_or_not_at_all():
    def find(name):
        return next(iter(match(name, KNOWN, HOME)), None)

    assert match_list(["TT và TT", "VH", "TT và DL", "Tài chính"], find, "Sở") == [NAMES[0], NAMES[1], NAMES[2]]
    assert match_list(["Tài chính", "Y tế"], find, "Sở") is None


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Chủ tịch UBND các huyện", "UBND các huyện"),
        ("Chủ tịch, các PCT UBND tỉnh", "UBND tỉnh"),
        ("Giám đốc Sở Tài chính", "Sở Tài chính"),
        ("Sở Tài chính", "Sở Tài chính"),
    ],
)
def test_who_heads_a_body_stands_for_it(title, rest):
    assert without_title(title) == rest


@pytest.mark.parametrize(
    ("name", "kinds", "units"),
    [
        ("UBND các huyện, thành phố, thị xã", ("district_authority",), ("huyen", "thanh pho", "thi xa")),
        ("Ủy ban nhân dân các xã, phường, thị trấn", ("commune_authority",), ("xa", "phuong", "thi tran")),
        ("UBND xã, phường, đặc khu", ("commune_authority",), ("xa", "phuong", "dac khu")),
        ("Ủy ban nhân dân cấp xã", ("commune_authority",), ()),
        (
            "UBND các huyện, thị xã và các xã, phường",
            ("district_authority", "commune_authority"),
            ("huyen", "thi xa", "xa", "phuong"),
        ),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", ("provincial_authority",), ()),
        ("các sở, ban, ngành cấp tỉnh", ("provincial_department", "provincial_office"), ()),
        ("Sở, ban, ngành", ("provincial_department", "provincial_office"), ()),
        ("các cơ quan thông tấn báo chí trên địa bàn tỉnh", ("press",), ()),
    ],
)
def test_a_collective_name_means_bodies_of_a_level_and_kind(name, kinds, units):
    group = group_of(name)

    assert (group.kinds, group.units, group.is_open) == (kinds, units, False)


def test_a_group_may_spell_its_units_or_leave_open_which():
    assert group_of("UBND các huyện: Hương Sơn, Vũ Quang").places == ("huong son", "vu quang")
    assert group_of("Các sở, ngành liên quan").is_open
    assert group_of("các tổ chức chính trị - xã hội cấp tỉnh").beginnings


@pytest.mark.parametrize(
    "name", ["UBND huyện Can Lộc", "UBND tỉnh", "Sở Tài chính", "Ban Tuyên giáo Tỉnh ủy", "Xã Lộc Hà"]
)
def test_a_single_body_is_no_group(name):
    assert group_of(name) is None


@given(st.text(max_size=80))
def test_no_name_breaks_the_rules(name):
    group_of(name)
    assert match(name, KNOWN, HOME) == match(name, KNOWN, HOME)
