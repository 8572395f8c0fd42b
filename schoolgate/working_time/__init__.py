"""Pure arithmetic of working hours: is it open, when next, what is due when.

No Django, no database, no clock of its own: every function gets its moments. Moments are aware
datetimes; durations are real elapsed time, so a clock change inside open hours neither loses nor
invents an hour. `calendar` holds the rules of a school's days, `timeline` adds and measures along
them, `length` reads promises ("3 working days"), `bank_holidays` and `wall_clock` know the country
and its clocks. `response_clock` and `school` build on this room; it builds on none.
"""
