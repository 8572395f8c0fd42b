"""Row-level security: without a school set, a query returns nothing (house rule 4)."""

from django.db import migrations

TABLES = [
    "people_roleholding",
    "people_group",
    "people_grouphelper",
    "people_pupil",
    "people_link",
    "people_limit",
    "people_household",
    "people_householdstay",
    "people_contactroute",
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

# A place in a school can also be read by its own person, before a school is chosen.
OWN_PLACE = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON {table}
    USING (school_id = nullif(current_setting('schoolgate.school', true), '')::int)
    WITH CHECK (school_id = nullif(current_setting('schoolgate.school', true), '')::int);
CREATE POLICY own_place ON {table} FOR SELECT
    USING (user_id = nullif(current_setting('schoolgate.person', true), '')::bigint);
"""
OWN_PLACE_UNDONE = """
DROP POLICY own_place ON {table};
DROP POLICY one_school ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
PLACES = ["people_teammember", "people_carer"]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first_rows")]

    operations = [
        *[
            migrations.RunSQL(ONE_SCHOOL.format(table=table), UNDONE.format(table=table))
            for table in TABLES
        ],
        *[
            migrations.RunSQL(OWN_PLACE.format(table=table), OWN_PLACE_UNDONE.format(table=table))
            for table in PLACES
        ],
    ]
