"""Good news of a child: told to each adult entitled, and first on the family's home.

`quiet` says since when nothing good was told, `actions.telling` is the verb. The threads and the
parcels stay in `conversations` and `delivery`.
"""
