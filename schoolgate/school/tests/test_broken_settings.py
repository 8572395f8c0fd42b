"""A broken settings file is refused with the file, the key and the line."""

from pathlib import Path

import pytest

from schoolgate.school.errors import SettingsError, SettingsProblem
from schoolgate.school.settings import load, parse, parse_calendar
from schoolgate.school.tests.files import MEDWAY, changed, line_of


def problems_of(text: str) -> tuple[SettingsProblem, ...]:
    with pytest.raises(SettingsError) as caught:
        parse(text, "x.toml")
    return caught.value.problems


# what stands in the file, what stands there instead, the key named, a word of the sentence
BROKEN = [
    ('slug = "medway-green"', 'slug = "Medway Green"', "slug", "hyphens"),
    ('timezone = "Europe/London"', 'timezone = "Europe/Wouldham"', "timezone", "time zone"),
    ('timezone = "Europe/London"', 'timezone = "Europe"', "timezone", "time zone"),
    ('bank_holidays = "GB-ENG"', 'bank_holidays = "GB-KENT"', "bank_holidays", "GB-ENG"),
    ("inset = []", 'inset = ["2026-10-19"]', "inset", "list of dates"),
    ("inset_counts = true ", 'inset_counts = "yes" ', "inset_counts", "true or false"),
    ('home_time = "15:30"', 'home_time = "half past three"', "home_time", "15:30"),
    ("closures = []", "closures = [{dat = 2026-12-03}]", "closures[1].dat", "Did you mean 'date'"),
    ("closures = []", "closures = [{date = 2026-12-03}, {date = 2026-12-03}]", "closures", "once"),
    ("last = 2026-12-18", "last = 2026-08-18", "terms[1].last", "before it begins"),
    ("first = 2027-01-04", "first = 2026-12-01", "terms", "begins before"),
    ('ladder = ["tutor"', 'ladder = ["Class tutor"', "ladder", "name of a role"),
    ('head_holders = ["head"]', 'head_holders = ["principal"]', "ladder", "head_holders"),
    ('"school_mailbox" ', '"carrier_pigeon" ', "email_route", "possible are isams"),
    ('mailbox = "office@', 'mailbox = "office.', "mailbox", "not an email address"),
    ('mail_domains = ["medway', 'mail_domains = ["other', "mailbox", "one of the mail_domains"),
    ('reply = "1 working day"', 'reply = "1 wroking day"', "promises.reply", "48 hours"),
    ('counting = "working days"', 'counting = "days"', "promises.head_counting", "literal"),
    ("text_price_pence = 3.2", "text_price_pence = -1", "text_price_pence", "pence"),
    ('urgent_senders = ["head"', 'urgent_senders = ["Head"', "urgent_senders", "name of a role"),
    ('click_to_call = "link"', 'click_to_call = "pigeon"', "click_to_call", "possible are link"),
    ('click_to_call = "link"', 'sip_domain = "x y"', "sip_domain", "not a domain"),
    ('"Class line 01632 960421"', '"Switchboard 01634 968420"', "school_lines", "stands here once"),
    ("hue = 155", "hue = 300", "brand.hue", "warnings"),
    ("hue = 155", "hue = 20", "brand.hue", "warnings"),
    ("hue = 155", "hue = 360", "brand.hue", "0 to 359"),
    ("chroma = 0.08", "chroma = 0.2", "brand.chroma", "0.11"),
    ("hue = 155", "hues = 155", "brand.hues", "Did you mean 'hue'"),
    ('phone = "01634', 'fone = "01634', "contact.fone", "Did you mean 'phone'"),
    ("approved_apps = []", "approved_apps = 3", "approved_apps", "list of texts"),
    ('name = "Medway Green School"', "name = 3", "name", "text in quotes"),
    ('name = "Medway Green School"', "nom = 3", "nom", "not known"),
]


