"""What tests of inspections take as given: checklists, an open round, answers as a phone sends them."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from PIL import ExifTags, Image

from coso.kit import clock, ids
from coso.organizations.models import Person
from coso.registry.actions import inspections, rounds
from coso.registry.actions.inspections import Filled, Sent
from coso.registry.models import Facility, InspectionRound, Station
from tests.support.world import World

GOOD: dict[str, Any] = {
    **{str(number): {"value": "yes"} for number in range(1, 9)},
    "9": {"value": "na"},
    "10": {"value": 12},
    "11": {"value": "Có dây"},
}
BAD = GOOD | {"8": {"value": "no", "note": "Cụm loa Thôn 2 rè"}}


def prepared(world: World, **changes: Any) -> InspectionRound:
    """Give a round over the province that is still a draft."""
    rounds.load_checklists()
    today = clock.today()
    told: dict[str, Any] = {
        "title": "Rà soát thiết chế năm 2026",
        "place": world.province,
        "kinds": ["commune_station", "culture_house"],
        "opens_on": today,
        "closes_on": today + timedelta(days=20),
    }
    return rounds.make_round(by=world.editor, **(told | changes))


def opened(world: World, **changes: Any) -> InspectionRound:
    """Give a round over the province that takes answers."""
    return rounds.open_round(by=world.editor, round_=prepared(world, **changes))


def station(world: World) -> Facility:
    """Give the station of Sơn Kim 1."""
    return Facility.objects.get(pk=Station.objects.get(place=world.son_kim).pk)


def sent(answers: Any = None, *, base_version: int = 0, id: UUID | None = None, **more: Any) -> Sent:
    """Give what a phone sends."""
    told = {"filled_at": clock.now() - timedelta(minutes=5)} | more
    return Sent(id=id or ids.new_id(), base_version=base_version, answers=GOOD if answers is None else answers, **told)


def filled(world: World, round_: InspectionRound, answers: Any = None, by: Person | None = None, **more: Any) -> Filled:
    """Fill in the station of Sơn Kim 1."""
    return inspections.fill(by=by or world.officer, round_=round_, facility=station(world), sent=sent(answers, **more))


def photo(*, size: tuple[int, int] = (640, 480), form: str = "JPEG", turned: bool = False, gps: bool = False) -> bytes:
    """Make a photo, half red and half blue, as a camera writes it."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Máy ảnh thử"
    if turned:
        exif[ExifTags.Base.Orientation] = 6
    if gps:
        exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (18.0, 25.0, 12.0), 3: "E", 4: (105.0, 10.0, 48.0)}
    file = io.BytesIO()
    image.save(file, form, exif=exif.tobytes(), comment=b"secret" if form == "JPEG" else None)
    return file.getvalue()
