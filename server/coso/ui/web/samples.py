"""Made-up records with real names, for the pattern page only. Sample text, so it is not in the catalogue."""

from datetime import UTC, datetime, timedelta

from coso.ui.chips import Chip, Tone
from coso.ui.parts import Entry, Figure, Point, Segment, Step
from coso.ui.ports import Bell, NavLink, SearchField, Workplace, Workplaces, nav_groups

MORNING = datetime(2026, 11, 24, 0, 40, tzinfo=UTC)
"""07:40 in Hà Tĩnh."""

CHIPS = [
    Chip("Chờ bạn duyệt", Tone.NEED),
    Chip("Đang phát", Tone.ACTIVE, "speaker"),
    Chip("Đã phát tới 24/24 thôn", Tone.DONE),
    Chip("Chờ đến giờ phát", Tone.WAITING, "scheduled"),
    Chip("Mất kết nối", Tone.DANGER, "offline"),
    Chip("Đã rút", Tone.OFF, "withdrawn"),
]

NAV = [
    ("today", "Hôm nay", "today", 3),
    ("plans", "Kế hoạch", "plan", None),
    ("newsroom", "Bản tin", "bulletin", 2),
    ("broadcast", "Phát sóng", "broadcast", None),
    ("listening", "Ý kiến", "feedback", 5),
    ("factcheck", "Xác minh", "verify", None),
    ("registry", "Cơ sở vật chất", "facility", None),
    ("places", "Địa bàn", "place", None),
    ("funding", "Kinh phí", "money", None),
    ("reports", "Báo cáo", "report", None),
]

_OFFICE = "Văn phòng Điều phối Chương trình mục tiêu quốc gia xây dựng Nông thôn mới tỉnh"


class SampleShell:
    """The frame as an officer of Xã Kỳ Hoa sees it."""

    nav = [
        NavLink(key, word, icon, f"#{key}", key == "newsroom", badge, order=10 * place)
        for place, (key, word, icon, badge) in enumerate(NAV, start=1)
    ]
    phone_nav = [link for link in nav if link.key in {"today", "newsroom", "broadcast", "listening"}]
    more_nav = [link for link in nav if link.key not in {"today", "newsroom", "broadcast", "listening"}]
    nav_groups = nav_groups(nav)
    more_groups = nav_groups
    workplaces = Workplaces(
        current=Workplace("1", "Xã Kỳ Hoa", "Cán bộ văn hóa – thông tin"),
        others=[
            Workplace("2", _OFFICE, "Thành viên tổ truyền thông"),
            Workplace("3", "Ban Quản lý Khu kinh tế tỉnh", "Người soạn tin"),
        ],
        switch_url="#",
    )
    bell = Bell(4, "#thong-bao")
    search = SearchField("#tim", "Tìm bản tin, thôn, cụm loa, văn bản")
    banners: list[object] = []


VILLAGES = [
    ("18814-01", "Thôn Hoa Trung", 18.052, 106.236, Tone.DONE, 1240, None),
    ("18814-02", "Thôn Hoa Thắng", 18.043, 106.262, Tone.DONE, 986, None),
    ("18814-03", "Thôn Nam Tiến", 18.029, 106.247, Tone.DONE, 1105, None),
    ("18814-04", "Thôn 4", 18.021, 106.278, Tone.ACTIVE, 742, None),
    ("18814-05", "Thôn 5", 18.037, 106.291, Tone.NEED, 655, MORNING - timedelta(hours=2, minutes=50)),
    ("18814-06", "Thôn Tân Hà", 18.011, 106.263, Tone.DANGER, 1318, MORNING - timedelta(minutes=25)),
]
_WORDS = {
    Tone.DONE: "Đã phát",
    Tone.ACTIVE: "Đang phát",
    Tone.NEED: "Chưa tới, mất điện",
    Tone.DANGER: "Mất kết nối",
}
_ICONS = {Tone.NEED: "power-off", Tone.DANGER: "offline", Tone.ACTIVE: "speaker"}

POINTS = [Point(key, name, lat, lon, state, _WORDS[state]) for key, name, lat, lon, state, _people, _since in VILLAGES]

