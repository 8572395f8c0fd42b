"""Whether mail of a domain arrives: what its records say, and what to ask its mail host for.

`findings` is what is found, `names` asks name servers, `spf`, `dkim_key`, `dmarc` and `answers`
judge a domain's records, `sending_host` talks to the server that takes our mail. `schoolgate doctor
mail` joins them (config/verbs/doctor_mail.py).
"""
