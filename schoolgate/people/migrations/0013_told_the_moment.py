"""Whether somebody holds a role is judged at the moment that the transaction was told."""

from django.db import migrations

HOLDS = """
CREATE OR REPLACE FUNCTION people_i_hold(roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h JOIN people_teammember m ON m.id = h.member_id
        WHERE m.user_id = people_me()
          AND m.school_id = nullif(current_setting('schoolgate.school', true), '')::int
          AND h.role = ANY (roles)
          AND h.since <= school_moment() AND (h.until IS NULL OR h.until > school_moment())
          AND (m.access_ended_at IS NULL OR m.access_ended_at > school_moment())
          AND (m.starts_on IS NULL OR m.starts_on <= (school_moment() AT TIME ZONE 'UTC')::date)
          AND (m.ends_on IS NULL OR m.ends_on >= (school_moment() AT TIME ZONE 'UTC')::date)
    )
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION people_i_hold(roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h JOIN people_teammember m ON m.id = h.member_id
        WHERE m.user_id = people_me()
          AND m.school_id = nullif(current_setting('schoolgate.school', true), '')::int
          AND h.role = ANY (roles) AND h.since <= now() AND (h.until IS NULL OR h.until > now())
          AND (m.access_ended_at IS NULL OR m.access_ended_at > now())
          AND (m.ends_on IS NULL OR m.ends_on >= now()::date)
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0012_own_home_times"), ("school", "0003_told_the_moment")]

    operations = [migrations.RunSQL(HOLDS, BEFORE)]
