"""Who may sign in to the demo: one person for each role, made up, all with one password that is shown on screen."""

from dataclasses import dataclass

from coso.organizations import actions
from coso.organizations.models import ROLE_CHOICES, Organization, Person
from coso.organizations.rules import Role
from coso.places import queries as places

# Printed by `coso serve --demo` and on the demo's sign-in page: no secret, and never an account outside the demo.
DEMO_PASSWORD = "xem-thu-co-so"  # noqa: S105

DECISION = "Dữ liệu mẫu của bản trình diễn"


@dataclass(frozen=True)
class DemoAccount:
    """One person of the demo and the posts held."""

    username: str
    full_name: str
    role: Role
    place: str
    """The place in words, for the sign-in page."""
    codes: tuple[str, ...]
    """The codes of the places at which the post is held."""
    organization: str
    """The code of the organization."""

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(dict(ROLE_CHOICES)[self.role.value])

    def __str__(self) -> str:
        return f"{self.username:<20} {DEMO_PASSWORD}   {self.full_name}: {self.role_label}, {self.place}"


DEMO_ACCOUNTS = [
    DemoAccount(
        "bientap", "Nguyễn Thị Thu Hà", Role.PROVINCIAL_EDITOR, "Tỉnh Hà Tĩnh", ("42",), "so-vhttdl",
    ),
    DemoAccount(
        "duyet", "Trần Quốc Bình", Role.PROVINCIAL_APPROVER, "Tỉnh Hà Tĩnh", ("42",), "so-vhttdl",
    ),
    DemoAccount(
        "canbo.sonkim1", "Lê Thị Đào", Role.COMMUNE_OFFICER, "Xã Sơn Kim 1", ("18196",), "ubnd-18196",
    ),
    DemoAccount(
        "lanhdao.sonkim1", "Phạm Văn Ân", Role.COMMUNE_LEADER, "Xã Sơn Kim 1", ("18196",), "ubnd-18196",
    ),
    DemoAccount(
        "canbo.thanhsen", "Võ Thị Minh Ánh", Role.COMMUNE_OFFICER, "Phường Thành Sen", ("18073",), "ubnd-18073",
    ),
    DemoAccount(
        "lanhdao.thanhsen", "Hồ Sỹ Cường", Role.COMMUNE_LEADER, "Phường Thành Sen", ("18073",), "ubnd-18073",
    ),
    DemoAccount(
        "tuyentruyen.sonkim1", "Đặng Văn Ấm", Role.COMMUNICATOR, "Thôn 6, Thôn 7, Thôn 8 (Xã Sơn Kim 1)",
        ("18196-06", "18196-07", "18196-08"), "ubnd-18196",
    ),
    DemoAccount(
        "tuyentruyen.thanhsen", "Phan Thị Tuyết", Role.COMMUNICATOR,
        "Tổ dân phố 6, Tổ dân phố 7 (Phường Thành Sen)", ("18073-06", "18073-07"), "ubnd-18073",
    ),
    DemoAccount(
        "quantri", "Bùi Thị Yến", Role.ADMINISTRATOR, "Tỉnh Hà Tĩnh", ("42",), "so-vhttdl",
    ),
    DemoAccount(
        "thanhtra", "Nguyễn Đình Khải", Role.AUDITOR, "Tỉnh Hà Tĩnh", ("42",), "vp-ubnd",
    ),
]  # fmt: skip


def load_people() -> None:
    """Open the accounts that are missing; an account that is there keeps its posts and its password."""
    there = set(Person.objects.values_list("username", flat=True))
    units = {place.code: place for place in places.now()}
    bodies = {organization.code: organization for organization in Organization.objects.all()}
    for account in DEMO_ACCOUNTS:
        if account.username in there:
            continue
        person = actions.open_account(
            by="system",
            username=account.username,
            full_name=account.full_name,
            password=DEMO_PASSWORD,
            # Everybody is to know it: the sign-in page of the demonstration shows it.
            is_temporary=False,
        )
        for code in account.codes:
            actions.give_post(
                by="system",
                person=person,
                role=account.role,
                place=units[code],
                organization=bodies[account.organization],
                decision=DECISION,
            )
