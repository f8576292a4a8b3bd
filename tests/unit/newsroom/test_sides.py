"""The written and the spoken text beside each other lose no letter and join what belongs together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coso.newsroom.rules.speech import speak_text
from coso.newsroom.web.sides import sides

WORDS = st.sampled_from(
    [
        "UBND",
        "xã",
        "ngày 05/12/2026",
        "7h30",
        "25 kg",
        "Số: 82/KH-UBND",
        "TT",
        "\n",
        "\n\n",
        "bà con",
        "(40%)",
        "  ",
        "•",
    ]
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


def _flat(paragraphs):
    return "".join("".join(piece.text for piece in line) for line in paragraphs)


def _without_breaks(text):
    return "".join(line for line in text.split("\n") if line.strip())


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_both_texts_are_shown_whole(text):
    spoken = speak_text(text)

    shown = sides(text, spoken)

    assert _flat(shown.written) == _without_breaks(text)
    assert _flat(shown.spoken) == _without_breaks(spoken.text)


def test_a_replaced_stretch_has_its_counterpart_and_a_doubt_its_readings():
    text = "TT xã họp lúc 7h30."

    shown = sides(text, speak_text(text))

    written = {piece.span: piece.text for line in shown.written for piece in line if piece.span}
    spoken = {piece.span: piece.text for line in shown.spoken for piece in line if piece.span}
    assert written[2] == "7h30"
    assert spoken[2] == "bảy giờ ba mươi"
    assert [doubt.written for doubt in shown.doubts] == ["TT"]
    assert shown.doubts[0].span == 1
    assert len(shown.doubts[0].readings) > 1
