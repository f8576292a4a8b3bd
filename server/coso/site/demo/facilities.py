"""Sample facilities of every kind with equipment and use, and three that a dissolved district left behind."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from coso.kit import clock
from coso.organizations.models import Organization
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.places.rules.names import in_sentence
from coso.registry import actions, queries
from coso.registry.models import EquipmentKind, Facility, MonthOfUse, Station, StationMode, StationProfile, Tour
from coso.registry.rules import usage
from coso.registry.rules.equipment import Life
from coso.site.demo.stations import CLUSTERS

SOURCE = "Dữ liệu mẫu của bản trình diễn"


@dataclass(frozen=True)
class Sample:
    """One facility that each of the four communes gets; `village` is its number, 0 the commune itself."""

    kind: str
    ending: str
    name: str
    """With the place's name in a sentence for `{}`."""
    village: int
    serves: tuple[int, ...] = ()
    hours: str = ""
    used: bool = True
    """False: nobody told any activity for months."""


SAMPLES = [
    Sample("culture_house", "NVH1", "Nhà văn hóa {}", 1, (1, 2), "Tối thứ Ba, thứ Sáu; sáng Chủ nhật"),
    Sample("culture_house", "NVH4", "Nhà văn hóa {}", 4, (3, 4), "Khi thôn có việc", used=False),
    Sample("post_culture_point", "BDVH", "Điểm bưu điện - văn hóa {}", 0, (1, 2, 3), "7:30 đến 11:00, từ thứ Hai"),
    Sample("community_centre", "HTCD", "Trung tâm văn hóa - học tập cộng đồng {}", 0, (), "Giờ hành chính"),
    Sample("law_bookcase", "TSPL", "Tủ sách pháp luật {}", 0, (), "Giờ hành chính"),
    Sample("notice_board", "BT01", "Bảng tin công cộng {}", 2, (2,)),
    Sample("billboard_cluster", "CD01", "Cụm thông tin cổ động {}", 3, (3,)),
]
BOARDS = {"18073": 1, "18676": 2}
"""An electronic board stands in two of the communes; at village number …"""
LIBRARY = "18073"
ON_THE_AIR = {"18199": (StationMode.FM, "98.50", "", 0), "18676": (StationMode.MIXED, "96.30", "MẪU-218/GP", 40)}
"""Stations that send by radio: mode, frequency, licence, in how many days it ends."""


def load_facilities() -> None:
    """Enter the sample facilities that are missing, with equipment and use."""
    there = set(Facility.objects.exclude(code="").values_list("code", flat=True))
    units = {place.code: place for place in places.now()}
    for commune in CLUSTERS:
        for sample in _samples_of(commune):
            code = f"{commune}-{sample.ending}"
            if code not in there:
                _enter(sample, code, commune, units)
        _equip_station(units[commune])
    if "42-DLD" not in there:
        _team(units["42"], [units[code] for code in CLUSTERS])
    if "HSN-DAI" not in there:
        _left_behind()


def _samples_of(commune: str) -> list[Sample]:
    more = []
    if commune in BOARDS:
        number = BOARDS[commune]
        more.append(Sample("e_board", "BDT1", "Bảng tin điện tử {}", number, (number,)))
    if commune == LIBRARY:
        more.append(Sample("library", "TV01", "Thư viện {}", 0, (), "8:00 đến 17:00, trừ thứ Hai"))
    return SAMPLES + more


def _enter(sample: Sample, code: str, commune: str, units: dict[str, Place]) -> None:
    home = units[commune]
    place = units[f"{commune}-{sample.village:02d}"] if sample.village else home
    facts = actions.FacilityFacts(
        kind=sample.kind,
        code=code,
        name=sample.name.format(in_sentence(place.name)),
        place=place,
        organization=queries.committee_of(home),
        serves=[units[f"{commune}-{number:02d}"] for number in sample.serves],
        latitude=_near(place.latitude, code),
        longitude=_near(place.longitude, code[::-1]),
        keeper="Người giữ chìa khóa (mẫu)" if sample.hours else "",
        opening_hours=sample.hours,
        opened_on=date(2019, 9, 2),
        note=SOURCE,
    )
    made = actions.add_facility(by="system", facts=facts, is_sample=True)
    # As if it had been in the system since it opened: of what was entered today nobody says that it stands unused.
    Facility.objects.filter(pk=made.pk).update(registered_on=facts.opened_on)
    if sample.hours:
        _count(made, used=sample.used)
        _equip(made, EquipmentKind.AMPLIFIER, "Bộ tăng âm hội trường", 8_500_000, Life.IN_USE)
    if sample.kind == "e_board":
        _equip(made, EquipmentKind.SCREEN, "Màn hình LED ngoài trời P5", 96_000_000, Life.IN_USE)


