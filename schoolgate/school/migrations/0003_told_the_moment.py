"""The database is told the moment, as it is told school and person; else the real clock holds.

A rule with a time in it is judged at the moment that the verb was given (`schoolgate.moment`, of
the open transaction), so that page, job, drill and test mean the same moment as the rows do.
"""

from django.db import migrations

MOMENT = """
CREATE FUNCTION school_moment() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('schoolgate.moment', true), '')::timestamptz, now())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("school", "0002_one_school")]

    operations = [migrations.RunSQL(MOMENT, "DROP FUNCTION school_moment();")]
