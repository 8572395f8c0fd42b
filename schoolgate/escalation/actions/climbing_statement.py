"""The one statement of a sweep: everything that follows from what has fallen due, or nothing.

It locks what is due and skips what somebody else has in hand; nothing in it waits for another
transaction, so it can't be in anybody's way. `path` are the people of each owner, as
`climbing_people` gives them.
"""

CLIMB = """
WITH path AS (
    SELECT * FROM jsonb_to_recordset(%(paths)s) AS p(
        key text, own bigint[], cover bigint[], leaders bigint[], roles text[], heads boolean[],
        beyond bigint[], to_office boolean)
),
-- Who works here and is an adult of a child here: they get nothing of that family.
own_family AS MATERIALIZED (
    SELECT DISTINCT m.id AS member, l.pupil_id AS pupil, o.carer_id AS carer
    FROM people_teammember m
    JOIN people_carer c ON c.user_id = m.user_id AND c.school_id = m.school_id
    JOIN people_link l ON l.carer_id = c.id
    JOIN people_link o ON o.pupil_id = l.pupil_id
    WHERE m.school_id = %(school)s
),
-- Who is of the office, or was since a thread about the office began; never the head.
of_office AS MATERIALIZED (
    SELECT r.member_id AS member, r.until
    FROM people_roleholding r
    WHERE r.school_id = %(school)s AND r.role = 'office'
        AND NOT EXISTS (SELECT 1 FROM people_roleholding h
            WHERE h.member_id = r.member_id AND h.role = ANY(%(head_holders)s)
                AND (h.until IS NULL OR h.until > %(now)s))
),
of_threads AS MATERIALIZED (
    SELECT p.id, p.kind, p.subject, p.climbed, p.half_at, p.three_quarters_at, p.cover_at,
        p.leader_at, c.id AS thread, c.owner_id, c.queue, c.about_member_id,
        c.carer_id, c.pupil_id, c.opened_at, c.about_office,
        c.kind = 'complaint' OR c.about_office AS never_office
    FROM response_clock_promise p
    JOIN conversations_conversation c ON c.public_id = p.subject
    WHERE p.school_id = %(school)s AND p.stopped_at IS NULL AND p.withdrawn_at IS NULL
        AND p.next_step_at <= %(now)s AND p.kind <> 'tray'
    FOR UPDATE OF c, p SKIP LOCKED
),
of_the_tray AS MATERIALIZED (
    SELECT p.id, p.kind, p.subject, p.climbed, p.half_at, p.three_quarters_at, p.cover_at,
        p.leader_at
    FROM response_clock_promise p
    WHERE p.school_id = %(school)s AND p.stopped_at IS NULL AND p.withdrawn_at IS NULL
        AND p.next_step_at <= %(now)s AND p.kind = 'tray'
    FOR UPDATE OF p SKIP LOCKED
),
due AS MATERIALIZED (
    SELECT d.*,
        CASE
            WHEN climbed < 4 AND leader_at <= %(now)s THEN 4
            WHEN climbed < 3 AND cover_at <= %(now)s THEN 3
            WHEN climbed < 2 AND three_quarters_at <= %(now)s THEN 2
            ELSE 1
        END AS step,
        CASE
            WHEN kind = 'head' THEN 'head'
            WHEN owner_id IS NOT NULL THEN 'm' || owner_id
            ELSE 'q' || queue
        END AS key
    FROM (
        SELECT * FROM of_threads
        UNION ALL
        SELECT *, NULL::bigint, NULL::bigint, 'office', NULL::bigint, NULL::bigint, NULL::bigint,
            NULL::timestamptz, false, false
        FROM of_the_tray
    ) d
),
placed AS MATERIALIZED (
    SELECT d.*, e.id AS escalation, path.own, path.cover, path.leaders, path.beyond,
        coalesce(path.to_office, false) AND d.step = 3 AND d.kind IN ('reply', 'news')
            AND e.id IS NULL AND d.owner_id IS NOT NULL AS may_go_to_office,
        CASE
            WHEN d.step = 3 AND d.kind IN ('reply', 'news') AND e.id IS NULL
                AND d.owner_id IS NOT NULL THEN stands_in.member
            WHEN d.step = 4 AND (d.kind = 'leader' OR (d.kind IN ('reply', 'news')
                AND e.id IS NULL)) THEN leads.member
        END AS target,
        leads.role, coalesce(leads.is_head, false) AND %(starts_head)s AS asks_head
    FROM due d
    LEFT JOIN escalation_escalation e ON e.conversation_id = d.thread AND e.ended_at IS NULL
    LEFT JOIN path ON path.key = d.key
    LEFT JOIN LATERAL (
        SELECT u.member FROM unnest(path.cover) WITH ORDINALITY AS u(member, n)
        WHERE d.about_member_id IS DISTINCT FROM u.member
            AND NOT EXISTS (SELECT 1 FROM own_family f WHERE f.member = u.member
                AND (f.pupil = d.pupil_id OR f.carer = d.carer_id))
            AND NOT (d.about_office AND EXISTS (SELECT 1 FROM of_office o
                WHERE o.member = u.member AND (o.until IS NULL OR o.until > d.opened_at)))
        ORDER BY n LIMIT 1
    ) stands_in ON d.step = 3
    LEFT JOIN LATERAL (
        SELECT u.member, u.role, u.is_head
        FROM unnest(path.leaders, path.roles, path.heads) WITH ORDINALITY
            AS u(member, role, is_head, n)
        WHERE u.member IS DISTINCT FROM d.about_member_id
            AND u.member IS DISTINCT FROM d.owner_id
            AND NOT EXISTS (SELECT 1 FROM own_family f WHERE f.member = u.member
                AND (f.pupil = d.pupil_id OR f.carer = d.carer_id))
            AND NOT (d.about_office AND EXISTS (SELECT 1 FROM of_office o
                WHERE o.member = u.member AND (o.until IS NULL OR o.until > d.opened_at)))
        ORDER BY n LIMIT 1
    ) leads ON d.step = 4
),
moves AS MATERIALIZED (
    SELECT DISTINCT ON (thread) * FROM placed
    WHERE target IS NOT NULL OR may_go_to_office
    ORDER BY thread, step DESC, id
),
moved AS (
    UPDATE conversations_conversation c SET
        owner_id = m.target,
        queue = CASE WHEN m.target IS NOT NULL THEN '' WHEN m.never_office THEN 'complaints'
            ELSE 'office' END,
        owned_since = %(now)s,
        first_owner_id = CASE
            WHEN m.step = 4 THEN coalesce(
                c.first_owner_id, nullif(m.owner_id, coalesce(m.about_member_id, 0)))
            ELSE c.first_owner_id
        END,
        followed_since = CASE
            WHEN m.step = 4 THEN coalesce(c.followed_since, %(now)s) ELSE c.followed_since
        END
    FROM moves m WHERE c.id = m.thread
    RETURNING c.id
),
handed_over AS (
    INSERT INTO conversations_handover (school_id, conversation_id, from_member_id, from_queue,
        to_member_id, to_queue, summary, because, at)
    SELECT %(school)s, thread, owner_id, queue, target,
        CASE WHEN target IS NOT NULL THEN '' WHEN never_office THEN 'complaints'
            ELSE 'office' END, '', 'late', %(now)s
    FROM moves
),
written AS (
    INSERT INTO ledger_entry (school_id, at, actor_kind, actor_id, verb, object_kind, object_id,
        facts)
    SELECT %(school)s, %(now)s, 'system', 0,
        CASE WHEN step = 4 THEN 'taken further' ELSE 'handed over' END,
        'conversation', subject::text,
        jsonb_build_object('by', 'clock', 'to', coalesce(target::text,
            CASE WHEN never_office THEN 'complaints' ELSE 'office' END))
    FROM moves
),
raised AS (
    INSERT INTO escalation_escalation (school_id, public_id, conversation_id, by, role, holder_id,
        asked_head, words, skipped_because, state, raised_at)
    SELECT %(school)s, gen_random_uuid(), thread, 'clock', role, target, asks_head, '', '',
        'raised', %(now)s
    FROM moves WHERE step = 4 AND escalation IS NULL
),
next_level AS (
    UPDATE escalation_escalation e SET holder_id = m.target, role = m.role, state = 'raised',
        received_at = NULL, asked_head = e.asked_head OR m.asks_head
    FROM moves m WHERE m.step = 4 AND e.id = m.escalation
    RETURNING e.id, e.holder_id
),
happened AS (
    INSERT INTO escalation_happening (school_id, escalation_id, event, by_name, to_id, shown, at)
    SELECT %(school)s, id, 'it went to the next level', '', holder_id, '', %(now)s FROM next_level
),
begun AS (
    INSERT INTO response_clock_promise (school_id, public_id, kind, subject, started_at, due_at,
        first_due_at, literal_due_at, act_by_at, half_at, three_quarters_at, cover_at, leader_at,
        climbed, next_step_at)
    SELECT %(school)s, gen_random_uuid(), n.kind, m.subject, %(now)s, n.due, n.due, %(literal)s,
        n.act_by, n.half, n.three_quarters, n.cover, n.leader, 0, n.next
    FROM moves m
    JOIN (VALUES
        ('head', true, %(head_due)s::timestamptz, %(head_act_by)s::timestamptz,
            %(head_half)s::timestamptz, %(head_three_quarters)s::timestamptz,
            %(head_cover)s::timestamptz, %(head_leader)s::timestamptz,
            %(head_next)s::timestamptz),
        ('leader', false, %(leader_due)s, NULL, %(leader_half)s, %(leader_three_quarters)s,
            %(leader_cover)s, %(leader_leader)s, %(leader_next)s),
        ('update', NULL, %(update_due)s, NULL, %(update_half)s, %(update_three_quarters)s,
            %(update_cover)s, %(update_leader)s, %(update_next)s)
    ) AS n(kind, asks_head, due, act_by, half, three_quarters, cover, leader, next)
        ON n.asks_head IS NULL OR n.asks_head = m.asks_head
    WHERE m.step = 4
    ON CONFLICT (subject, kind) WHERE stopped_at IS NULL AND withdrawn_at IS NULL DO NOTHING
    RETURNING id, subject
),
kept AS (
    INSERT INTO conversations_promised (school_id, conversation_id, promise_id)
    SELECT %(school)s, m.thread, b.id FROM begun b JOIN moves m ON m.subject = b.subject
),
climbed AS (
    UPDATE response_clock_promise p SET
        climbed = CASE WHEN goes_on THEN 2 ELSE d.step END,
        next_step_at = CASE
            WHEN goes_on THEN %(leader_leader)s
            WHEN d.step = 1 THEN least(d.three_quarters_at, d.cover_at, d.leader_at)
            WHEN d.step = 2 THEN least(d.cover_at, d.leader_at)
            WHEN d.step = 3 THEN d.leader_at
        END,
        leader_at = CASE WHEN goes_on THEN %(leader_leader)s ELSE p.leader_at END,
        again_due_at = CASE WHEN d.step > 2 THEN %(again)s ELSE p.again_due_at END
    FROM (
        -- A leader's promise that a further leader has now: it climbs again from here.
        SELECT placed.*, kind = 'leader' AND step = 4 AND target IS NOT NULL AND NOT asks_head
            AS goes_on
        FROM placed
    ) d
    WHERE p.id = d.id
),
told AS MATERIALIZED (
    SELECT DISTINCT p.id AS promise, t.member,
        CASE WHEN p.kind = 'tray' THEN 'tray'
            WHEN p.step = 4 OR p.kind IN ('head', 'leader') THEN 'escalated'
            ELSE 'to-answer' END AS page
    FROM placed p, unnest(
        p.own
        || CASE
            WHEN p.target IS NOT NULL THEN ARRAY[p.target]
            WHEN p.step = 3 THEN coalesce(p.cover, '{}')
            WHEN p.step = 4 AND p.kind IN ('update', 'tray') THEN p.leaders[1:1]
            WHEN p.step = 4 THEN coalesce(nullif(p.leaders[1:1], '{}'), p.beyond)
            ELSE '{}'
        END
        || CASE WHEN p.step = 4 AND p.kind = 'head' THEN p.beyond ELSE '{}' END
    ) AS t(member)
    WHERE t.member IS DISTINCT FROM p.about_member_id
        AND NOT EXISTS (SELECT 1 FROM own_family f WHERE f.member = t.member
                AND (f.pupil = p.pupil_id OR f.carer = p.carer_id))
        AND NOT (p.about_office AND EXISTS (SELECT 1 FROM of_office o
            WHERE o.member = t.member AND (o.until IS NULL OR o.until > p.opened_at)))
),
content AS (
    INSERT INTO delivery_content (school_id, purpose, subject, text, written_by, sensitive, level,
        is_safety, asks, thread_page, answers, written_at)
    SELECT %(school)s, 'alert', %(subject)s, replace(%(text)s, '{page}', page), '', false, 2, false,
        '', '', '', %(now)s
    FROM (SELECT DISTINCT page FROM told) pages
    RETURNING id, text
),
sent AS (
    INSERT INTO delivery_parcel (school_id, content_id, children, priority, member_id, address,
        channel, state, posted_at, next_try_at, tries, doubts, sent_to, because, reference)
    SELECT %(school)s, content.id, '{}', 2, people.member, '', 'email', 'waiting', %(now)s,
        %(opens)s, 0, 0, '', '', ''
    FROM (SELECT DISTINCT member, page FROM told) people
    JOIN content ON content.text = replace(%(text)s, '{page}', people.page)
    JOIN people_teammember m ON m.id = people.member AND m.email <> ''
    RETURNING id
),
steps AS (
    INSERT INTO escalation_step (school_id, promise_id, step, fell_at, at, to_id, told_id)
    SELECT %(school)s, p.id, p.step,
        (ARRAY[p.half_at, p.three_quarters_at, p.cover_at, p.leader_at])[p.step],
        %(now)s, p.target, content.id
    FROM placed p
    LEFT JOIN (SELECT DISTINCT promise, page FROM told) t ON t.promise = p.id
    LEFT JOIN content ON content.text = replace(%(text)s, '{page}', t.page)
    RETURNING id
)
SELECT (SELECT count(*) FROM steps), (SELECT count(*) FROM sent)
"""
