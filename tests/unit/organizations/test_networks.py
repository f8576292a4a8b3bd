"""Telephone numbers, and the files of decisions: taken for what is in them, not for what they are called."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from coso.organizations import rules
from coso.organizations.rules import DecisionFile


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("(0239) 3855-123", "02393855123"),
        ("", ""),
        ("  ", ""),
        ("912345678", None),
        ("0012345678", None),
        ("09123456", None),
        ("091234567890", None),
        ("0912345678 máy lẻ 2", None),
        ("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669", None),
    ],
)
def test_a_telephone_number_is_kept_as_it_is_dialled(typed, kept):
    assert rules.phone_of(typed) == kept


@given(st.text())
def test_what_is_kept_of_a_number_is_kept_again(typed):
    kept = rules.phone_of(typed)

    assert kept is None or rules.phone_of(kept) == kept


def picture(kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


def test_a_pdf_is_kept_as_it_is_and_named_by_what_it_is():
    kept = rules.cleaned(DecisionFile("../../Quyết định 125.docx", b"%PDF-1.7 rest"))

    assert kept == DecisionFile("Quyết định 125.pdf", b"%PDF-1.7 rest")
    assert rules.mime_of(kept.name) == "application/pdf"


def test_a_picture_loses_what_the_camera_wrote_beside_it():
    exif = Image.Exif()
    exif[0x0110] = "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    sent = picture("JPEG", exif=exif)

    kept = rules.cleaned(DecisionFile("anh.png", sent))

    assert kept is not None
    assert kept.name == "anh.jpg"
    with Image.open(io.BytesIO(kept.data)) as seen:
        assert seen.size == (40, 30)
        assert not seen.getexif()


def test_a_photograph_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = rules.cleaned(DecisionFile("anh.jpg", picture("JPEG", exif=exif)))

    assert kept is not None
    with Image.open(io.BytesIO(kept.data)) as seen:
        assert seen.size == (30, 40)


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90\x00", b"<html>", picture("PNG")[:60], b"\xff\xd8\xff\xe0 not a picture", picture("GIF")]
)
def test_what_is_neither_a_pdf_nor_a_picture_is_refused(data):
    assert rules.cleaned(DecisionFile("quyet-dinh.pdf", data)) is None


@given(st.text(max_size=300))
def test_no_name_leads_out_of_its_folder(name):
    kept = rules.cleaned(DecisionFile(name, b"%PDF-1.7"))

    assert kept is not None
    assert "/" not in kept.name
    assert "\\" not in kept.name
    assert len(kept.name) <= 160
