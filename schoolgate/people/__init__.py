"""People: pupils, carers and the team; who is responsible for whom, and how each may be reached.

Verbs, in `actions`: `joining`, `changing`, `grouping` and `ending` for the team and the roll;
`describing`, `routes`, `safe_routes` and `limits` for a carer; `reviewing` at 16. `importing`
brings a folder. The one rule of who may receive what for which child stands in `entitlement`.
Neighbours: `school` below; everybody above.
"""
