"""A small province for tests: made quickly, with a person in every role and a place outside everybody's scope."""

from dataclasses import dataclass, field
from datetime import date

from coso.organizations.models import Organization, Person, Post
from coso.organizations.rules import Role
from coso.places.models import Level, Place
from coso.registry.models import SpeakerCluster, Station

SINCE = date(2025, 7, 1)


@dataclass
class World:
    """The province of a test."""

    province: Place
    son_kim: Place
    thach_ha: Place
    villages: list[Place]
    """Three villages of Sơn Kim 1."""
    other_villages: list[Place]
    """Three villages of Thạch Hà."""
    department: Organization
    editor: Person
    approver: Person
    officer: Person
    """The officer of Sơn Kim 1."""
    leader: Person
    """The leader of Sơn Kim 1."""
    other_officer: Person
    """The officer of Thạch Hà: another unit's scope."""
    other_leader: Person
    communicator: Person
    """The communicator of the first village of Sơn Kim 1."""
    administrator: Person
    auditor: Person
    clusters: list[SpeakerCluster] = field(default_factory=list)
    """Two clusters of Sơn Kim 1: the first serves village 1, the second village 2; village 3 has none."""


def place(code: str, name: str, level: Level, parent: Place | None = None, **more: object) -> Place:
    """Make a unit valid since the two-level government began."""
    return Place.objects.create(code=code, name=name, level=level, parent=parent, valid_from=SINCE, **more)


def person(
    username: str, full_name: str, role: Role, *places: Place, organization: Organization | None = None
) -> Person:
    """Make a person who holds one role at each place."""
    made = Person.objects.create_user(username, "mat-khau-thu-nghiem", full_name=full_name)
    for where in places:
        Post.objects.create(person=made, role=role, place=where, organization=organization, held_from=SINCE)
    return made


def build() -> World:
    """Make the province."""
    province = place("42", "Tỉnh Hà Tĩnh", Level.PROVINCE)
    son_kim = place("18196", "Xã Sơn Kim 1", Level.COMMUNE, province, latitude=18.42, longitude=105.18)
    thach_ha = place("18562", "Xã Thạch Hà", Level.COMMUNE, province, latitude=18.37, longitude=105.85)
    villages = [place(f"18196-0{i}", f"Thôn {i}", Level.VILLAGE, son_kim, is_sample=True) for i in (1, 2, 3)]
    others = [place(f"18562-0{i}", f"Thôn Đông {i}", Level.VILLAGE, thach_ha, is_sample=True) for i in (1, 2, 3)]
    department = Organization.objects.create(
        code="so-vhttdl", name="Sở Văn hóa, Thể thao và Du lịch", kind="provincial_department", place=province
    )
    station = Station.objects.create(name="Đài truyền thanh xã Sơn Kim 1", place=son_kim)
    clusters = []
    for i, village in enumerate(villages[:2], start=1):
        cluster = SpeakerCluster.objects.create(code=f"SK1-0{i}", name=f"Cụm loa Thôn {i}", station=station)
        cluster.villages.add(village)
        clusters.append(cluster)
    return World(
        province=province,
        son_kim=son_kim,
        thach_ha=thach_ha,
        villages=villages,
        other_villages=others,
        department=department,
        editor=person("bientap", "Nguyễn Thị Hoa", Role.PROVINCIAL_EDITOR, province, organization=department),
        approver=person("duyet", "Trần Văn Bình", Role.PROVINCIAL_APPROVER, province, organization=department),
        officer=person("canbo", "Lê Thị Đào", Role.COMMUNE_OFFICER, son_kim),
        leader=person("lanhdao", "Phạm Văn Ân", Role.COMMUNE_LEADER, son_kim),
        other_officer=person("canbo2", "Võ Thị Ánh", Role.COMMUNE_OFFICER, thach_ha),
        other_leader=person("lanhdao2", "Hồ Văn Ước", Role.COMMUNE_LEADER, thach_ha),
        communicator=person("tuyentruyen", "Đặng Văn Ấm", Role.COMMUNICATOR, villages[0]),
        administrator=person("quantri", "Bùi Thị Yến", Role.ADMINISTRATOR, province),
        auditor=person("thanhtra", "Đỗ Văn Khải", Role.AUDITOR, province),
        clusters=clusters,
    )
