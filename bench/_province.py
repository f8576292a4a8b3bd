"""A country's worth of made-up rows, written by COPY or executemany: far too many to make one by one."""

import json
import random
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from coso.kit import clock, text

SINCE = date(2025, 7, 1)
SYLLABLES = "An Bình Cẩm Dương Đông Đức Giang Hà Hải Hòa Hồng Hương Kim Kỳ Lộc Minh Nam Ngọc Nghi Phú Phúc Quang Sơn "
SYLLABLES += "Tân Thạch Thành Thượng Tiến Trung Trường Tùng Vĩnh Vũ Xuân Yên"


def name(rng: random.Random, prefix: str) -> str:
    """Make up a name of two syllables."""
    return f"{prefix} {' '.join(rng.sample(SYLLABLES.split(), 2))}"


def fill(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of one table by the quickest way that its database has; the values are as the database holds them."""
    columns = [model._meta.get_field(field).column for field in fields]  # type: ignore[union-attr]
    _write(model._meta.db_table, columns, rows)


def _write(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" for _ in columns)
            cursor.cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608


def day(offset: int) -> str:
    """Give a day so many days after the beginning, as both databases take it."""
    return (SINCE + timedelta(days=offset)).isoformat()


def moment(minutes: int) -> Any:
    """Give a moment so many minutes after the beginning, as the database takes it."""
    at = datetime(2025, 7, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    return at if connection.vendor == "postgresql" else at.strftime("%Y-%m-%d %H:%M:%S.%f")


def ident(rng: random.Random) -> Any:
    """Make an id as the database takes it."""
    made = uuid.UUID(int=rng.getrandbits(128), version=4)
    return made if connection.vendor == "postgresql" else made.hex


class Country:
    """34 provinces with communes and villages; a station in each commune, a cluster with a device for every village."""

    def __init__(self, *, communes: int, devices: int, inspections: int) -> None:
        self.rng = random.Random(82)  # noqa: S311
        self.communes, self.devices, self.inspections = communes, devices, inspections

    def build(self) -> None:
        """Write everything and let the database learn what it holds."""
        self._places()
        self._stations()
        self._devices()
        self._facilities()
        self._equipment()
        self._communicators()
        self._inspections()
        self._defects()
        self._reset()

    def _places(self) -> None:
        from coso.places.models import Place

        fields = [
            "id", "code", "name", "level", "parent", "path", "current", "current_path", "valid_from",
            "dates_verified", "population", "is_sample", "source", "folded", "sort_key", "figures_estimated",
        ]  # fmt: skip
        rows: list[list[Any]] = []

        def add(code: str, title: str, level: str, parent: list[Any] | None, people: int | None) -> list[Any]:
            pk = len(rows) + 1
            path = f"{parent[5] if parent else '/'}{pk}/"
            row = [
                pk, code, title, level, parent[0] if parent else None, path, pk, path, SINCE.isoformat(),
                True, people, False, "", text.fold(title), text.sort_key(title)[:400], False,
            ]  # fmt: skip
            rows.append(row)
            return row

        provinces = [add(f"P{i:02d}", name(self.rng, "Tỉnh"), "province", None, None) for i in range(34)]
        self.province_ids = [row[0] for row in provinces]
        communes = [
            add(f"{i:05d}", name(self.rng, "Xã"), "commune", provinces[i % 34], None) for i in range(self.communes)
        ]
        self.commune_rows = [(row[0], row[2]) for row in communes]
        villages = [
            add(f"V{i:06d}", f"Thôn {i // self.communes + 1}", "village", communes[i % self.communes],
                self.rng.randint(120, 1500))
            for i in range(self.devices)
        ]  # fmt: skip
        self.village_ids = [row[0] for row in villages]
        fill(Place, fields, rows)

    def _stations(self) -> None:
        from coso.registry.models import Facility, SpeakerCluster, StationProfile

        rows = []
        for i, (place, title) in enumerate(self.commune_rows, start=1):
            label = f"Đài truyền thanh {title.lower()}"
            rows.append(self._facility(i, "commune_station", f"DTT{i:05d}", label, place))
        fill(Facility, self._facility_fields, rows)
        fill(StationProfile, ["station", "mode", "licence_number"], ([i + 1, "ip", ""] for i in range(self.communes)))
        fields = [
            "id", "code", "name", "station", "is_networked", "link", "power", "is_sample", "folded", "sort_key",
        ]  # fmt: skip
        fill(SpeakerCluster, fields, (self._cluster(i) for i in range(self.devices)))
        through = SpeakerCluster.villages.through
        pairs = ([i + 1, village] for i, village in enumerate(self.village_ids) if i % 11)
        _write(through._meta.db_table, ["speakercluster_id", "place_id"], pairs)

    def _cluster(self, i: int) -> list[Any]:
        code, title = f"C-{i:06d}", name(self.rng, "Cụm loa")
        folded, key = text.fold(f"{code} {title}"), text.sort_key(title)[:600]
        return [i + 1, code, title, i % self.communes + 1, True, "sim", "grid", False, folded, key]

    _facility_fields = (
        "id", "kind", "code", "name", "place", "address", "keeper", "keeper_phone", "opening_hours", "note",
        "is_sample", "folded", "sort_key",
    )  # fmt: skip

    def _facility(self, pk: int, kind: str, code: str, title: str, place: int) -> list[Any]:
        folded, key = text.fold(f"{code} {title}"), text.sort_key(title)[:600]
        return [pk, kind, code, title, place, "", "", "", "", "", False, folded, key]

    def _devices(self) -> None:
        from coso.devices.models import Device

        fields = [
            "id",
            "kind",
            "serial",
            "cluster",
            "secret",
            "public_key",
            "software",
            "enrolled_at",
            "heard_at",
            "state",
        ]
        sealed = Device._meta.get_field("secret").get_db_prep_save(b"x" * 32, connection)
        rows = (
            [
                ident(self.rng), "speaker", f"S{i:07d}", i + 1, sealed, b"", "coso-agent 0.1",
                moment(i), self._heard(i), "{}",
            ]
            for i in range(self.devices)
        )  # fmt: skip
        fill(Device, fields, rows)

    def _heard(self, i: int) -> Any:
        # A day ahead: half of the devices stay heard however long the measurement takes.
        return (
            moment(int((clock.now() - datetime(2025, 7, 1, tzinfo=UTC)).total_seconds() // 60) + 1440)
            if i % 2
            else moment(i)
        )

    def _equipment(self) -> None:
        from coso.registry.models import Equipment

        fields = [
            "kind", "state", "facility", "name", "maker", "serial", "quantity", "funding_source", "note", "is_sample",
            "folded", "sort_key",
        ]  # fmt: skip
        rows = (
            [
                "speaker", "in_use", i % self.communes + 1, f"Loa nén {i % 90} W", "Đông Á", f"SN{i:07d}", 1, "", "",
                False, f"loa nen {i % 90} w dong a sn{i:07d}", text.sort_key(f"Loa nén {i % 90} W"),
            ]
            for i in range(self.devices)
        )  # fmt: skip
        fill(Equipment, fields, rows)

    def _communicators(self) -> None:
        from coso.organizations.models import Communicator

        fields = [
            "id", "full_name", "phone", "place", "decision", "decided_on", "decision_sha256", "decision_file",
            "is_sample", "folded", "sort_key", "duty",
        ]  # fmt: skip
        every = [i for i in range(self.devices) if i % 5 == 0]
        titles = {i: name(self.rng, "Nguyễn") for i in every}
        rows = (
            [
                i + 1, titles[i], "", self.commune_rows[i % self.communes][0], "01/QĐ", SINCE.isoformat(), "", "",
                False, text.fold(titles[i]), text.sort_key(titles[i])[:400], "village_head",
            ]
            for i in every
        )  # fmt: skip
        fill(Communicator, fields, rows)
        pairs = ([i + 1, self.village_ids[i]] for i in every)
        _write(Communicator.areas.through._meta.db_table, ["communicator_id", "place_id"], pairs)

    def _facilities(self) -> None:
        from coso.registry.models import Facility

        kinds = ("culture_house", "notice_board", "law_bookcase")
        first = self.communes + 1
        self.houses = range(first, first + 3 * self.communes)
        rows = (
            self._facility(
                pk,
                kinds[i % 3],
                f"TC{i:06d}",
                name(self.rng, ("Nhà văn hóa", "Bảng tin", "Tủ sách pháp luật")[i % 3]),
                self.commune_rows[i // 3][0],
            )
            for i, pk in enumerate(self.houses)
        )
        fill(Facility, self._facility_fields, rows)

    def _inspections(self) -> None:
        from coso.organizations.models import Person
        from coso.registry.models import Checklist, Inspection

        checklist = Checklist.objects.order_by("pk").first() or Checklist.objects.create(
            code="do-tai", title="Đo tải", source="", valid_from=SINCE
        )
        by = Person.objects.create_user("kiemtra", None, full_name="Người kiểm tra").pk
        answers = json.dumps({"1": {"value": "yes"}, "2": {"value": "no", "note": "Loa rè"}})
        fields = [
            "id", "facility", "checklist", "by", "answers", "findings", "is_done", "filled_at", "received_at",
            "version",
        ]  # fmt: skip
        many = 4 * self.communes
        rows = (
            [
                ident(self.rng), i % many + 1, checklist.pk, by, answers, i % 3, True, moment(i), moment(i), 1,
            ]
            for i in range(self.inspections)
        )  # fmt: skip
        fill(Inspection, fields, rows)

    def _defects(self) -> None:
        from coso.registry.models import Defect

        fields = ["facility", "description", "due_on", "state", "climbed", "opened_at", "folded"]
        rows = (
            [
                i % (4 * self.communes) + 1,
                f"Loa rè số {i}",
                day(i % 500),
                ("open", "in_repair", "mended")[i % 3],
                0,
                moment(i),
                f"loa re so {i}",
            ]
            for i in range(self.inspections // 10)
        )
        fill(Defect, fields, rows)

    def _reset(self) -> None:
        from django.apps import apps

        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
                cursor.execute(sql)
            cursor.execute("ANALYZE")
