"""The lexicon: what an operator writes in the table is what is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.kit.errors import BadInput
from coso.newsroom.rules.speech import LexiconEntry, read_lexicon, seed_lexicon, speak_text


def test_an_operators_reading_wins_over_the_one_that_came_with_the_program():
    own = [LexiconEntry("UBND", "ủy ban")]

    assert speak_text("UBND xã", lexicon=own).text == "Ủy ban xã"
    assert speak_text("UBND xã").text == "Ủy ban nhân dân xã"


def test_an_operators_reading_for_one_place_leaves_the_others_to_the_seed():
    own = [LexiconEntry("TT", "tổ trưởng", before="bầu")]

    assert speak_text("bầu TT; TT Tỉnh ủy", lexicon=own).text == "bầu tổ trưởng; Thường trực Tỉnh ủy"


@pytest.mark.parametrize(
    ("entry", "text", "said"),
    [
        (LexiconEntry("ZQ", "có số", after="#"), "gặp ZQ 5", "gặp có số năm"),
        (LexiconEntry("ZQ", "có tên", after="Aa"), "gặp ZQ Lan", "gặp có tên Lan"),
        (LexiconEntry("ZQ", "đầu dòng", before="^"), "ZQ ấy", "Đầu dòng ấy"),
        (LexiconEntry("ZQ", "cuối dòng", after="$"), "gặp ZQ\nmai", "gặp cuối dòng\nmai"),
        (LexiconEntry("ZQ", "có nơi", before="*sở"), "Sở Nội vụ gặp ZQ", "Sở Nội vụ gặp có nơi"),
        (LexiconEntry("ZQ", "không dấu", before="uy ban"), "ủy ban ZQ", "ủy ban không dấu"),
        (LexiconEntry("ZQ", "có dấu", before="sở"), "số ZQ", "số dét quy"),
        (LexiconEntry("ZQ", "một trong hai", before="xã|phường"), "phường ZQ", "phường một trong hai"),
        (LexiconEntry("Thach Ha", "Thạch Hà"), "về Thach Ha", "về Thạch Hà"),
        (LexiconEntry("podcast", "pót cát"), "nghe Podcast", "nghe pót cát"),
    ],
)
def test_a_reading_holds_where_its_neighbours_say(entry, text, said):
    assert speak_text(text, lexicon=[entry]).text == said


def test_the_longer_written_form_is_taken():
    assert speak_text("VH, TT và DL").text == "Văn hóa, Thể thao và Du lịch"


def test_a_table_is_read_with_its_optional_columns():
    entries = read_lexicon("\ufeffwritten,spoken,before\nĐX,đường xã,\nTT,thị tứ,chợ|làng\n\n")

    assert entries == [LexiconEntry("ĐX", "đường xã"), LexiconEntry("TT", "thị tứ", before="chợ|làng")]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("viết,đọc\nA,b\n", "columns"),
        ("written,spoken\nĐX,\n", "Line 2"),
        ("written,spoken\nA,b\nĐX,đường 5\n", "Line 3"),
        ("written,spoken\nĐX,xã/phường\n", "Line 2"),
    ],
)
def test_a_faulty_table_is_refused_with_the_line(table, reason):
    with pytest.raises(BadInput, match=reason):
        read_lexicon(table)


def test_the_seed_has_no_row_twice_and_no_reading_that_needs_reading():
    entries = seed_lexicon()

    keys = [(e.written, e.spoken, e.before, e.after) for e in entries]
    assert len(keys) == len(set(keys))
    assert [e.written for e in entries if speak_text(e.spoken).text.lower() != e.spoken.lower()] == []


@given(st.sampled_from(seed_lexicon()))
def test_every_written_form_of_the_seed_is_replaced(entry):
    spoken = speak_text(f"gặp {entry.written} ấy")

    assert entry.written not in spoken.text.split() or entry.written == entry.spoken
