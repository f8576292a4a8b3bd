"""An editor sees every change and every doubt where it stands in the source."""

import unicodedata

from coso.newsroom.rules.speech import Replacement, speak_text


def test_each_replacement_points_at_what_it_replaces():
    text = "Gọi **UBND** xã lúc 17h30, ngày 05/9/2016."

    spoken = speak_text(text)

    shown = {text[r.start : r.end]: r.said for r in spoken.replacements if r.said}
    assert shown == {
        "UBND": "Ủy ban nhân dân",
        "17h30": "mười bảy giờ ba mươi",
        "05/9/2016": "năm tháng chín năm hai nghìn không trăm mười sáu",
    }


def test_what_is_left_out_is_shown_as_well():
    text = "- **Chú ý**"

    spoken = speak_text(text)

    assert spoken.text == "Chú ý"
    assert [text[r.start : r.end] for r in spoken.replacements if not r.said] == ["- ", "**", "**"]


def test_spans_count_the_letters_of_the_source_also_when_marks_stand_apart():
    text = unicodedata.normalize("NFD", "Tại thị xã có 24 hộ")

    spoken = speak_text(text)

    at = text.index("24")
    assert spoken.text == "Tại thị xã có hai mươi tư hộ"
    assert spoken.replacements == (Replacement(at, at + 2, "hai mươi tư"),)


def test_an_abbreviation_that_nothing_decides_is_a_doubt_with_its_readings():
    text = "họp ở TT lúc tối"

    spoken = speak_text(text)

    (doubt,) = spoken.doubts
    assert (doubt.start, doubt.end, doubt.written) == (6, 8, "TT")
    assert {"Thường trực", "trung tâm", "thị trấn"} <= set(doubt.readings)
    assert doubt.said in doubt.readings


def test_an_abbreviation_that_its_neighbours_decide_is_no_doubt():
    assert speak_text("TT Tỉnh ủy; Sở TT và TT; TT 39/2020/TT-BTTTT").doubts == ()


def test_a_day_that_could_be_a_fraction_is_a_doubt():
    spoken = speak_text("hiệu lực 1/7")

    (doubt,) = spoken.doubts
    assert doubt.readings == ("một tháng bảy", "một trên bảy")


def test_a_list_is_read_item_by_item():
    text = "I. MỤC ĐÍCH\n1. Tuyên truyền\na) Miệng\nđ) Loa\n- Tờ rơi\n+ Tờ gấp"

    spoken = speak_text(text)

    assert spoken.text == "Một. Mục đích.\nMột. Tuyên truyền.\nA. Miệng.\nĐê. Loa.\nTờ rơi.\nTờ gấp"


def test_a_sentence_broken_over_lines_is_not_stopped():
    assert speak_text("theo đường lối của\nđảng bộ xã").text == "theo đường lối của\nđảng bộ xã"
