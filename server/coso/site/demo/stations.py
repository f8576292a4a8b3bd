"""Sample stations of four communes and their twelve speaker clusters; some villages are left without any."""

from coso.places import queries as places
from coso.places.models import Place
from coso.places.rules.names import in_sentence
from coso.registry import actions
from coso.registry.models import SpeakerCluster, Station

# By commune: the numbers of the villages that each cluster serves. In Thành Sen two clusters reach group 3.
CLUSTERS = {
    "18196": [(1, 2), (3,), (4, 5)],
    "18199": [(1,), (2, 3), (4,)],
    "18073": [(1, 2, 3), (3, 4), (5,)],
    "18676": [(1, 2), (3, 4, 5), (6,)],
}


def load_stations() -> None:
    """Enter the sample stations and clusters that are missing."""
    units = {place.code: place for place in places.now()}
    there = set(SpeakerCluster.objects.values_list("code", flat=True))
    for code, served in CLUSTERS.items():
        station = _station(units[code])
        for number, villages in enumerate(served, start=1):
            if f"{code}-C{number:02d}" not in there:
                _cluster(station, number, [units[f"{code}-{village:02d}"] for village in villages])


def _station(commune: Place) -> Station:
    there = Station.objects.filter(place=commune, is_sample=True).first()
    name = f"Đài truyền thanh {in_sentence(commune.name)}"
    return there or actions.add_station(by="system", place=commune, name=name, is_sample=True)


def _cluster(station: Station, number: int, villages: list[Place]) -> None:
    """Enter one cluster; it stands amid the villages that it serves."""
    actions.add_cluster(
        by="system",
        station=station,
        code=f"{station.place.code}-C{number:02d}",
        name=f"Cụm loa {', '.join(in_sentence(village.name) for village in villages)}",
        villages=villages,
        latitude=round(sum(village.latitude or 0.0 for village in villages) / len(villages), 5),
        longitude=round(sum(village.longitude or 0.0 for village in villages) / len(villages), 5),
        is_sample=True,
    )
