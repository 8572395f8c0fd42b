"""The whole record, alerts of this room's own, and one judgement for all of its tables.

Who reads a concern is judged by one function of the owner's (`safeguarding_judges`), so that a
concern passed to the case manager leaves the lead's own sight, with its record, readings, alerts
and views. What the ringing job needs it gets by functions too: ids and moments, never words.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

JUDGE = """
CREATE FUNCTION safeguarding_school() RETURNS int LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('schoolgate.school', true), '')::int
$$;
CREATE FUNCTION safeguarding_is_me(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_teammember m
        WHERE m.id = person AND m.user_id = safeguarding_me()
    )
$$;
-- As it stands now: about an adult here from the beginning, or passed on as such.
CREATE FUNCTION safeguarding_stands(c bigint)
RETURNS TABLE (about_adult boolean, about_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.about_adult OR p.id IS NOT NULL, coalesce(p.member_id, k.about_member_id)
    FROM safeguarding_concern k
    LEFT JOIN LATERAL (
        SELECT s.id, s.member_id FROM safeguarding_step s
        WHERE s.concern_id = k.id AND s.kind = 'passed' ORDER BY s.at DESC, s.id DESC LIMIT 1
    ) p ON true
    WHERE k.id = c AND k.school_id = safeguarding_school()
$$;
CREATE FUNCTION safeguarding_judges(c bigint) RETURNS boolean
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
                                AND g.at > now() - interval '24 hours')
                    )
                END
            )
        FROM safeguarding_stands(c) stands
    ), false)
$$;
"""
JUDGE_UNDONE = """
DROP FUNCTION safeguarding_judges(bigint);
DROP FUNCTION safeguarding_stands(bigint);
DROP FUNCTION safeguarding_is_me(bigint);
DROP FUNCTION safeguarding_school();
"""

OLD_POLICIES_GONE = """
DROP POLICY read_concern ON safeguarding_concern;
DROP POLICY read_addition ON safeguarding_addition;
DROP POLICY stamp_reading ON safeguarding_reading;
"""
OLD_POLICIES = """
CREATE POLICY read_concern ON safeguarding_concern FOR SELECT USING (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND (author_user_id = safeguarding_me() OR safeguarding_reads(about_adult, about_member_id))
);
CREATE POLICY read_addition ON safeguarding_addition FOR SELECT USING (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND (by_user_id = safeguarding_me() OR EXISTS (
        SELECT 1 FROM safeguarding_concern c
        WHERE c.id = concern_id AND safeguarding_reads(c.about_adult, c.about_member_id)
    ))
);
CREATE POLICY stamp_reading ON safeguarding_reading FOR INSERT WITH CHECK (
    school_id = nullif(current_setting('schoolgate.school', true), '')::int
    AND EXISTS (
        SELECT 1 FROM safeguarding_concern c
        WHERE c.id = concern_id AND safeguarding_reads(c.about_adult, c.about_member_id)
    )
);
"""

# As before: no policy for UPDATE or DELETE of what is only added to.
SEALED = """
CREATE POLICY read_concern ON safeguarding_concern FOR SELECT USING (
    school_id = safeguarding_school()
    AND (author_user_id = safeguarding_me() OR safeguarding_judges(id))
);
CREATE POLICY read_addition ON safeguarding_addition FOR SELECT USING (
    school_id = safeguarding_school()
    AND ((kind = 'still worried' AND by_user_id = safeguarding_me())
        OR safeguarding_judges(concern_id))
);
CREATE POLICY stamp_reading ON safeguarding_reading FOR INSERT WITH CHECK (
    school_id = safeguarding_school() AND safeguarding_judges(concern_id)
    AND safeguarding_is_me(member_id)
);

ALTER TABLE safeguarding_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_step ON safeguarding_step FOR SELECT USING (
    school_id = safeguarding_school() AND safeguarding_judges(concern_id)
);
CREATE POLICY write_step ON safeguarding_step FOR INSERT WITH CHECK (
    school_id = safeguarding_school() AND by_user_id = safeguarding_me()
    AND safeguarding_judges(concern_id)
);
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_step
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();

