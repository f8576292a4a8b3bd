"""Enter the checklists that come with the system."""

from typing import Any

from django.db import migrations

from coso.registry.rules.checklists import shipped


def enter(apps: Any, _editor: Any) -> None:
    """Enter those that are missing."""
    checklists, items = apps.get_model("registry", "Checklist"), apps.get_model("registry", "ChecklistItem")
    for told in shipped():
        questions = told.pop("items")
        checklist, is_new = checklists.objects.get_or_create(code=told["code"], defaults=told)
        if is_new:
            items.objects.bulk_create(items(checklist=checklist, **question) for question in questions)


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("registry", "0005_inspections_remember_what_was_accepted")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop, elidable=False)]
