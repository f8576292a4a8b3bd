"""Speaker clusters: new ones under their station, and what is told of those that are there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.journal.bus import publish
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.organizations import policies
from coso.places.models import Level, Place
from coso.places.queries.finder import Found
from coso.registers.ports import Blocked, Field, Kept, Plan, Register, Row, Written, held, put_back
from coso.registry import queries
from coso.registry.actions.clusters import ClusterFacts, faults_of
from coso.registry.events import ClusterAdded, ClusterServesOthers
from coso.registry.models import Link, Power, SpeakerCluster, Station
from coso.registry.registers.common import (
    COMMUNE,
    COMMUNE_CODE,
    changed_plan,
    communes_of,
    day_json,
    finder_of,
    may_import,
    outside,
    within,
)
from coso.registry.rules.codes import is_cluster_code

_FACTS = ("link", "power", "battery_hours", "range_m", "installed_on")
_PLAIN = ("name", "latitude", "longitude", "is_networked", *_FACTS)
_TEXTS = ("name", "link", "power")


@dataclass
class Record:
    """A cluster as a row makes it, with the ids of its villages."""

    cluster: SpeakerCluster
    villages: list[int]


def seen_by(person: Any) -> QuerySet[SpeakerCluster]:
    """List the standing clusters within a person's places, commune by commune."""
    found = queries.standing_clusters()
    if person != "system":
        found = found.filter(policies.scope(person, "registry.read", "station__place__path"))
    joined = found.select_related("station__place__current__parent", "station__place__parent")
    return joined.order_by("station__place__sort_key", "code")


