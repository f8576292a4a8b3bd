"""The files of the three networks: communicators, Party reporters, information officers."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from coso.organizations import policies
from coso.organizations.models import CommunicatorDuty, ReporterLevel
from coso.organizations.registers import members
from coso.organizations.rules import Network
from coso.registers.ports import Field, Register

_UNITS = ["tên xã", "xã", "phường", "xã phường", "xã phường thị trấn", "đơn vị"]

_COMMUNE = Field(
    "commune",
    gettext_lazy("Commune or ward"),
    _UNITS,
    required=True,
    max_length=200,
    example="Xã Sơn Kim 1",
    help=gettext_lazy("The name on the day of the file; the district in brackets where two have one name."),
)
_UNIT = Field(
    "commune",
    gettext_lazy("Commune or ward, or district of then"),
    [*_UNITS, "huyện", "quận huyện", "tên huyện"],
    max_length=200,
    example="Xã Sơn Kim 1",
    help=gettext_lazy("Left empty for the provincial and the central level."),
)
_DUTY = Field(
    "duty",
    gettext_lazy("Office in the village"),
    ["chức vụ", "chức danh", "nhiệm vụ"],
    kind="choice",
    required=True,
    choices=CommunicatorDuty.choices,
    example="Trưởng thôn, tổ trưởng tổ dân phố",
)
_LEVEL = Field(
    "level",
    gettext_lazy("Level"),
    ["cấp"],
    kind="choice",
    required=True,
    choices=ReporterLevel.choices,
    example="Cấp xã",
)
_BODY = Field(
    "organization",
    gettext_lazy("Body for which they take and answer"),
    ["cơ quan", "đơn vị công tác", "tên cơ quan"],
    max_length=200,
    help=gettext_lazy("Its name, short name or code on the day of the file."),
)


def _fields(own: Field, commune: Field, *, needs_areas: bool) -> list[Field]:
    return [
        Field(
            "full_name",
            gettext_lazy("Full name"),
            ["họ tên", "tên", "họ và tên"],
            required=True,
            max_length=120,
            example="Nguyễn Văn Mẫu",
        ),
        Field("phone", gettext_lazy("Phone"), ["số điện thoại", "sđt", "di động"], max_length=20, example="0900000001"),
        own,
        commune,
        Field(
            "commune_code",
            gettext_lazy("Commune code"),
            ["mã xã", "mã phường", "mã đơn vị"],
            max_length=20,
            example="18196",
        ),
        Field(
            "areas",
            gettext_lazy("Areas"),
            ["thôn", "địa bàn", "tên thôn", "tổ dân phố", "thôn tổ dân phố", "phụ trách"],
            kind="list",
            required=needs_areas,
            max_length=120,
            example="Thôn 1; Thôn 2",
            help=gettext_lazy("Names with a semicolon between; left empty where allowed: the whole of it."),
        ),
        Field(
            "languages",
            gettext_lazy("Languages beside Vietnamese"),
            ["ngôn ngữ", "tiếng dân tộc", "ngoại ngữ", "tiếng"],
            kind="list",
            choices=members.languages,
        ),
        Field(
            "decision",
            gettext_lazy("Number of the decision"),
            ["quyết định", "số quyết định công nhận", "số qđ"],
            required=True,
            max_length=120,
            example="12/QĐ-UBND",
        ),
        Field(
            "decided_on",
            gettext_lazy("Date of the decision"),
            ["ngày quyết định công nhận", "ngày qđ", "ngày ký"],
            kind="date",
            required=True,
            example="15/09/2025",
        ),
        Field(
            "ended_on",
            gettext_lazy("Last day"),
            ["ngày thôi", "thôi nhiệm vụ", "đến ngày"],
            kind="date",
            help=gettext_lazy("Only for somebody who serves no more."),
        ),
    ]


def may_import(person: Any) -> bool:
    """Tell whether a person may bring members in somewhere."""
    return policies.may(person, "register.import") and policies.may(person, "network.edit")


def _register(kind: str, network: Network, title: Any, fields: Sequence[Field]) -> Register:
    return Register(
        kind=kind,
        title=title,
        fields=fields,
        may_import=may_import,
        rows=partial(members.seen_by, network),
        read=members.read,
        plan=partial(members.plan, network),
        write=partial(members.write, network),
        kept=members.kept(network),
        page="organizations:networks",
    )


NETWORKS = [
    _register(
        "tuyen-truyen-vien",
        Network.COMMUNICATORS,
        gettext_lazy("Grassroots communicators"),
        _fields(_DUTY, _COMMUNE, needs_areas=True),
    ),
    _register(
        "bao-cao-vien",
        Network.REPORTERS,
        gettext_lazy("Reporters of the Party"),
        _fields(_LEVEL, _UNIT, needs_areas=False),
    ),
    _register(
        "thong-tin-vien",
        Network.INFORMATION_OFFICERS,
        gettext_lazy("Grassroots information officers"),
        _fields(_BODY, _COMMUNE, needs_areas=False),
    ),
]
