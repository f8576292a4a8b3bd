"""Where a device stands in the news, as a text that it only carries."""

import re
from dataclasses import dataclass

_FORM = re.compile(r"m(\d{1,16})a(\d{1,16})", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """The version of the manifest and the number of the alert that were told last."""

    manifest: int = 0
    alert: int = 0

    def __str__(self) -> str:
        return f"m{self.manifest}a{self.alert}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Read a cursor; whatever else is sent stands at the beginning, where the same news comes again."""
        found = _FORM.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else cls()
