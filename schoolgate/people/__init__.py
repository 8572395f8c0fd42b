"""People: pupils, carers and the team; who is responsible for whom, and how each may be reached.

Verbs: `actions.joining`, `actions.ending`, `actions.limits`, `importing`. The one rule of who may
receive what for which child stands in `entitlement`. Neighbours: `school` below; everybody above.
"""