@pytest.mark.parametrize(("old", "new", "key", "words"), BROKEN, ids=[row[1] for row in BROKEN])
def test_a_mistake_is_named_with_its_line(old: str, new: str, key: str, words: str) -> None:
    text = changed(old, new)
    found = {problem.key: problem for problem in problems_of(text)}
    assert words in found[key].sentence
    assert found[key].line == line_of(f"{key.split('.')[-1].split('[')[0]} = ", text)
    assert str(found[key]).startswith(f"x.toml, line {found[key].line}: {key}: ")


def test_a_mistake_in_a_block_of_hours_is_named_with_its_day() -> None:
    for block in ("8-4", "16:00-08:00", "22:00-25:00", "08:00-24:30"):
        text = changed("[hours] ", f'[hours]\nsun = ["{block}"] ')
        (problem,) = problems_of(text)
        assert (problem.key, problem.line) == ("hours.sun", line_of("sun = ", text))


def test_blocks_that_overlap_are_refused() -> None:
    (problem,) = problems_of(changed("[hours] ", '[hours]\nsun = ["08:00-12:00", "11:00-16:00"] '))
    assert "overlap" in problem.sentence


@pytest.mark.parametrize(
    "key", ["slug", "timezone", "bank_holidays", "home_time", "head_title", "inbound_address"]
)
def test_a_missing_key_is_named(key: str) -> None:
    lines = [line for line in MEDWAY.splitlines() if not line.startswith(f"{key} =")]
    (problem,) = problems_of("\n".join(lines))
    assert (problem.key, problem.sentence) == (key, "This key is required and is missing.")


def test_safeguarding_hours_are_required() -> None:
    text = changed("[safeguarding_hours]", "[safe_guarding_hours]")
    keys = {problem.key for problem in problems_of(text)}
    assert keys == {"safeguarding_hours", "safe_guarding_hours"}


def test_every_mistake_is_named_at_once_in_the_order_of_the_lines() -> None:
    text = changed("hue = 155", "hue = 300", changed('slug = "medway-green"', "slug = 3"))
    found = problems_of(text)
    assert [problem.key for problem in found] == ["slug", "brand.hue"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('reply = "1 working day"', "reply = 1 working day", "reply"),
        ('slug = "medway-green"', 'slug = "medway-green', "slug"),
        ("hue = 155", "hue = 155\nhue = 156", "hue"),
    ],
)
def test_what_is_not_toml_is_named_with_its_line(old: str, new: str, key: str) -> None:
    text = changed(old, new)
    (problem,) = problems_of(text)
    last_written = text.rindex(f"{key} = ")
    assert (problem.line, problem.key) == (text[:last_written].count("\n") + 1, key)


def test_an_array_that_is_left_open_is_named_by_its_key() -> None:
    (problem,) = problems_of('slug = "x"\nterms = [\n  {first = 2026-09-03},\n')
    assert (problem.line, problem.key) == (2, "terms")


def test_a_file_that_is_missing_or_no_text_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml: This file cannot be read"):
        load(tmp_path / "nowhere.toml")
    (tmp_path / "picture.toml").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(SettingsError, match="not a text in UTF-8"):
        load(tmp_path / "picture.toml")


def test_a_file_as_windows_writes_it_is_read_with_the_same_lines() -> None:
    text = "\ufeff" + MEDWAY.replace("\n", "\r\n")
    assert parse(text, "x.toml").slug == "medway-green"
    (problem,) = problems_of(text.replace("hue = 155", "hue = 300"))
    assert problem.line == line_of("hue = 155", MEDWAY)


def test_a_calendar_file_without_hours_is_refused() -> None:
    with pytest.raises(SettingsError, match="hours"):
        parse_calendar('timezone = "Europe/London"\n', "c.toml")
    with pytest.raises(SettingsError, match="At least one day"):
        parse_calendar('timezone = "Europe/London"\n[hours]\nmon = []\n', "c.toml")
    with pytest.raises(SettingsError, match="slug"):
        parse_calendar(
            'timezone = "Europe/London"\nslug = "x"\n[hours]\nmon = ["08:00-16:00"]\n', "c.toml"
        )
