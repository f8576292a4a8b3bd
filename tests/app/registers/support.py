"""Files for the registers under test."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coso.registers import actions
from coso.registers.models import Import
from tests.support import xlsx

TODAY = date(2026, 11, 24)
VILLAGES = ["Mã thôn", "Tên thôn", "Xã, phường", "Dân số", "Số hộ", "Vĩ độ", "Kinh độ"]


def bring(
    *rows: Sequence[Any], header: Sequence[Any] = VILLAGES, by: Any = "system", kind: str = "thon", **more: Any
) -> Import:
    """Begin an import of villages from these rows."""
    data = xlsx.book(header, *rows)
    return actions.start_import(kind=kind, data=data, file_name="thon.xlsx", by=by, **{"day": TODAY, **more})
