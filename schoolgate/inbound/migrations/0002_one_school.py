"""Row-level security: without a school set, a query returns nothing (house rule 4)."""

from django.db import migrations

TABLES = [
    "inbound_rawmail",
    "inbound_trayitem",
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


class Migration(migrations.Migration):
    dependencies = [("inbound", "0001_first_rows")]

    operations = [
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
    ]
