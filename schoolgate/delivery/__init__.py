"""The post room: a row per person and channel before anything leaves.

Verbs: `actions.posting.post`, `actions.sorting.sort`, `actions.sweeping.sweep`,
`actions.handing_off.record_hand_off`, `actions.bundling.prepare`. News: `outcomes`. Neighbours:
`people` says who may receive what, judged again at the moment of sending; channels are folders
below `channels`.
"""
