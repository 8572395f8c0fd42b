"""Row-level security: without a school set, a query returns nothing (house rule 4)."""

from django.db import migrations

TABLES = [
    "ledger_entry",
]

ONE_SCHOOL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON {table}
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
"""
UNDONE = """
DROP POLICY one_school ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""

# Append-only, even for a hand-written UPDATE by the owner of the table.
NEVER_CHANGED = """
CREATE FUNCTION ledger_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is written once and never changed.';
END $$;
CREATE TRIGGER ledger_never_changes BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_never_changes();
CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_never_changes();
"""
CHANGED_AGAIN = """
DROP TRIGGER ledger_never_emptied ON ledger_entry;
DROP TRIGGER ledger_never_changes ON ledger_entry;
DROP FUNCTION ledger_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first_rows")]

    operations = [
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
        migrations.RunSQL(NEVER_CHANGED, CHANGED_AGAIN),
    ]
