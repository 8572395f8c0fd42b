"""The shared table in which limits on tries are counted, for every web process alike."""

from django.db import migrations

TABLE = """
CREATE TABLE limits_on_tries (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX limits_on_tries_expires ON limits_on_tries (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first_rows")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE limits_on_tries;")]
