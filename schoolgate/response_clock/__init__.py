"""When an answer is due, shown to both sides, and whether the promise was kept.

`reckoning` is the pure arithmetic on a school's calendar and promises; it needs no database. A
promise starts with what a family sends, stops with a person's answer that arrived, and is never
reset in between. The room reads `school` and `working_time`; `conversations` and `inbound` above
make promises here.
"""
