"""What is asked in `bench/registry.py`: each page, and hand-written SQL that finds what the page tells."""

# ruff: noqa: S608 every word of the SQL is our own

from dataclasses import dataclass, field

P = "JOIN places_place p ON p.id = {of}.place_id"
CLUSTERS = "registry_speakercluster c JOIN registry_facility f ON f.id = c.station_id " + P.format(of="f")
FACILITIES = "registry_facility f " + P.format(of="f")
EQUIPMENT = "registry_equipment e JOIN registry_facility f ON f.id = e.facility_id " + P.format(of="f")
DEFECTS = "registry_defect d JOIN registry_facility f ON f.id = d.facility_id " + P.format(of="f")
INSPECTIONS = "registry_inspection i JOIN registry_facility f ON f.id = i.facility_id " + P.format(of="f")

HEARD = (
    "EXISTS (SELECT 1 FROM registry_speakercluster_villages cv "
    "JOIN registry_speakercluster c ON c.id = cv.speakercluster_id "
    "WHERE cv.place_id = p.id AND c.retired_on IS NULL AND (NOT c.is_networked OR EXISTS ("
    "SELECT 1 FROM devices_device d WHERE d.cluster_id = c.id AND d.revoked_at IS NULL AND d.heard_at >= {lately})))"
)
BOARD = (
    "EXISTS (SELECT 1 FROM registry_facility_serves fs JOIN registry_facility f ON f.id = fs.facility_id "
    "WHERE fs.place_id = p.id AND f.closed_on IS NULL)"
)
COMMUNICATOR = (
    "EXISTS (SELECT 1 FROM organizations_communicator_areas ca JOIN organizations_communicator m "
    "ON m.id = ca.communicator_id WHERE ca.place_id IN (p.id, p.parent_id) AND m.ended_on IS NULL)"
)
SIGNAL = "EXISTS (SELECT 1 FROM registry_signal s WHERE s.village_id = p.id AND s.strength <> 'none')"
VILLAGE = "p.level = 'village' AND p.valid_to IS NULL"
CHOICES = "SELECT p.id, p.name FROM places_place p WHERE {scope} AND p.level = 'commune' ORDER BY p.sort_key"


@dataclass(frozen=True)
class Question:
    """One page and its floor. `{scope}` keeps a person's own; `{lately}` is since when a device counts as heard."""

    name: str
    url: str
    count: str
    """SQL of how many rows the list has: checked against the page."""
    others: list[str] = field(default_factory=list)
    """SQL of its rows and of what else it tells."""
    typed: str = ""


def listed(
    name: str, url: str, source: str, columns: str, order: str, *more: str, where: str = "", typed: str = ""
) -> Question:
    """Make the question of an ordinary list: its count, its first 25 rows, its choices of communes, and more."""
    condition = f"{{scope}} AND {where}" if where else "{scope}"
    return Question(
        name,
        url,
        f"SELECT COUNT(*) FROM {source} WHERE {condition}",
        [f"SELECT {columns} FROM {source} WHERE {condition} ORDER BY {order} LIMIT 25", CHOICES, *more],
        typed,
    )


def _found(table: str, *also: str) -> str:
    return f"({table}.folded LIKE '%dong%'" + "".join(f" OR {one}.folded LIKE '%dong%'" for one in also) + ")"


