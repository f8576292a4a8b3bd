"""Photos of inspections: looked into, turned, made small, stripped, taken once."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image

from coso.kit import blobs
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.registry.actions import photos, rounds
from coso.registry.adapters import pictures
from coso.registry.models import Inspection, InspectionPhoto
from tests.app.registry.inspecting import filled, opened, photo
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(world: World) -> Inspection:
    """Give a finished inspection of an open round."""
    return filled(world, opened(world)).inspection


def _stored(taken: InspectionPhoto) -> Image.Image:
    with blobs.open_blob(taken.sha256) as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_small_jpeg_without_what_the_camera_wrote(
    world: World, inspection: Inspection, form: str
) -> None:
    taken = photos.take_photo(
        by=world.officer, inspection=inspection, data=photo(size=(3200, 2400), form=form, gps=True), item_number=8
    )

    kept = _stored(taken)
    assert (kept.format, kept.size, taken.width, taken.height) == ("JPEG", (1600, 1200), 1600, 1200)
    assert dict(kept.getexif()) == {}
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (taken.latitude, taken.longitude, taken.item_number) == (None, None, 8)


def test_a_screenshot_of_few_colours_is_made_small_and_its_clear_parts_white() -> None:
    image = Image.new("RGBA", (3200, 2000), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (1600, 0, 3200, 2000))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    file = io.BytesIO()
    image.quantize(8).save(file, "PNG", exif=exif)

    made = pictures.clean(file.getvalue())

    kept = Image.open(io.BytesIO(made.jpeg))
    assert (made.width, made.height) == kept.size == (1000, 1600)
    top, bottom = kept.getpixel((500, 200)), kept.getpixel((500, 1400))
    assert min(top) > 245
    assert (bottom[0] > 245, max(bottom[1:]) < 10) == (True, True)


def test_a_photo_taken_with_the_phone_upright_stands_upright(world: World, inspection: Inspection) -> None:
    taken = photos.take_photo(by=world.officer, inspection=inspection, data=photo(turned=True))

    kept = _stored(taken).convert("RGB")
    red, _green, blue = kept.getpixel((240, 40))
    assert kept.size == (480, 640)
    assert red > 200 > blue


def test_the_position_is_kept_on_purpose_only_and_never_in_the_file(world: World, inspection: Inspection) -> None:
    taken = photos.take_photo(by=world.officer, inspection=inspection, data=photo(gps=True), keep_position=True)

    assert (taken.latitude, taken.longitude) == (18.42, 105.18)
    assert dict(_stored(taken).getexif()) == {}


def test_the_phone_tells_the_position_that_the_file_lacks(world: World, inspection: Inspection) -> None:
    told = {"position": (18.4212345, 105.5), "data": photo()}

    kept = photos.take_photo(by=world.officer, inspection=inspection, keep_position=True, **told)

    assert (kept.latitude, kept.longitude) == (18.42123, 105.5)


def test_a_position_that_nobody_ticked_is_forgotten(world: World, inspection: Inspection) -> None:
    taken = photos.take_photo(by=world.officer, inspection=inspection, data=photo(), position=(18.4, 105.1))

    assert (taken.latitude, taken.longitude) == (None, None)


@pytest.mark.parametrize("position", [(91.0, 105.0), (18.0, 181.0), (float("nan"), 105.0), (18.0, None)])
def test_a_position_that_is_none_on_earth_is_left_out(position: tuple[float | None, float | None]) -> None:
    assert pictures.on_earth(*position) == (None, None)


def test_the_same_photo_is_taken_once(world: World, inspection: Inspection) -> None:
    once, again = (photos.take_photo(by=world.officer, inspection=inspection, data=photo()) for _ in range(2))

    assert once == again
    assert InspectionPhoto.objects.count() == 1


def _bomb() -> bytes:
    """Give a PNG of 200 bytes that claims 30,000 × 30,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def _gif() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 20)).save(file, "GIF")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a photo",
        b"<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        photo()[: len(photo()) // 2],
        photo(form="PNG")[:-40],
        b"%PDF-1.7\n",
        _gif(),
        _bomb(),
        photo(size=(8000, 5100)),
        photo(size=(2, 30_000), form="PNG"),
        photo() + b"\0" * pictures.MOST_BYTES,
    ],
    ids=[
        "empty",
        "text",
        "html",
        "head",
        "cut",
        "cut-png",
        "pdf",
        "gif",
        "bomb",
        "41-megapixels",
        "strip",
        "13-megabytes",
    ],
)
def test_what_is_no_photo_or_too_much_is_refused(world: World, inspection: Inspection, data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        photos.take_photo(by=world.officer, inspection=inspection, data=data)

    assert set(refused.value.fields) == {"photo"}
    assert not InspectionPhoto.objects.exists()


def test_a_photo_damaged_on_its_way_is_refused(world: World, inspection: Inspection) -> None:
    with pytest.raises(BadInput):
        photos.take_photo(by=world.officer, inspection=inspection, data=photo(), sha256="0" * 64)

    assert not InspectionPhoto.objects.exists()


def test_a_photo_for_a_question_that_is_none_is_refused(world: World, inspection: Inspection) -> None:
    with pytest.raises(BadInput) as refused:
        photos.take_photo(by=world.officer, inspection=inspection, data=photo(), item_number=77)

    assert set(refused.value.fields) == {"item"}


def test_strangers_add_no_photo_and_a_closed_round_takes_none(world: World, inspection: Inspection) -> None:
    with pytest.raises(NotAllowed):
        photos.take_photo(by=world.other_officer, inspection=inspection, data=photo())
    rounds.close_round(by=world.editor, round_=inspection.round)
    inspection.round.refresh_from_db()
    with pytest.raises(WrongState):
        photos.take_photo(by=world.officer, inspection=inspection, data=photo())

    assert not InspectionPhoto.objects.exists()


def test_a_photo_that_should_not_be_there_is_taken_away(world: World, inspection: Inspection) -> None:
    taken = photos.take_photo(by=world.officer, inspection=inspection, data=photo())

    with pytest.raises(NotAllowed):
        photos.remove_photo(by=world.other_officer, photo=taken)
    photos.remove_photo(by=world.officer, photo=taken)

    assert not InspectionPhoto.objects.exists()
