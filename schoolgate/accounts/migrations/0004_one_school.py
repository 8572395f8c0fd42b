"""Row-level security: without a school set, a query returns nothing (house rule 4)."""

from django.db import migrations

TABLES = ["accounts_addressgiven", "accounts_secondfactorreset"]

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


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_cards_and_decisions")]

    operations = [
        migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
        for table in TABLES
    ]