def _near(degrees: float | None, seed: str) -> float | None:
    """Stand near the middle of the place, so that two things of one village do not cover each other."""
    chance = random.Random(seed)  # noqa: S311 the same samples each time
    return None if degrees is None else round(degrees + chance.uniform(-0.003, 0.003), 5)


def _count(facility: Facility, *, used: bool) -> None:
    chance = random.Random(facility.code)  # noqa: S311 the same samples each time
    months = usage.shown_months(clock.today())[:-1]
    told = months if used else months[:6]
    MonthOfUse.objects.bulk_create(
        MonthOfUse(
            facility=facility,
            month=month,
            activities=chance.randrange(1, 7),
            visits=chance.randrange(30, 260),
            loans=chance.randrange(5, 60) if facility.group == "lending" else 0,
        )
        for month in told
    )


def _equip(facility: Facility, kind: EquipmentKind, name: str, price: int, state: Life, quantity: int = 1) -> None:
    facts = actions.EquipmentFacts(
        kind=kind,
        name=name,
        maker="Hãng mẫu",
        quantity=quantity,
        serial=f"MAU-{facility.pk}-{kind}" if quantity == 1 else "",
        price_vnd=price,
        acquired_on=date(2024, 5, 20),
        funding_source="Ngân sách xã (mẫu)",
        warranty_to=clock.today() + timedelta(days=45) if kind == EquipmentKind.SCREEN else date(2026, 5, 20),
    )
    actions.receive_equipment(by="system", facility=facility, facts=facts, state=state, is_sample=True)


def _equip_station(commune: Place) -> None:
    """Give the sample station its equipment and, in two communes, its frequency."""
    station = Station.objects.filter(place=commune, is_sample=True).first()
    if station is None or station.equipment.exists():
        return
    _equip(station, EquipmentKind.AMPLIFIER, "Tăng âm 500 W", 14_200_000, Life.IN_USE)
    _equip(station, EquipmentKind.MICROPHONE, "Micrô phòng thu", 2_300_000, Life.IN_STORE)
    _equip(station, EquipmentKind.SPEAKER, "Loa nén 25 W", 650_000, Life.IN_USE, quantity=8)
    _equip(station, EquipmentKind.MIXER, "Bàn trộn 8 đường", 6_900_000, Life.IN_REPAIR)
    if commune.code in ON_THE_AIR:
        mode, frequency, licence, days = ON_THE_AIR[commune.code]
        StationProfile.objects.update_or_create(
            station=station,
            defaults={
                "mode": mode,
                "frequency_mhz": Decimal(frequency),
                "licence_number": licence,
                "licence_expires_on": clock.today() + timedelta(days=days) if days else None,
            },
        )


def _team(province: Place, communes: list[Place]) -> None:
    facts = actions.FacilityFacts(
        kind="mobile_team", code="42-DLD", name="Đội tuyên truyền lưu động tỉnh", place=province, note=SOURCE
    )
    team = actions.add_facility(by="system", facts=facts, is_sample=True)
    topics = ["Phòng, chống thiên tai", "An toàn giao thông", "Chuyển đổi số ở thôn"]
    today = clock.today()
    Tour.objects.bulk_create(
        Tour(
            team=team,
            on=today - timedelta(days=16 * (number + 1)),
            place=communes[number % len(communes)],
            topic=topics[number % len(topics)],
            people=120 + 35 * number,
        )
        for number in range(6)
    )


def _left_behind() -> None:
    """Leave three facilities on a district that ended: as records look whose unit was dissolved after they were made.

    Written as rows: the actions take units of today only.
    """
    district = Place.objects.filter(level=Level.DISTRICT, name="Huyện Hương Sơn").order_by("-valid_from").first()
    if district is None:
        return
    body = Organization.objects.filter(code="tt-vhtt-kv").first()
    for kind, code, name in [
        ("district_station", "HSN-DAI", "Đài truyền thanh - truyền hình huyện Hương Sơn"),
        ("library", "HSN-TV", "Thư viện huyện Hương Sơn"),
        ("mobile_team", "HSN-DLD", "Đội tuyên truyền lưu động huyện Hương Sơn"),
    ]:
        Facility.objects.create(
            kind=kind, code=code, name=name, place=district, organization=body, note=SOURCE, is_sample=True
        )
