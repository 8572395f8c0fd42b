"""Lists sort as people read: Łukasz under L, Éva under E, class 2 before class 10.

The database knows no language's order, so each name has a key beside it that any order sorts right:
small letters without accents, no apostrophes, hyphens as spaces, numbers of one length. The same
key finds "OBrien" for "O’Brien" and "year 7" for "Year-7".
"""

from django.db import migrations, models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat

KEY = r"""
CREATE FUNCTION people_sort_key(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(btrim(regexp_replace(
        translate(
            replace(replace(replace(replace(
                lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g')),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
            'łŁøØđĐðÐıħĦəƏŋŊ-‐‑–_''’‘ʼʻ`´′', 'llooddddihheenn     '),
        '\s+', ' ', 'g')), '([0-9]+)', '0000\1', 'g'), '[0-9]*([0-9]{5})(?![0-9])', '\1', 'g')
$$;
"""
KEY_UNDONE = "DROP FUNCTION people_sort_key(text);"


def key(*fields: str) -> models.GeneratedField:
    """A stored key of one field or of several with spaces between them."""
    words = F(fields[0])
    for name in fields[1:]:
        words = Concat(words, Value(" "), F(name))
    return models.GeneratedField(
        db_persist=True,
        expression=Func(words, function="people_sort_key"),
        output_field=models.TextField(),
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0014_what_the_file_said")]

    operations = [
        migrations.RunSQL(KEY, KEY_UNDONE),
        migrations.AddField("pupil", "sorted_by", key("first_name", "last_name", "known_as")),
        migrations.AddField("carer", "sorted_by", key("name")),
        migrations.AddField("teammember", "sorted_by", key("name")),
        migrations.AddField("group", "sorted_by", key("name")),
        migrations.AlterModelOptions("pupil", {"ordering": ["sorted_by", "pk"]}),
        migrations.AlterModelOptions("carer", {"ordering": ["sorted_by", "pk"]}),
        migrations.AlterModelOptions("teammember", {"ordering": ["sorted_by", "pk"]}),
        migrations.AlterModelOptions("group", {"ordering": ["sorted_by", "pk"]}),
    ]
