"""The owner of a conversation has access: judged by the database when a transaction ends (5.2)."""

from django.db import migrations

OWNER_HAS_ACCESS = """
CREATE FUNCTION conversation_owner_has_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM conversations_conversation c
        JOIN people_teammember m ON m.id = c.owner_id
        WHERE c.id = NEW.id AND m.access_ended_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A conversation can not be owned by somebody whose access has ended.';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER conversation_owner_has_access
    AFTER INSERT OR UPDATE OF owner_id ON conversations_conversation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.owner_id IS NOT NULL)
    EXECUTE FUNCTION conversation_owner_has_access();

CREATE FUNCTION member_leaves_no_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM conversations_conversation c WHERE c.owner_id = NEW.id) THEN
        RAISE EXCEPTION 'Access can not end while conversations are still owned: move them first.';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER member_leaves_no_work
    AFTER UPDATE OF access_ended_at ON people_teammember
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.access_ended_at IS NOT NULL)
    EXECUTE FUNCTION member_leaves_no_work();
"""
UNDONE = """
DROP TRIGGER member_leaves_no_work ON people_teammember;
DROP FUNCTION member_leaves_no_work();
DROP TRIGGER conversation_owner_has_access ON conversations_conversation;
DROP FUNCTION conversation_owner_has_access();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0002_one_school"),
        ("people", "0002_one_school"),
    ]

    operations = [migrations.RunSQL(OWNER_HAS_ACCESS, UNDONE)]