ALTER TABLE safeguarding_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_alert ON safeguarding_alert FOR SELECT USING (
    school_id = safeguarding_school() AND CASE
        WHEN concern_id IS NOT NULL THEN safeguarding_judges(concern_id)
        ELSE safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head']) END
);

ALTER TABLE safeguarding_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_view ON safeguarding_view FOR SELECT USING (
    school_id = safeguarding_school() AND CASE
        WHEN concern_id IS NULL THEN
            by_user_id = safeguarding_me() OR safeguarding_holds(ARRAY['dsl', 'head'])
        ELSE safeguarding_judges(concern_id) END
);
CREATE POLICY log_view ON safeguarding_view FOR INSERT WITH CHECK (
    school_id = safeguarding_school() AND by_user_id = safeguarding_me()
    AND (concern_id IS NULL OR safeguarding_judges(concern_id))
);
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_view
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();

ALTER TABLE safeguarding_brokenglass ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_glass ON safeguarding_brokenglass FOR SELECT USING (
    school_id = safeguarding_school() AND (
        by_user_id = safeguarding_me() OR safeguarding_holds(ARRAY['group_lead'])
        OR (safeguarding_holds(ARRAY['head'])
            AND (concern_id IS NULL OR safeguarding_judges(concern_id)))
    )
);
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_brokenglass
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();

ALTER TABLE safeguarding_filestep ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_file ON safeguarding_filestep FOR SELECT USING (
    school_id = safeguarding_school()
    AND safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head'])
);
CREATE POLICY write_file ON safeguarding_filestep FOR INSERT WITH CHECK (
    school_id = safeguarding_school() AND by_user_id = safeguarding_me()
    AND safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head'])
);
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON safeguarding_filestep
    FOR EACH ROW EXECUTE FUNCTION safeguarding_never_changes();

ALTER TABLE safeguarding_authority ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON safeguarding_authority USING (school_id = safeguarding_school())
    WITH CHECK (school_id = safeguarding_school());
ALTER TABLE safeguarding_oncall ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON safeguarding_oncall USING (school_id = safeguarding_school())
    WITH CHECK (school_id = safeguarding_school());
ALTER TABLE safeguarding_rotagap ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_school ON safeguarding_rotagap USING (school_id = safeguarding_school())
    WITH CHECK (school_id = safeguarding_school());
