"""Names are found by their parts, at once among a million: a trigram index of the folded names.

PostgreSQL has pg_trgm for that. SQLite's FTS5 numbers its rows, and what has no number of its own gets
another one when the file is compacted: so each name has a numbered row beside it, kept by triggers.
"""

from django.db import migrations, models

# As access/names.py asks for it; a space on both sides, so that a word's beginning and end are found too.
WORDS = "(' ' || {0}folded || ' ')"

ON_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX identity_by_part_of_name ON cases_identity"
    f" USING gin ({WORDS.format('')} gin_trgm_ops)",
)
NOT_ON_POSTGRESQL = ("DROP INDEX identity_by_part_of_name",)

FORGET = (
    "INSERT INTO cases_folded_words (cases_folded_words, rowid, words)"
    " SELECT 'delete', id, words FROM cases_folded WHERE identity_id = OLD.key;"
    " DELETE FROM cases_folded WHERE identity_id = OLD.key;"
)
NOTE = (
    "INSERT INTO cases_folded (identity_id, words)"
    f" SELECT NEW.key, {WORDS.format('NEW.')} WHERE NEW.folded <> '';"
    " INSERT INTO cases_folded_words (rowid, words)"
    " SELECT id, words FROM cases_folded WHERE identity_id = NEW.key;"
)
ON_SQLITE = (
    "CREATE TABLE cases_folded (id INTEGER PRIMARY KEY, identity_id CHAR(32) NOT NULL UNIQUE,"
    " words TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE cases_folded_words USING fts5 (words, content='cases_folded',"
    " content_rowid='id', columnsize=0, tokenize='trigram')",
    "INSERT INTO cases_folded (identity_id, words)"
    f" SELECT key, {WORDS.format('')} FROM cases_identity WHERE folded <> ''",
    "INSERT INTO cases_folded_words (cases_folded_words) VALUES ('rebuild')",
    f"CREATE TRIGGER identity_named AFTER INSERT ON cases_identity BEGIN {NOTE} END",
    "CREATE TRIGGER identity_renamed AFTER UPDATE OF folded ON cases_identity"
    f" WHEN OLD.folded <> NEW.folded BEGIN {FORGET} {NOTE} END",
    f"CREATE TRIGGER identity_gone AFTER DELETE ON cases_identity BEGIN {FORGET} END",
)
NOT_ON_SQLITE = (
    *(f"DROP TRIGGER identity_{each}" for each in ("named", "renamed", "gone")),
    "DROP TABLE cases_folded_words",
    "DROP TABLE cases_folded",
)


def index(apps, schema_editor):
    _run(schema_editor, {"postgresql": ON_POSTGRESQL, "sqlite": ON_SQLITE})


def forget(apps, schema_editor):
    _run(schema_editor, {"postgresql": NOT_ON_POSTGRESQL, "sqlite": NOT_ON_SQLITE})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_keeping")]
    operations = [
        migrations.AddField(
            "case", "compared_version", models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            "identity", "folded_by", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["registered_at"],
                condition=models.Q(compared_version__lt=models.F("version")),
                name="case_to_compare",
            ),
        ),
        migrations.AddIndex(
            "identity", models.Index(fields=["folded_by"], name="identity_by_folding")
        ),
        migrations.RunPython(index, forget, elidable=False),
    ]
