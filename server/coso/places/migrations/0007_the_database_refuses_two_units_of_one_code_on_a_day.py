"""A code is that of one unit on any day: refused by the database itself.

PostgreSQL's exclusion constraint would say it in a line, but asks for the extension btree_gist, which an operator's
database need not have, and SQLite has nothing of the kind. A trigger does the same on both, over the index of the code.
Two transactions that write one code at once pass each other on PostgreSQL only where neither takes the lock of
`lock_units`; then the two unique constraints of the code still hold.

SQLite drops the triggers of a table that Django makes anew: a later migration that alters Place calls `install` again,
and tests/app/places/test_one_code_a_day.py fails until it does.
"""

from django.db import migrations

CLASH = """
    SELECT 1 FROM places_place other
    WHERE other.code = NEW.code AND other.id <> NEW.id
      AND (other.valid_to IS NULL OR other.valid_to >= NEW.valid_from)
      AND (NEW.valid_to IS NULL OR other.valid_from <= NEW.valid_to)
"""
SAID = "two units of one code on one day"
SQLITE = [
    f"""
    CREATE TRIGGER place_one_code_a_day_{verb} BEFORE {when} ON places_place
    WHEN EXISTS ({CLASH}) BEGIN SELECT RAISE(ABORT, '{SAID}'); END
    """
    for verb, when in (("insert", "INSERT"), ("update", "UPDATE OF code, valid_from, valid_to"))
]
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION place_one_code_a_day() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({CLASH}) THEN
            RAISE EXCEPTION '{SAID}: %', NEW.code USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER place_one_code_a_day BEFORE INSERT OR UPDATE OF code, valid_from, valid_to ON places_place
    FOR EACH ROW EXECUTE FUNCTION place_one_code_a_day()
    """,
]


def install(apps, schema_editor):
    """Make the triggers, anew where they are."""
    remove(apps, schema_editor)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        # No parameters: the per cent sign of RAISE stands for itself.
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    """Take the triggers away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS place_one_code_a_day ON places_place", params=None)
        schema_editor.execute("DROP FUNCTION IF EXISTS place_one_code_a_day()", params=None)
        return
    for verb in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS place_one_code_a_day_{verb}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0006_units_give_parts_and_figures_may_be_estimated"),
    ]

    operations = [migrations.RunPython(install, remove)]
