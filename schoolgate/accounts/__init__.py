"""Accounts: signing in, by invitation only; which person is behind a request.

Verbs below `actions`. `middleware` opens one transaction that sees one school; `gates` names the
access rule of every route. Neighbours: `people` knows the carer or team member behind a user.
"""
