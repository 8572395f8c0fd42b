"""The schools' files, and what is made of them."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from schoolgate.response_clock.reckoning import due_times
from schoolgate.school.errors import SettingsError
from schoolgate.school.readings import ODDITIES, READINGS
from schoolgate.school.settings import SchoolSettings, load, parse, parse_calendar
from schoolgate.school.settings_parts import CalendarEntries, EmailRoute, HeadCounting, HoursKind
from schoolgate.school.tests.files import MEDWAY, SCHOOLS, changed
from schoolgate.working_time.calendar import Block, Closure, Term
from schoolgate.working_time.length import Length

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
MORNING = (Block(8 * 60, 12 * 60),)
VARIATION = """
[isams_variation]
recorded_by = "Head"
recorded_on = 2026-11-01
portal_counts_as_parent_portal = true
codes_may_be_sent = true
"""


def school(name: str) -> SchoolSettings:
    return load(SCHOOLS / f"{name}.toml")


@pytest.mark.parametrize("path", sorted(SCHOOLS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_schools_file_is_sound_and_bears_the_schools_name(path: Path) -> None:
    assert load(path).slug == path.stem


@pytest.mark.clause("2.1-M2a")
def test_at_a_school_whose_email_goes_by_isams_nothing_leaves_by_plain_email() -> None:
    trent = school("trent-acres")
    assert trent.email_route is EmailRoute.ISAMS
    assert trent.mailbox == trent.contact.email == ""
    assert not trent.notices_may_be_emailed(NOW)
    assert not trent.codes_may_be_emailed(NOW)


@pytest.mark.clause("2.1-M2a")
def test_notices_may_leave_once_the_head_has_recorded_it() -> None:
    text = (SCHOOLS / "trent-acres.toml").read_text("utf-8") + VARIATION
    varied = parse(text, "trent-acres.toml")
    assert varied.notices_may_be_emailed(NOW)
    assert varied.codes_may_be_emailed(NOW)


@pytest.mark.clause("2.1-M2a")
@pytest.mark.parametrize(
    ("at", "may"),
    [
        ("2026-10-31T23:59:59+00:00", False),
        ("2026-11-01T00:00:00+00:00", True),
        ("2027-06-15T22:59:59+00:00", True),  # the last second of its last day, in summer
        ("2027-06-15T23:00:00+00:00", False),
    ],
)
def test_what_the_head_recorded_holds_from_its_day_to_its_end_by_the_schools_clock(
    at: str, *, may: bool
) -> None:
    text = (SCHOOLS / "trent-acres.toml").read_text("utf-8") + VARIATION + "ends_on = 2027-06-15\n"
    varied, moment = parse(text, "trent-acres.toml"), datetime.fromisoformat(at)
    assert varied.notices_may_be_emailed(moment) is may
    assert varied.codes_may_be_emailed(moment) is may


@pytest.mark.clause("2.1-M2a")
def test_in_summer_its_first_day_begins_an_hour_before_that_of_utc() -> None:
    text = (SCHOOLS / "trent-acres.toml").read_text("utf-8") + VARIATION
    varied = parse(text.replace("2026-11-01", "2027-06-15"), "trent-acres.toml")
    assert not varied.notices_may_be_emailed(datetime.fromisoformat("2027-06-14T22:59:59+00:00"))
    assert varied.notices_may_be_emailed(datetime.fromisoformat("2027-06-14T23:00:00+00:00"))


def test_a_variation_does_not_end_before_it_begins() -> None:
    text = (SCHOOLS / "trent-acres.toml").read_text("utf-8") + VARIATION + "ends_on = 2026-10-31\n"
    with pytest.raises(SettingsError):
        parse(text, "trent-acres.toml")


@pytest.mark.clause("2.1-M2b")
def test_medway_green_writes_from_its_own_addresses() -> None:
    medway = school("medway-green")
    assert medway.email_route == "school_mailbox"
    assert medway.mailbox == "office@medwaygreenschool.co.uk"
    assert medway.mail_domains == ("medwaygreenschool.co.uk",)


@pytest.mark.clause("2.1-M6", "2.1-M7", "6.0-C", "1.0-S3", "1.0-S1")
def test_the_two_schools_differ_where_their_policies_do() -> None:
    trent, medway = school("trent-acres"), school("medway-green")
    assert (trent.head_title, medway.head_title) == ("Headteacher or Equivalent", "Headteacher")
    assert (trent.approved_apps, medway.approved_apps) == (("Class Dojo",), ())
    assert (trent.calendar_published, medway.calendar_published) == (False, True)
    assert set(trent.ethos.qualities) - set(medway.ethos.qualities) == {"person-centred"}
    assert trent.ethos.hard_years_of == "some of the children"
    assert (trent.contact.phone, medway.contact.phone) == ("01543 473772", "01634 968420")
    assert (trent.contact.website, medway.contact.website) == ("www.trentacres.co.uk", "")
    assert medway.group.brands == ("Acorn Education", "Momenta Connect", "Options Autism")


def test_what_no_policy_fixes_has_its_default() -> None:
    promises = school("medway-green").promises
    assert promises.head_counting is HeadCounting.WORKING_DAYS
    assert promises.head_reading_adopted_on is None
    assert promises.update == Length.read("5 working days")
    assert promises.tray == Length.read("1 working hour")
    assert promises.day_before_list == time(12)


@pytest.mark.clause("2.2-T8b")
def test_a_third_school_works_from_settings_alone() -> None:
    wen = school("ysgol-afon-wen")
    calendar = wen.reply_calendar()
    received = calendar.local_moment(datetime.fromisoformat("2026-12-17T15:30"))
    found = due_times(calendar, wen.promises, received)
    assert wen.ladder[:3] == ("key_worker", "head_of_house", "deputy_head")
    assert calendar.normal_core_day == timedelta(hours=7)
    # Of 35 hours: 1 on Thursday, 3:15 on the half Friday, 28 from the INSET Monday, 2:45 left.
    assert found.reply_due == calendar.local_moment(datetime.fromisoformat("2027-01-08T11:30"))
    assert found.acknowledge_due == calendar.local_moment(
        datetime.fromisoformat("2027-01-04T15:30")
    )
    assert not calendar.opens_on(date(2027, 3, 1))


def test_office_hours_are_reply_hours_unless_they_are_given() -> None:
    medway, wen = school("medway-green"), school("ysgol-afon-wen")
    assert medway.office_hours == medway.hours
    assert wen.office_calendar().opens_on(date(2026, 11, 23)) == (Block(8 * 60 + 15, 16 * 60 + 45),)


@pytest.mark.clause("2.2-T8c")
def test_safeguarding_hours_stay_long_on_a_half_day_that_names_none_of_their_own() -> None:
    text = changed("closures = []", 'closures = [{date = 2026-12-17, hours = ["08:00-12:00"]}]')
    settings = parse(text, "medway-green.toml")
    day = date(2026, 12, 17)
    assert settings.reply_calendar().opens_on(day) == MORNING
    assert settings.safeguarding_calendar().opens_on(day) == (Block(7 * 60 + 30, 18 * 60),)
    own = school("ysgol-afon-wen").safeguarding_calendar().opens_on(date(2026, 12, 18))
    assert own == (Block(7 * 60 + 45, 13 * 60),)


def test_an_inset_day_is_a_working_day_for_replies_and_not_for_children() -> None:
    settings = parse(changed("inset = []", "inset = [2026-11-23]"), "medway-green.toml")
    assert settings.reply_calendar().opens_on(date(2026, 11, 23))
    assert not settings.safeguarding_calendar().opens_on(date(2026, 11, 23))
    assert settings.home_time_on(date(2026, 11, 23)) is None


@pytest.mark.clause("2.1-M5b")
def test_home_time_is_known_for_every_day_with_children() -> None:
    wen = school("ysgol-afon-wen")
    known = [wen.home_time_on(date(2026, 12, day)) for day in (16, 17, 18, 19, 21)]
    assert [at and at.strftime("%H:%M") for at in known] == ["15:20", "15:20", "12:00", None, None]


def test_entries_of_the_app_stand_in_place_of_the_files_own() -> None:
    medway = school("medway-green")
    entries = CalendarEntries(
        terms=(Term(date(2028, 1, 4), date(2028, 3, 31)),),
        closures=(Closure(date(2028, 1, 5)),),
        own_closures=((HoursKind.OFFICE, Closure(date(2028, 1, 6), MORNING)),),
    )
    assert not medway.reply_calendar(entries).opens_on(date(2026, 11, 23))
    assert not medway.reply_calendar(entries).opens_on(date(2028, 1, 5))
    assert medway.reply_calendar(entries).opens_on(date(2028, 1, 6)) != MORNING
    assert medway.office_calendar(entries).opens_on(date(2028, 1, 6)) == MORNING
    assert medway.reply_calendar(entries) is medway.reply_calendar(entries)


def test_people_who_work_part_time_have_a_week_of_their_own() -> None:
    wen = school("ysgol-afon-wen")
    mornings = wen.personal_calendar(dict(wen.part_time)["mornings"].week)
    assert mornings.opens_on(date(2026, 11, 23)) == (Block(8 * 60 + 45, 12 * 60 + 15),)
    assert mornings.opens_on(date(2026, 12, 18)) == ()  # a half day never opens a day off
    assert mornings.normal_core_day == timedelta(hours=3, minutes=30)


def test_a_calendar_file_needs_hours_and_a_time_zone_alone() -> None:
    hours = '[hours]\nmon = ["08:00-12:00"]\nclosures = [{date = 2026-11-30}]\n'
    text = f'timezone = "Europe/London"\n{hours}'
    calendar = parse_calendar(text, "calendar.toml")
    assert calendar.opens_on(date(2026, 11, 23)) == MORNING
    assert calendar.opens_on(date(2026, 11, 30)) == ()


@pytest.mark.parametrize(
    ("written", "hours"), [('"8 hours"', 8), ('"7:30"', 7.5), ("6.5", 6.5), ("8", 8)]
)
def test_a_core_day_can_be_written_in_several_ways(written: str, hours: float) -> None:
    settings = parse(changed("closures = []", f"core_day = {written}"), "medway-green.toml")
    assert settings.reply_calendar().normal_core_day == timedelta(hours=hours)


def test_every_oddity_is_read_and_eight_are_no_switches() -> None:
    assert [oddity.id for oddity in ODDITIES] == [f"O{number}" for number in range(1, 23)]
    assert [oddity.id for oddity in READINGS] == [
        "O11", "O12", "O13", "O14", "O15", "O16", "O21", "O22",
    ]  # fmt: skip


@pytest.mark.parametrize("oddity", [o for o in ODDITIES if o.setting], ids=lambda oddity: oddity.id)
def test_the_setting_of_an_oddity_exists(oddity) -> None:
    found: object = parse(MEDWAY, "medway-green.toml")
    for part in oddity.setting.split("."):
        assert hasattr(found, part)
        found = getattr(found, part)


def test_who_sends_what_cannot_wait_and_what_a_text_costs() -> None:
    assert school("medway-green").sending.text_price_pence == 3.2
    said = ("urgent_senders", "text_price_pence")
    silent = "\n".join(line for line in MEDWAY.split("\n") if not line.startswith(said))
    sending = parse(silent, "x.toml").sending
    assert sending.text_price_pence is None
    assert sending.urgent_senders == ("head", "assistant_head", "office", "dsl", "deputy_dsl")


@pytest.mark.clause("2.2-T4b")
def test_a_school_that_names_no_lines_has_its_switchboard() -> None:
    silent = "\n".join(line for line in MEDWAY.split("\n") if not line.startswith("school_lines"))
    assert parse(silent, "x.toml").telephone.lines == ("01634 968420",)
    assert len(school("medway-green").telephone.lines) == 2


def test_a_soft_telephone_needs_the_domain_of_its_trunk() -> None:
    with pytest.raises(SettingsError, match="domain of the school's trunk"):
        parse(MEDWAY.replace('click_to_call = "link"', 'click_to_call = "sip"'), "x.toml")
