"""The checklists that come with the system, as data: each question with the article that it comes from."""

import json
from importlib.resources import files
from typing import Any


def shipped() -> list[dict[str, Any]]:
    """Give each checklist as the fields of `Checklist`, with `items`: the fields of each `ChecklistItem`."""
    folder = files("coso.registry") / "data" / "checklists"
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return [json.loads(file.read_text(encoding="utf-8")) for file in found if file.name.endswith(".json")]
