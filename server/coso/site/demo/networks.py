"""Sample members of the three networks: invented names, telephone numbers that nobody has, marked as samples."""

from datetime import date

from coso.organizations import actions
from coso.organizations.actions import MemberTold
from coso.organizations.models import (
    Communicator,
    CommunicatorDuty,
    InformationOfficer,
    Person,
    Reporter,
    ReporterLevel,
)
from coso.organizations.rules import Network
from coso.places import queries as places
from coso.places.models import Place

DECIDED_ON = date(2025, 9, 15)

# By commune: name, village office, the numbers of the villages served, the account that goes with it.
# Some villages are left without anybody, so that the pages show what is missing.
COMMUNICATORS: dict[str, list[tuple[str, CommunicatorDuty, tuple[int, ...], str]]] = {
    "18196": [
        ("Nguyễn Văn Hảo", CommunicatorDuty.VILLAGE_HEAD, (1, 2), ""),
        ("Trần Thị Lành", CommunicatorDuty.CELL_SECRETARY, (3,), ""),
        ("Đặng Văn Ấm", CommunicatorDuty.FRONT_HEAD, (6, 7, 8), "tuyentruyen.sonkim1"),
    ],
    "18199": [("Phan Đình Thạo", CommunicatorDuty.VILLAGE_HEAD, (1, 2, 3), "")],
    "18073": [
        ("Lê Thị Mận", CommunicatorDuty.VILLAGE_HEAD, (1, 2, 3), ""),
        ("Phan Thị Tuyết", CommunicatorDuty.FRONT_HEAD, (6, 7), "tuyentruyen.thanhsen"),
    ],
    "18676": [("Hoàng Văn Biển", CommunicatorDuty.CELL_SECRETARY, (1, 2, 3, 4), "")],
}
REPORTERS = [
    ("Võ Quang Minh", "42", ReporterLevel.PROVINCE),
    ("Dương Thị Nga", "18196", ReporterLevel.COMMUNE),
    ("Bùi Văn Sửu", "18073", ReporterLevel.COMMUNE),
]
OFFICERS: list[tuple[str, str, tuple[int, ...]]] = [
    ("Cao Thị Lựu", "18196", (1, 2, 3, 4)),
    ("Trương Văn Kỳ", "18073", ()),
]


def load_networks() -> None:
    """Enter the sample members where no sample member is there yet."""
    units = {place.code: place for place in places.now()}
    if not Communicator.objects.filter(is_sample=True).exists():
        _load_communicators(units)
    if not Reporter.objects.filter(is_sample=True).exists():
        for number, (name, code, level) in enumerate(REPORTERS, start=101):
            told = _told(name, units[code], f"{number}-QĐ/ĐU", number, level=level.value)
            actions.add_member(by="system", network=Network.REPORTERS, told=told, is_sample=True)
    if not InformationOfficer.objects.filter(is_sample=True).exists():
        for number, (name, code, served) in enumerate(OFFICERS, start=201):
            areas = [units[f"{code}-{one:02d}"] for one in served]
            told = _told(name, units[code], f"{number}/QĐ-UBND", number, areas=areas)
            actions.add_member(by="system", network=Network.INFORMATION_OFFICERS, told=told, is_sample=True)


def _load_communicators(units: dict[str, Place]) -> None:
    accounts = {person.username: person for person in Person.objects.all()}
    number = 0
    for code, people in COMMUNICATORS.items():
        for name, duty, served, account in people:
            number += 1
            areas = [units[f"{code}-{one:02d}"] for one in served]
            told = _told(
                name,
                units[code],
                f"{number:02d}/QĐ-UBND",
                number,
                areas=areas,
                duty=duty.value,
                person=accounts.get(account),
            )
            actions.add_member(by="system", network=Network.COMMUNICATORS, told=told, is_sample=True)


def _told(name: str, place: Place, decision: str, number: int, **more: object) -> MemberTold:
    phone = f"0900000{number:03d}"
    return MemberTold(
        full_name=name,
        place=place,
        decision=decision,
        decided_on=DECIDED_ON,
        phone=phone,
        **more,  # type: ignore[arg-type]
    )