DAY = [
    Segment(0, 5 * 60, "Giờ yên tĩnh", "quiet"),
    Segment(5 * 60, 5 * 60 + 30, "Tiếp sóng Đài Tiếng nói Việt Nam", "relay"),
    Segment(5 * 60 + 30, 6 * 60, "Bản tin sáng của xã", "normal"),
    Segment(6 * 60 + 45, 7 * 60 + 15, "Lịch tiêm phòng đàn gia súc vụ đông (ưu tiên)", "priority"),
    Segment(11 * 60, 11 * 60 + 20, "Cụm loa Thôn 5 không phát như lịch", "silent"),
    Segment(17 * 60, 18 * 60, "Bản tin chiều và tiếp sóng Đài tỉnh", "planned"),
    Segment(21 * 60 + 30, 24 * 60, "Giờ yên tĩnh", "quiet"),
]

LIFE = [
    Step("Soạn", "done", MORNING - timedelta(days=1, hours=15), "Trần Thị Hoài"),
    Step("Gửi duyệt", "done", MORNING - timedelta(hours=16), "Trần Thị Hoài"),
    Step("Duyệt", "done", MORNING - timedelta(hours=1), "Nguyễn Văn Lĩnh"),
    Step("Phát", "now", "5/6 thôn đã nhận", ""),
    Step("Báo cáo", "ahead", "trước 26/11/2026", ""),
]

HISTORY = [
    Entry(MORNING, "Cụm loa Thôn Tân Hà mất kết nối", "hệ thống ghi nhận", "", Tone.DANGER),
    Entry(MORNING - timedelta(minutes=10), "Đã phát tới 3/6 thôn", "loa ký xác nhận", "", Tone.DONE),
    Entry(
        MORNING - timedelta(hours=1),
        "Bản tin được duyệt",
        "Nguyễn Văn Lĩnh, Phó Chủ tịch UBND xã",
        "Đồng ý phát từ 07:30. Nhắc lại vào buổi chiều.",
        Tone.DONE,
    ),
    Entry(MORNING - timedelta(hours=16), "Bản tin được gửi duyệt", "Trần Thị Hoài", "", Tone.ACTIVE),
]

FIGURES = [
    Figure(
        "Thôn nghe được bản tin sáng nay",
        "23/24",
        "",
        (18, 19, 19, 21, 20, 22, 22, 21, 23, 23, 24, 23),
        "12 tháng qua: từ 18 lên 23 thôn",
        "#thon",
        Tone.DONE,
        "Chưa tới: Thôn 5 (mất điện từ 04:50)",
    ),
    Figure(
        "Ý kiến chờ trả lời",
        5,
        "ý kiến",
        (2, 4, 3, 6, 5, 4, 7, 6, 5, 4, 4, 5),
        "12 tháng qua: từ 2 đến 7 ý kiến",
        "#y-kien",
        Tone.NEED,
        "2 ý kiến đến hạn hôm nay",
    ),
    Figure(
        "Phút phát trong tháng",
        1234.5,
        "phút",
        (900, 980, 1010, 1100, 1020, 1180, 1150, 1190, 1210, 1188, 1240, 1234),
        "12 tháng qua: từ 900 lên 1.234 phút",
        "#phut",
        Tone.ACTIVE,
    ),
]


def village_rows() -> list[dict[str, object]]:
    """Give the villages as rows of a list."""
    return [
        {
            "key": key,
            "name": name,
            "state": Chip(_WORDS[state], state, _ICONS.get(state, "")),
            "tone": str(state),
            "people": people,
            "silent_since": since,
            "commune": "Xã Kỳ Hoa",
        }
        for key, name, _lat, _lon, state, people, since in VILLAGES
    ]


def area(code: str, name: str, west: float, south: float, east: float, north: float) -> dict[str, object]:
    """Give one made-up square of a map."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


AREAS = {
    "type": "FeatureCollection",
    "features": [
        area("18814", "Xã Kỳ Hoa", 106.21, 17.99, 106.31, 18.07),
        area("18196", "Xã Sơn Kim 1", 106.31, 17.99, 106.40, 18.07),
        area("18073", "Phường Thành Sen", 106.21, 18.07, 106.40, 18.12),
    ],
}

AREA_STATES = {"18814": "active", "18196": "need", "18073": "done"}
