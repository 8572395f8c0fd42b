"""The seal: who reads a concern is judged by the database, row by row, and nothing is ever changed.

A concern is read by its author and by the DSL, deputies and head, but never by the person whom it
is about; one about an adult at the school by the case manager alone (decision 6, reading O7).
"""

from django.db import migrations

WHO = """
CREATE FUNCTION safeguarding_me() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('schoolgate.person', true), '')::bigint
$$;
CREATE FUNCTION safeguarding_holds(roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h JOIN people_teammember m ON m.id = h.member_id
        WHERE m.user_id = safeguarding_me()
          AND m.school_id = nullif(current_setting('schoolgate.school', true), '')::int
          AND h.role = ANY (roles) AND h.since <= now() AND (h.until IS NULL OR h.until > now())
          AND (m.access_ended_at IS NULL OR m.access_ended_at > now())
          AND (m.ends_on IS NULL OR m.ends_on >= now()::date)
    )
$$;
CREATE FUNCTION safeguarding_is_head(member bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_roleholding h
        WHERE h.member_id = member AND h.role = 'head' AND (h.until IS NULL OR h.until > now())
    )
$$;
CREATE FUNCTION safeguarding_reads(about_adult boolean, about bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM people_teammember m WHERE m.id = about AND m.user_id = safeguarding_me()
    ) AND CASE
        WHEN NOT about_adult THEN safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head'])
        WHEN safeguarding_is_head(about) THEN safeguarding_holds(ARRAY['group_lead'])
        ELSE safeguarding_holds(ARRAY['head'])
    END
$$;
"""
WHO_UNDONE = """
DROP FUNCTION safeguarding_reads(boolean, bigint);
DROP FUNCTION safeguarding_is_head(bigint);
DROP FUNCTION safeguarding_holds(text[]);
DROP FUNCTION safeguarding_me();
"""

# No policy for UPDATE or DELETE: as the plain role neither finds a row.
SEAL = """
ALTER TABLE safeguarding_concern ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_concern ON safeguarding_concern FOR SELECT USING (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND (author_user_id = safeguarding_me() OR safeguarding_reads(about_adult, about_member_id))
);
CREATE POLICY raise_concern ON safeguarding_concern FOR INSERT WITH CHECK (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND author_user_id = safeguarding_me()
);

ALTER TABLE safeguarding_addition ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_addition ON safeguarding_addition FOR SELECT USING (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND (by_user_id = safeguarding_me() OR EXISTS (
        SELECT 1 FROM safeguarding_concern c
        WHERE c.id = concern_id AND safeguarding_reads(c.about_adult, c.about_member_id)
    ))
);
CREATE POLICY add_to_concern ON safeguarding_addition FOR INSERT WITH CHECK (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND by_user_id = safeguarding_me()
    AND EXISTS (SELECT 1 FROM safeguarding_concern c WHERE c.id = concern_id)
);

ALTER TABLE safeguarding_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_reading ON safeguarding_reading FOR SELECT USING (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND EXISTS (SELECT 1 FROM safeguarding_concern c WHERE c.id = concern_id)
);
CREATE POLICY stamp_reading ON safeguarding_reading FOR INSERT WITH CHECK (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND EXISTS (
        SELECT 1 FROM safeguarding_concern c
        WHERE c.id = concern_id AND safeguarding_reads(c.about_adult, c.about_member_id)
    )
);

CREATE FUNCTION safeguarding_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was written down about a concern is never changed.';
END $$;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_concern
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_addition
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_reading
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();
"""
SEAL_UNDONE = """
DROP TRIGGER never_changes ON safeguarding_reading;
DROP TRIGGER never_changes ON safeguarding_addition;
DROP TRIGGER never_changes ON safeguarding_concern;
DROP FUNCTION safeguarding_never_changes();
DROP POLICY stamp_reading ON safeguarding_reading;
DROP POLICY read_reading ON safeguarding_reading;
DROP POLICY add_to_concern ON safeguarding_addition;
DROP POLICY read_addition ON safeguarding_addition;
DROP POLICY raise_concern ON safeguarding_concern;
DROP POLICY read_concern ON safeguarding_concern;
ALTER TABLE safeguarding_reading DISABLE ROW LEVEL SECURITY;
ALTER TABLE safeguarding_addition DISABLE ROW LEVEL SECURITY;
ALTER TABLE safeguarding_concern DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0001_first_rows"),
        ("people", "0002_one_school"),
    ]

    operations = [migrations.RunSQL(WHO, WHO_UNDONE), migrations.RunSQL(SEAL, SEAL_UNDONE)]
