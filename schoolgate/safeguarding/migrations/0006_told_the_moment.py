"""The seal judges roles and the opened glass at the moment that the transaction was told.

A head is one from the day on which the role begins, and not before.
"""

from django.db import migrations

HOLDS = """
CREATE OR REPLACE FUNCTION safeguarding_holds(roles text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT people_i_hold(roles)  -- one rule for both rooms
$$;
CREATE OR REPLACE FUNCTION safeguarding_is_head(member bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h
        WHERE h.member_id = member AND h.role = 'head'
          AND h.since <= school_moment() AND (h.until IS NULL OR h.until > school_moment())
    )
$$;
"""
HOLDS_BEFORE = """
CREATE OR REPLACE FUNCTION safeguarding_holds(roles text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h JOIN people_teammember m ON m.id = h.member_id
        WHERE m.user_id = safeguarding_me()
          AND m.school_id = nullif(current_setting('schoolgate.school', true), '')::int
          AND h.role = ANY (roles) AND h.since <= now() AND (h.until IS NULL OR h.until > now())
          AND (m.access_ended_at IS NULL OR m.access_ended_at > now())
          AND (m.ends_on IS NULL OR m.ends_on >= now()::date)
    )
$$;
CREATE OR REPLACE FUNCTION safeguarding_is_head(member bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h
        WHERE h.member_id = member AND h.role = 'head' AND (h.until IS NULL OR h.until > now())
    )
$$;
"""

JUDGES = """
CREATE OR REPLACE FUNCTION safeguarding_judges(c bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT NOT safeguarding_is_me(stands.about_id)
            AND NOT EXISTS (  -- named at any time, whatever was written later
                SELECT 1 FROM safeguarding_concern k WHERE k.id = c
                    AND safeguarding_is_me(k.about_member_id))
            AND (
                (
                    safeguarding_holds(ARRAY['group_lead']) AND EXISTS (
                        SELECT 1 FROM safeguarding_alert a WHERE a.concern_id = c
                            AND a.step = 'group lead' AND safeguarding_is_me(a.member_id))
                ) OR CASE
                    WHEN stands.about_adult AND safeguarding_is_head(stands.about_id)
                        THEN safeguarding_holds(ARRAY['group_lead'])
                    WHEN stands.about_adult THEN safeguarding_holds(ARRAY['head'])
                    ELSE (
                        safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head'])
                        AND NOT EXISTS (
                            SELECT 1 FROM safeguarding_step s WHERE s.concern_id = c
                                AND s.kind = 'kept from' AND safeguarding_is_me(s.member_id))
                    ) OR (
                        safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head', 'group_lead'])
                        AND EXISTS (
                            SELECT 1 FROM safeguarding_brokenglass g WHERE g.concern_id = c
                                AND g.by_user_id = safeguarding_me()
                                AND g.at > school_moment() - interval '24 hours')
                    )
                END
            )
        FROM safeguarding_stands(c) stands
    ), false)
$$;

"""
JUDGES_BEFORE = JUDGES.replace("school_moment()", "now()")


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0005_moved_on"),
        ("people", "0013_told_the_moment"),
        ("school", "0003_told_the_moment"),
    ]

    operations = [
        migrations.RunSQL(HOLDS, HOLDS_BEFORE),
        migrations.RunSQL(JUDGES, JUDGES_BEFORE),
    ]