def read(cluster: SpeakerCluster) -> Mapping[str, Any]:
    """Give a cluster's values by field name."""
    home = queries.commune_of(cluster.station.place)
    return {
        "code": cluster.code,
        "commune": home.name,
        "commune_code": home.code,
        "station": cluster.station.name,
        "villages": [village.name for village in cluster.villages.all()],
        **{name: getattr(cluster, name) for name in _PLAIN},
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a code that is there means a change, another one a new cluster."""
    communes = communes_of(rows, day)
    codes = [(row.values["code"] or "").strip().upper() for row in rows]
    there = {
        one.code: one
        for one in held(SpeakerCluster.objects.filter(code__in=codes))
        .select_related("station__place__current__parent", "station__place__parent")
        .prefetch_related("villages")
    }
    stations = _stations([one.place for one in communes.values() if one.place])
    plans = []
    for row, code in zip(rows, codes, strict=True):
        commune = communes.get(row.number)
        if commune is None and code in there and not outside(by, there[code].station.place):
            # A known code says it all: its place is not in question.
            commune = Found(queries.commune_of(there[code].station.place), there[code].station.place)
        if commune is None or commune.place is None:
            words = commune.problem if commune else _("Give the commune or its code.")
            plans.append(Plan(row, errors={"commune": words}))
            continue
        made = _one(row, code, commune, there.get(code), stations, by, day)
        if commune.warning and not made.errors:
            made.warnings = [commune.warning]
        plans.append(made)
    return plans


def _stations(communes: Iterable[Place]) -> dict[int, list[Station]]:
    found: dict[int, list[Station]] = defaultdict(list)
    rows = held(Station.objects.filter(place__current__in=[place.pk for place in communes], closed_on=None))
    for one in rows.select_related("place__current__parent", "place__parent").order_by("pk"):
        found[queries.commune_of(one.place).pk].append(one)
    return found


def _one(
    row: Row,
    code: str,
    commune: Found,
    same: SpeakerCluster | None,
    stations: Mapping[int, list[Station]],
    by: Any,
    day: date,
) -> Plan:
    home = commune.place
    assert home is not None
    if words := outside(by, home):
        return Plan(row, errors={"commune": words})
    station, errors = _station(row, home, same, stations, by)
    if same is None and not is_cluster_code(code):
        errors["code"] = _("The code has 3 to 30 capital letters without marks, figures or hyphens.")
    if same is not None and same.is_retired:
        errors["code"] = _("The cluster %(code)s is retired; put it up again on its page first.") % {"code": code}
    villages, more = _villages(row, commune, day)
    errors |= more
    if errors or station is None:
        return Plan(row, errors=errors)
    given = {name: row.values[name] for name in _PLAIN if name in row.values}
    given = {name: "" if value is None and name in _TEXTS else value for name, value in given.items()}
    if given.get("is_networked", True) is None:
        del given["is_networked"]
    before = _told(_standing(same)) if same else {}
    cluster = same or SpeakerCluster(code=code, station=station)
    for name, value in given.items():
        setattr(cluster, name, value)
    facts = ClusterFacts(**{name: getattr(cluster, name) for name in _FACTS})
    if wrong := faults_of(cluster.name, cluster.latitude, cluster.longitude, facts, None):
        return Plan(row, errors={name: " ".join(lines) for name, lines in wrong.items()})
    if villages is None:
        villages = _standing(same).villages if same else []
    record = Record(cluster, villages)
    if same is None:
        return Plan(row, record, is_new=True, now=_told(record), where=[station.pk])
    return changed_plan(row, record, same.pk, before, _told(record))


def _station(
    row: Row, home: Place, same: SpeakerCluster | None, stations: Mapping[int, list[Station]], by: Any
) -> tuple[Station | None, dict[str, str]]:
    """Find the station of a row: the one named, else the only one of the commune."""
    if same is not None:
        if queries.commune_of(same.station.place) == home:
            return same.station, {}
        if outside(by, same.station.place):
            return None, {"code": _("Another cluster has the code %(code)s.") % {"code": same.code}}
        said = {"code": same.code, "name": same.name, "commune": queries.commune_of(same.station.place).name}
        return None, {"code": _("The code %(code)s is that of %(name)s in %(commune)s.") % said}
    found = stations.get(home.pk, [])
    name = row.values["station"]
    if name:
        found = [one for one in found if fold(one.name) == fold(name)]
        if not found:
            said = {"name": name, "commune": home.name}
            return None, {"station": _("%(commune)s has no station of the name “%(name)s”.") % said}
    if not found:
        return None, {"commune": _("%(commune)s has no station yet; enter it first.") % {"commune": home.name}}
    if len(found) > 1:
        return None, {"station": _("%(commune)s has several stations; name the one.") % {"commune": home.name}}
    return found[0], {}


def _villages(row: Row, commune: Found, day: date) -> tuple[list[int] | None, dict[str, str]]:
    """Find the villages of a row; None when the file has no such column."""
    if "villages" not in row.values:
        return None, {}
    found = [
        finder_of(day).find(name, level=Level.VILLAGE, parent=commune.then) for name in row.values["villages"] or []
    ]
    if problems := [one.problem for one in found if one.place is None]:
        return None, {"villages": " ".join(problems)}
    return sorted({one.place.pk for one in found if one.place}), {}


def _standing(cluster: SpeakerCluster) -> Record:
    return Record(cluster, sorted(village.pk for village in cluster.villages.all()))


def _told(record: Record) -> dict[str, Any]:
    told = {name: getattr(record.cluster, name) for name in _PLAIN}
    return told | {"installed_on": day_json(record.cluster.installed_on), "villages_ids": record.villages}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new clusters, and what changed of others; tell who follows them."""
    records: list[Record] = [plan.record for plan in plans]
    for record in records:
        record.cluster.index_name()
    SpeakerCluster.objects.bulk_create([plan.record.cluster for plan in plans if plan.is_new])
    _save([plan.record.cluster for plan in plans if not plan.is_new])
    served = [plan.record for plan in plans if plan.is_new or "villages_ids" in plan.now]
    _serve(served)
    for plan_ in plans:
        if plan_.is_new:
            publish(ClusterAdded(cluster_id=plan_.record.cluster.pk))
        elif "villages_ids" in plan_.now:
            publish(ClusterServesOthers(cluster_id=plan_.record.cluster.pk))
    return [Written(str(plan.record.cluster.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _save(clusters: Sequence[SpeakerCluster]) -> None:
    SpeakerCluster.objects.bulk_update(clusters, [*_PLAIN, "folded", "sort_key"], batch_size=200)


def _serve(records: Sequence[Record]) -> None:
    through = SpeakerCluster.villages.through
    through.objects.filter(speakercluster_id__in=[one.cluster.pk for one in records]).delete()
    through.objects.bulk_create(
        through(speakercluster_id=one.cluster.pk, place_id=village) for one in records for village in one.villages
    )


def _put_back(cluster: SpeakerCluster, was: Mapping[str, Any]) -> Record:
    record = _standing(cluster)
    record.villages = was.get("villages_ids", record.villages)
    put_back("installed_on")(cluster, {name: value for name, value in was.items() if name != "villages_ids"})
    return record


def _save_back(records: Sequence[Record]) -> None:
    _save([record.cluster for record in records])
    moved = [record for record in records if record != _standing(record.cluster)]
    _serve(moved)
    for record in moved:
        publish(ClusterServesOthers(cluster_id=record.cluster.pk))


def _remove(clusters: Sequence[SpeakerCluster]) -> None:
    """Delete clusters; devices, plays, equipment and defects protect theirs."""
    for cluster in clusters:
        key = str(cluster.pk)
        try:
            cluster.delete()
        except ProtectedError:
            raise Blocked(key, _("Something hangs on %(name)s since.") % {"name": cluster.name}) from None


CLUSTERS = Register(
    kind="cum-loa",
    title=gettext_lazy("Loudspeaker clusters"),
    fields=[
        Field("code", gettext_lazy("Code"), ["mã cụm loa", "mã", "mã cụm"], required=True, max_length=30,
              example="18196-C01"),
        Field("name", gettext_lazy("Cluster"), ["tên cụm loa", "cụm loa", "tên"], required=True, max_length=160,
              example="Cụm loa Thôn 1"),
        COMMUNE,
        COMMUNE_CODE,
        Field("station", gettext_lazy("Station"), ["đài", "tên đài", "đài truyền thanh"], max_length=160,
              help=gettext_lazy("Of a new cluster, where the commune has several stations.")),
        Field("villages", gettext_lazy("Villages served"), ["thôn phục vụ", "thôn nghe được", "thôn"], kind="list",
              example="Thôn 1; Thôn 2"),
        Field("latitude", gettext_lazy("Latitude"), ["vĩ độ", "vd", "lat"], kind="number", example="18,42153"),
        Field("longitude", gettext_lazy("Longitude"), ["kinh độ", "kd", "lon", "lng"], kind="number",
              example="105,18042"),
        Field("is_networked", gettext_lazy("On a network"), ["nối mạng"], kind="yes_no", example="Có"),
        Field("link", gettext_lazy("Link"), ["kết nối", "loại kết nối"], kind="choice", choices=Link.choices),
        Field("power", gettext_lazy("Power"), ["nguồn", "cấp điện"], kind="choice", choices=Power.choices),
        Field("battery_hours", gettext_lazy("Hours on its battery"), ["giờ ắc quy", "ắc quy"], kind="number"),
        Field("range_m", gettext_lazy("Heard how far, in metres"), ["bán kính", "tầm phủ", "tầm nghe"], kind="whole",
              example="400"),
        Field("installed_on", gettext_lazy("Installed on"), ["ngày lắp", "lắp đặt"], kind="date",
              example="20/05/2024"),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda cluster: Ref("cluster", str(cluster.pk)),
        verbs=[
            "registry.cluster_edited",
            "registry.cluster_villages_set",
            "registry.cluster_retired",
            "registry.cluster_restored",
        ],
        records=lambda: SpeakerCluster.objects.prefetch_related("villages"),
        told=lambda cluster: _told(_standing(cluster)),
        put_back=_put_back,
        save=_save_back,
        remove=_remove,
        inside=within("station__place__path"),
        gone=gettext_lazy("The cluster is no longer there."),
        name=lambda cluster: cluster.name,
        grown=lambda cluster, one: cluster.is_retired,
    ),
    key_of=lambda row: str(row.values["code"] or "").strip().upper(),
    page="registry:clusters",
)  # fmt: skip