def questions() -> list[Question]:
    """List the pages that are asked for."""
    doing = (
        "SELECT COUNT(*), COUNT(d.id), SUM(CASE WHEN d.heard_at >= {lately} THEN 1 ELSE 0 END) FROM "
        f"{CLUSTERS} LEFT JOIN devices_device d ON d.cluster_id = c.id AND d.revoked_at IS NULL WHERE {{scope}}"
    )
    broken = (
        f"SELECT COUNT(*) FROM {FACILITIES} WHERE {{scope}} AND f.closed_on IS NULL AND EXISTS "
        "(SELECT 1 FROM registry_defect d WHERE d.facility_id = f.id AND d.state IN ('open', 'in_repair'))"
    )
    standing = f"SELECT COUNT(*) FROM {FACILITIES} WHERE {{scope}} AND f.closed_on IS NULL"
    waiting = (
        f"SELECT COUNT(*), SUM(CASE WHEN d.due_on < '2026-11-24' THEN 1 ELSE 0 END) FROM {DEFECTS} "
        "WHERE {scope} AND d.state IN ('open', 'in_repair')"
    )
    reached = f"{HEARD} AS a, {BOARD} AS b, {COMMUNICATOR} AS m, {SIGNAL} AS s"
    none = f"NOT {HEARD} AND NOT {BOARD} AND NOT {COMMUNICATOR} AND NOT {SIGNAL}"
    cluster, facility = "c.id, c.code, c.name, f.name, p.name", "f.id, f.kind, f.code, f.name, p.name"
    equipment = "e.id, e.kind, e.state, e.name, e.serial, f.name"
    defect = "d.id, d.description, d.due_on, d.state, f.name"
    inspection = "i.id, i.filled_at, i.findings, f.name, p.name"
    village, newest = "p.id, p.name, p.population", "i.filled_at DESC, i.id DESC"
    stands = "SELECT 1 FROM registry_speakercluster_villages cv WHERE cv.place_id = "
    served = (
        "(SELECT COUNT(*) FROM places_place v WHERE v.parent_id = p.id AND v.level = 'village'), "
        f"(SELECT COUNT(*) FROM places_place v WHERE v.parent_id = p.id AND EXISTS ({stands} v.id))"
    )
    # The page shows each commune, then its villages; ordered by the name alone, the first rows would be other rows.
    by_commune = "CASE WHEN p.level = 'village' THEN k.sort_key ELSE p.sort_key END, p.level, p.sort_key, p.id"
    by_level = "SELECT p.level, COUNT(*) FROM places_place p WHERE {scope} AND p.valid_to IS NULL GROUP BY p.level"
    # The page tells how many pieces there are and how many are in repair: told by the floor too, in one question.
    pieces = (
        "SELECT SUM(e.quantity), SUM(CASE WHEN e.state = 'in_repair' THEN e.quantity ELSE 0 END) FROM "
        f"{EQUIPMENT} WHERE {{scope}} AND e.state <> 'written_off'"
    )
    unheard = f"SELECT COUNT(*) FROM places_place p WHERE {{scope}} AND {VILLAGE} AND NOT EXISTS ({stands} p.id)"
    # First the own villages, then the rows of the page, then what reaches these: in one go PostgreSQL goes through the
    # whole country by its order, and asks of all villages what is asked of twenty-five.
    first_villages = (
        "WITH own AS MATERIALIZED (SELECT p.id, p.parent_id, p.name, p.population, p.sort_key FROM places_place p "
        f"WHERE {{scope}} AND {VILLAGE}) SELECT p.*, {reached} FROM (SELECT own.*, k.name AS commune FROM own "
        "JOIN places_place k ON k.id = own.parent_id ORDER BY k.sort_key, own.sort_key, own.id LIMIT 25) p"
    )
    grouped = (
        "SELECT parent_id, a, b, m, s, COUNT(*), SUM(population) FROM (SELECT p.parent_id, p.population, "
        f"{reached} FROM places_place p WHERE {{scope}} AND {VILLAGE}) q GROUP BY parent_id, a, b, m, s"
    )
    return [
        listed("clusters", "registry:clusters", CLUSTERS, cluster, "c.sort_key, c.id", doing),
        listed(
            "clusters, searched", "registry:clusters", CLUSTERS, cluster, "c.sort_key, c.id", doing,
            where=_found("c", "p"), typed="đông",
        ),
        listed(
            "facilities", "registry:facilities", FACILITIES, facility, "p.sort_key, f.sort_key, f.id", standing, broken,
        ),
        listed(
            "facilities, searched", "registry:facilities", FACILITIES, facility, "f.sort_key, f.id", standing, broken,
            where=_found("f", "p"), typed="đông",
        ),
        listed("equipment", "registry:equipment-list", EQUIPMENT, equipment, "e.sort_key, e.id", pieces),
        listed(
            "defects", "registry:defects", DEFECTS, defect, "d.due_on, d.id", waiting,
            where="d.state IN ('open', 'in_repair')",
        ),
        listed("inspections", "registry:inspections", INSPECTIONS, inspection, newest),
        listed(
            "inspections, searched", "registry:inspections", INSPECTIONS, inspection, newest,
            where=_found("f", "p"), typed="đông",
        ),
        listed(
            "places", "places:places", "places_place p LEFT JOIN places_place k ON k.id = p.parent_id",
            f"{village}, {served}", by_commune,
            by_level, unheard,
            where="p.level IN ('commune', 'village') AND p.valid_to IS NULL",
        ),
        Question(
            "villages and what reaches them",
            "registry:coverage-villages",
            f"SELECT COUNT(*) FROM places_place p WHERE {{scope}} AND {VILLAGE}",
            [first_villages, CHOICES],
        ),
        listed(
            "villages that nothing reaches", "registry:uncovered", "places_place p", village,
            "p.population DESC, p.id", where=f"{VILLAGE} AND {none}",
        ),
        Question(
            "coverage, rolled up",
            "registry:coverage",
            f"SELECT COUNT(DISTINCT p.parent_id) FROM places_place p WHERE {{scope}} AND {VILLAGE}",
            [grouped, CHOICES],
        ),
    ]  # fmt: skip
