"""Row-level security: without a school set, a query returns nothing (house rule 4)."""

from django.db import migrations

TABLES = [
    "announcements_announcement",
    "announcements_otherwords",
    "announcements_approval",
    "announcements_pupillist",
    "announcements_listedpupil",
    "announcements_audiencepart",
    "announcements_answer",
    "announcements_call",
    "announcements_calltry",
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
    dependencies = [("announcements", "0001_first_rows")]

    operations = [
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
    ]
