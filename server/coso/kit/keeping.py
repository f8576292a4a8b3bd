"""Erasing stored files that no record holds any more: the same bytes may be another record's file too."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import CharField, Field, Model

from coso.kit import blobs, clock

FRESH = 3600.0
"""Seconds in which a file that was just stored again is left alone: its record may not be written yet."""


def holders() -> Iterator[tuple[type[Model], str]]:
    """Give every column that names a stored file: by custom of this house its name ends with `sha256`."""
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if isinstance(column, Field) and isinstance(column, CharField) and column.name.endswith("sha256"):
                yield model, column.name


def erase_unheld(files: Iterable[str]) -> int:
    """Erase those of some stored files that no record holds; give how many.

    Called once the record that held them holds them no more. Repeating it is harmless.
    """
    left = {sha256 for sha256 in files if sha256 and blobs.has(sha256)}
    for model, column in holders():
        if not left:
            break
        held = model._default_manager.filter(**{f"{column}__in": left}).values_list(column, flat=True)
        left -= set(held)
    return sum(_erase(sha256) for sha256 in left)


def _erase(sha256: str) -> bool:
    path = blobs.path_of(sha256)
    try:
        if clock.now().timestamp() - path.stat().st_mtime < FRESH:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
