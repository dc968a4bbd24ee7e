"""The journal only grows: the database itself refuses to change what was written.

A leaf may get its place once, an entry its leaf once, an epoch its day of publication once.
"""

from django.db import migrations

# table: (columns that never change, columns that may go from NULL to a value, once)
TABLES = {
    "journal_entry": (
        "key at recorded_at act subject_kind subject_key actor_kind actor_key"
        " on_behalf_key grant_key reason_code digest commitment",
        "leaf_id",
    ),
    "journal_leaf": ("id hash text", "epoch_id index"),
    "journal_epoch": ("number size root at", "published_at"),
    "journal_salt": ("entry_id value", ""),
}
# A salt may be erased. On SQLite only changes are refused: its owner can replace the file anyway,
# and tests empty the tables by DELETE.
KEPT = ("journal_entry", "journal_leaf", "journal_epoch")
SAYS = "the journal is append-only"


def protect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table, (fixed, once) in TABLES.items():
        broken = _broken(fixed.split(), once.split(), vendor)
        for statement in _triggers(table, broken, vendor):
            schema_editor.execute(statement)


def release(apps, schema_editor):
    on = {"postgresql": " ON {table} CASCADE"}.get(schema_editor.connection.vendor, "")
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only" + on.format(table=table))
    if on:
        for table in KEPT:
            schema_editor.execute(f"DROP TRIGGER {table}_kept ON {table}")
        schema_editor.execute("DROP FUNCTION arasha_journal_append_only()")


def _broken(fixed, once, vendor):
    differs = "OLD.{0} IS DISTINCT FROM NEW.{0}" if vendor == "postgresql" else "OLD.{0} IS NOT NEW.{0}"
    changed = [differs.format(f'"{column}"') for column in fixed]
    retaken = [
        f'(OLD."{column}" IS NOT NULL AND {differs})'.format(f'"{column}"') for column in once
    ]
    return " OR ".join(changed + retaken)


def _triggers(table, broken, vendor):
    if vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} WHEN {broken}"
            f" BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
        return
    yield (
        "CREATE OR REPLACE FUNCTION arasha_journal_append_only() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN RAISE EXCEPTION '{SAYS}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    refuse = "EXECUTE FUNCTION arasha_journal_append_only()"
    yield (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}"
        f" FOR EACH ROW WHEN ({broken}) {refuse}"
    )
    if table in KEPT:
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW {refuse}"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(protect, release, elidable=False)]