"""
SEALED_UNDONE = """
DROP POLICY one_school ON safeguarding_rotagap;
DROP POLICY one_school ON safeguarding_oncall;
DROP POLICY one_school ON safeguarding_authority;
DROP POLICY write_file ON safeguarding_filestep;
DROP POLICY read_file ON safeguarding_filestep;
DROP POLICY read_glass ON safeguarding_brokenglass;
DROP POLICY log_view ON safeguarding_view;
DROP POLICY read_view ON safeguarding_view;
DROP POLICY read_alert ON safeguarding_alert;
DROP POLICY write_step ON safeguarding_step;
DROP POLICY read_step ON safeguarding_step;
DROP POLICY stamp_reading ON safeguarding_reading;
DROP POLICY read_addition ON safeguarding_addition;
DROP POLICY read_concern ON safeguarding_concern;
"""

# Who raises a concern, and the job that rings, read no alert and write them by these alone.
RING = """
CREATE FUNCTION safeguarding_calls(c bigint) RETURNS TABLE (call int, called_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (1 + count(e.at))::int, greatest(k.raised_at, max(e.at))
    FROM safeguarding_concern k LEFT JOIN (
        SELECT concern_id, at FROM safeguarding_addition WHERE kind = 'still worried'
        UNION ALL SELECT concern_id, at FROM safeguarding_step WHERE kind = 'passed'
    ) e ON e.concern_id = k.id
    WHERE k.id = c AND k.school_id = safeguarding_school()
    GROUP BY k.id, k.raised_at
$$;
CREATE FUNCTION safeguarding_call(c bigint, step_ text, members bigint[], moment timestamptz)
RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH made AS (
        INSERT INTO safeguarding_alert (school_id, public_id, concern_id, step, call, member_id,
            state, rung_at, tries, next_try_at, in_doubt)
        SELECT k.school_id, gen_random_uuid(), k.id, step_, calls.call, m.id,
            CASE WHEN m.email = '' THEN 'no route' ELSE 'waiting' END, moment, 0, moment, false
        FROM safeguarding_concern k, safeguarding_stands(c) stands, safeguarding_calls(c) calls,
            people_teammember m
        WHERE k.id = c AND k.school_id = safeguarding_school() AND m.school_id = k.school_id
            AND m.id = ANY (members)
            AND m.id IS DISTINCT FROM k.about_member_id AND m.id IS DISTINCT FROM stands.about_id
            AND (stands.about_adult OR NOT EXISTS (
                SELECT 1 FROM safeguarding_step s
                WHERE s.concern_id = c AND s.kind = 'kept from' AND s.member_id = m.id))
        ON CONFLICT DO NOTHING RETURNING 1
    ) SELECT count(*)::int FROM made
$$;
CREATE FUNCTION safeguarding_unread()
RETURNS TABLE (concern bigint, call int, called_at timestamptz, author bigint,
    about_adult boolean, about_id bigint, told bigint[], steps text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH waiting AS MATERIALIZED (
        SELECT k.id, k.author_user_id FROM safeguarding_concern k
        WHERE k.school_id = safeguarding_school() AND NOT EXISTS (
            SELECT 1 FROM safeguarding_reading r JOIN people_teammember m ON m.id = r.member_id
            WHERE r.concern_id = k.id AND m.user_id IS DISTINCT FROM k.author_user_id
                AND r.at >= greatest(
                    k.raised_at,
                    (SELECT max(e.at) FROM safeguarding_addition e
                        WHERE e.concern_id = k.id AND e.kind = 'still worried'),
                    (SELECT max(s.at) FROM safeguarding_step s
                        WHERE s.concern_id = k.id AND s.kind = 'passed')))
    )
    SELECT k.id, calls.call, calls.called_at, k.author_user_id,
        stands.about_adult, stands.about_id,
        coalesce(array_agg(a.member_id) FILTER (WHERE a.id IS NOT NULL), '{}'),
        coalesce(array_agg(DISTINCT a.step::text) FILTER (WHERE a.id IS NOT NULL), '{}')
    FROM waiting k
    CROSS JOIN LATERAL safeguarding_calls(k.id) calls
    CROSS JOIN LATERAL safeguarding_stands(k.id) stands
    LEFT JOIN safeguarding_alert a ON a.concern_id = k.id AND a.call = calls.call
    GROUP BY k.id, calls.call, calls.called_at, k.author_user_id,
        stands.about_adult, stands.about_id
$$;
CREATE FUNCTION safeguarding_alarm(gap_ bigint, pupil_ bigint, members bigint[],
    moment timestamptz)
RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH made AS (
        INSERT INTO safeguarding_alert (school_id, public_id, gap_id, pupil_id, step, call,
            member_id, state, rung_at, tries, next_try_at, in_doubt)
        SELECT m.school_id, gen_random_uuid(), gap_, pupil_,
            CASE WHEN gap_ IS NULL THEN 'file due' ELSE 'gap' END, 1, m.id,
            CASE WHEN m.email = '' THEN 'no route' ELSE 'waiting' END, moment, 0, moment, false
        FROM people_teammember m
        WHERE m.school_id = safeguarding_school() AND m.id = ANY (members)
        ON CONFLICT DO NOTHING RETURNING 1
    ) SELECT count(*)::int FROM made
$$;
CREATE FUNCTION safeguarding_files_owed() RETURNS TABLE (pupil bigint, left_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.left_on FROM people_pupil p
    WHERE p.school_id = safeguarding_school() AND p.left_on IS NOT NULL
        AND EXISTS (
            SELECT 1 FROM safeguarding_concern k, safeguarding_stands(k.id) stands
            WHERE k.pupil_id = p.id AND NOT stands.about_adult)
        AND NOT EXISTS (
            SELECT 1 FROM safeguarding_filestep f
            WHERE f.pupil_id = p.id AND f.kind = 'received')
$$;
CREATE FUNCTION safeguarding_claim(moment timestamptz, most int)
RETURNS TABLE (alert bigint, public_id uuid, member bigint, step text, tries int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH due AS (
        SELECT a.id, a.state AS was FROM safeguarding_alert a
        WHERE a.school_id = safeguarding_school() AND (
            (a.state = 'waiting' AND a.next_try_at <= moment)
            OR (a.state = 'claimed' AND a.claimed_at < moment - interval '2 minutes'))
        ORDER BY a.next_try_at LIMIT most FOR UPDATE SKIP LOCKED
    ), lost AS (  -- a repeat that died as well: it may have arrived twice, and is not sent again
        UPDATE safeguarding_alert a SET state = 'failed' FROM due
        WHERE a.id = due.id AND due.was = 'claimed' AND a.in_doubt
    )
    UPDATE safeguarding_alert a SET state = 'claimed', claimed_at = moment, tries = a.tries + 1,
        in_doubt = a.in_doubt OR due.was = 'claimed'
    FROM due WHERE a.id = due.id AND NOT (due.was = 'claimed' AND a.in_doubt)
    RETURNING a.id, a.public_id, a.member_id, a.step::text, a.tries
$$;
CREATE FUNCTION safeguarding_settle(alert bigint, state_ text, moment timestamptz,
    again timestamptz)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE safeguarding_alert SET state = state_, next_try_at = coalesce(again, next_try_at),
        sent_at = CASE WHEN state_ = 'sent' THEN moment END
    WHERE id = alert AND school_id = safeguarding_school() AND state = 'claimed'
$$;
CREATE FUNCTION safeguarding_break_glass(child bigint, why text, moment timestamptz)
RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found_id bigint; found_public uuid; mine bigint;
BEGIN
    SELECT m.id INTO mine FROM people_teammember m
        WHERE m.school_id = safeguarding_school() AND m.user_id = safeguarding_me();
    IF mine IS NULL
        OR NOT safeguarding_holds(ARRAY['dsl', 'deputy_dsl', 'head', 'group_lead']) THEN
        RETURN NULL;
    END IF;
    SELECT k.id, k.public_id INTO found_id, found_public
        FROM safeguarding_concern k, safeguarding_stands(k.id) stands
        WHERE k.school_id = safeguarding_school() AND k.pupil_id = child
            AND NOT stands.about_adult AND k.about_member_id IS DISTINCT FROM mine
            AND NOT safeguarding_judges(k.id)
        ORDER BY k.raised_at DESC, k.id DESC LIMIT 1;
    INSERT INTO safeguarding_brokenglass
        (school_id, concern_id, pupil_id, member_id, by_user_id, reason, at)
        VALUES (safeguarding_school(), found_id, child, mine, safeguarding_me(), why, moment);
    RETURN found_public;
END $$;
"""
RING_UNDONE = """
DROP FUNCTION safeguarding_break_glass(bigint, text, timestamptz);
DROP FUNCTION safeguarding_settle(bigint, text, timestamptz, timestamptz);
DROP FUNCTION safeguarding_claim(timestamptz, int);
DROP FUNCTION safeguarding_files_owed();
DROP FUNCTION safeguarding_alarm(bigint, bigint, bigint[], timestamptz);
DROP FUNCTION safeguarding_unread();
DROP FUNCTION safeguarding_call(bigint, text, bigint[], timestamptz);
DROP FUNCTION safeguarding_calls(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_household_address"),
        ("safeguarding", "0002_sealed"),
        ("school", "0002_one_school"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("at once", "At Once"),
                            ("on call", "On Call"),
                            ("further", "Further"),
                            ("group lead", "Group Lead"),
                            ("gap", "Gap"),
                            ("file due", "File Due"),
                        ],
                        max_length=10,
                    ),
                ),
                ("call", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("claimed", "Claimed"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("no route", "No Route"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("rung_at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                (
                    "in_doubt",
                    models.BooleanField(default=False, help_text="Repeated after a process died."),
                ),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["rung_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("in_hours", models.CharField(max_length=40)),
                ("hours", models.CharField(blank=True, max_length=80)),
                ("out_of_hours", models.CharField(max_length=40)),
                ("lado", models.CharField(blank=True, max_length=40)),
                ("checked_on", models.DateField()),
                ("checked_by", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_user_id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FileStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("made", "Made"), ("received", "Received")], max_length=8
                    ),
                ),
                ("to_school", models.CharField(max_length=200)),
                ("words", models.TextField(blank=True)),
                (
                    "digest",
                    models.CharField(
                        blank=True, help_text="SHA-256 of the file as made.", max_length=64
                    ),
                ),
                ("by_name", models.CharField(max_length=120)),
                ("by_user_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="OnCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=120)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["from_at"],
            },
        ),
        migrations.CreateModel(
            name="RotaGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "closed_at",
                    models.DateTimeField(help_text="When the rota was found filled.", null=True),
                ),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_because", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["begins_at"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discussion", "Discussion"),
                            ("decision", "Decision"),
                            ("triage", "Triage"),
                            ("action", "Action"),
                            ("done", "Done"),
                            ("outcome", "Outcome"),
                            ("amendment", "Amendment"),
                            ("review", "Review"),
                            ("closing", "Closing"),
                            ("agreed", "Agreed"),
                            ("disagreed", "Disagreed"),
                            ("reopened", "Reopened"),
                            ("passed", "Passed"),
                            ("kept from", "Kept From"),
                            ("told lado", "Told Lado"),
                            ("words given", "Words Given"),
                            ("held back", "Held Back"),
                            ("handed over", "Handed Over"),
                        ],
                        max_length=14,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("by_name", models.CharField(max_length=120)),
                ("by_user_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("concern", "Concern"),
                            ("chronology", "Chronology"),
                            ("file", "File"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_user_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="concern",
            name="from_message",
            field=models.UUIDField(help_text="The message that it was raised from.", null=True),
        ),
        migrations.AddField(
            model_name="concern",
            name="once",
            field=models.UUIDField(
                help_text="The form's own id: a double press is one.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.UniqueConstraint(
                fields=("author_user_id", "once"), name="concern_raised_once"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="concern",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="safeguarding.concern",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="pupil",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.pupil",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="authority",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="brokenglass",
            name="concern",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="safeguarding.concern",
            ),
        ),
        migrations.AddField(
            model_name="brokenglass",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="brokenglass",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.pupil"
            ),
        ),
        migrations.AddField(
            model_name="brokenglass",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="filestep",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.pupil"
            ),
        ),
        migrations.AddField(
            model_name="filestep",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="oncall",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="oncall",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="rotagap",
            name="accepted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="rotagap",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="gap",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="safeguarding.rotagap",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="concern",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="safeguarding.concern",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="safeguarding.step",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="concern",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="views",
                to="safeguarding.concern",
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.teammember",
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="pupil",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.pupil",
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="school.school"
            ),
        ),
        migrations.AddConstraint(
            model_name="authority",
            constraint=models.UniqueConstraint(
                fields=("school", "name"), name="authority_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="oncall",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("from_at"))), name="on_call_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotagap",
            constraint=models.UniqueConstraint(
                fields=("school", "begins_at"), name="gap_alarmed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rotagap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at", None),
                    models.Q(
                        ("accepted_by__isnull", False),
                        models.Q(("accepted_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="gap_accepted_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "claimed"])),
                fields=["school", "next_try_at"],
                name="alert_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("concern", "call", "step", "member"), name="alerted_once_a_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(fields=("gap", "member"), name="alerted_once_a_gap"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("pupil", "member"), name="alerted_once_a_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("concern__isnull", False), ("gap", None), ("pupil", None)),
                    models.Q(("concern", None), ("gap__isnull", False), ("pupil", None)),
                    models.Q(("concern", None), ("gap", None), ("pupil__isnull", False)),
                    _connector="OR",
                ),
                name="alert_about_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["concern", "kind"], name="step_of_concern"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "done")), fields=("of",), name="action_done_once"
            ),
        ),
        migrations.RunSQL(OLD_POLICIES_GONE, OLD_POLICIES),
        migrations.RunSQL(JUDGE, JUDGE_UNDONE),
        migrations.RunSQL(SEALED, SEALED_UNDONE),
        migrations.RunSQL(RING, RING_UNDONE),
    ]
