"""What names of merged units tell about where the vanished ones went."""

from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules import names

WORDS = ["An", "Hòa", "Thịnh", "Sơn", "Bình", "Lộc"]
LISTS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda w: f"Xã {' '.join(w)}"),
)


def test_a_merged_commune_names_each_of_the_old_ones() -> None:
    before = {"1": "Xã Sơn An", "2": "Xã Sơn Hòa", "3": "Xã Sơn Thịnh", "4": "Xã Sơn Tây"}
    after = {"2": "Xã An Hòa Thịnh", "4": "Xã Sơn Tây"}

    assert names.joined_from(before, after) == {"1": "2", "3": "2"}


def test_a_word_that_two_units_could_have_given_decides_nothing() -> None:
    before = {"1": "Xã Bình Lộc", "2": "Xã Thạch Bằng", "3": "Xã Hồng Lộc"}
    after = {"2": "Thị trấn Lộc Hà", "3": "Xã Hồng Lộc"}

    assert names.joined_from(before, after) == {}


def test_a_word_becomes_certain_once_its_other_giver_is_placed() -> None:
    before = {"1": "Xã Nam Hương", "2": "Xã Thạch Hương", "3": "Xã Thạch Điền", "4": "Xã Thạch Tân"}
    after = {"3": "Xã Nam Điền", "4": "Xã Tân Lâm Hương"}

    assert names.joined_from(before, after) == {"1": "3", "2": "4"}


def test_a_neighbour_that_takes_the_very_name_is_the_heir() -> None:
    before = {"18070": "Phường Trần Phú", "18094": "Phường Thạch Linh"}
    after = {"18094": "Phường Trần Phú"}

    assert names.joined_from(before, after) == {"18070": "18094"}


@given(LISTS, LISTS)
def test_only_a_vanished_unit_gets_an_heir_and_the_heir_was_there_before_and_changed_its_name(
    before: dict[str, str], after: dict[str, str]
) -> None:
    found = names.joined_from(before, after)

    for gone, heir in found.items():
        assert gone in before
        assert gone not in after
        assert heir in before
        assert names.bare(after[heir]) != names.bare(before[heir])
        assert set(names.bare(before[gone]).split()) & set(names.bare(after[heir]).split())


def test_the_type_of_a_unit_is_no_part_of_its_bare_name() -> None:
    bare = [names.bare(name) for name in ("Thị trấn Đồng Lộc", "Thị xã Kỳ Anh", "Xã Kỳ Anh", "Hà Tĩnh")]

    assert bare == ["Đồng Lộc", "Kỳ Anh", "Kỳ Anh", "Hà Tĩnh"]


def test_inside_a_sentence_only_the_type_is_in_small_letters() -> None:
    written = [names.in_sentence(name) for name in ("Phường Thành Sen", "Tổ dân phố 2", "Đại Nài")]

    assert written == ["phường Thành Sen", "tổ dân phố 2", "Đại Nài"]
