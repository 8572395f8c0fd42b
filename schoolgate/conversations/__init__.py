"""Conversations: threads between a carer and the school, on whatever channel.

Verbs, by noun, below `actions`: starting, receiving, replying, holding, handing over, closing,
noting. `states` is the state machine as pure code. Neighbours: `response_clock` makes and stops the
promise; `delivery` carries what is written; `people` says who may see and receive it.
"""
