"""The operator's base map, a .pmtiles file beside the system; without one, maps show areas only."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from coso.registry.rules import pmtiles


@dataclass(frozen=True)
class BaseMap:
    """A base map that can be drawn."""

    path: Path
    credit: str
    """Whom the file thanks; it stands on the map."""


def base_map() -> BaseMap | None:
    """Give the base map that the operator named (COSO_BASEMAP), or None when there is none or it is something else."""
    named = getattr(settings, "BASEMAP", "")
    if not named:
        return None
    path = Path(named)
    try:
        known = path.stat()
    except OSError:
        return None
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, size: int) -> BaseMap | None:
    """Look into the file; again only when it was replaced."""
    try:
        with path.open("rb") as file:
            head = pmtiles.read_head(file.read(pmtiles.HEAD_BYTES))
            file.seek(head.metadata_at)
            metadata = pmtiles.read_metadata(head, file.read(head.metadata_bytes))
    except (OSError, pmtiles.NoBaseMap, OverflowError):
        return None
    return BaseMap(path, pmtiles.credit(metadata)) if size else None
