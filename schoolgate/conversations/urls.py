"""Addresses of this room, below a school's own: nouns."""

from django.urls import path

from schoolgate.conversations.views import (
    answered,
    calls,
    family,
    keeping,
    regrouping,
    saved,
    shared,
    team,
)

urlpatterns = [
    path("write/", family.write, name="write"),
    path("doors/<slug:kind>/", family.door, name="door"),
    path("conversations/<uuid:public_id>/", shared.conversation, name="conversation"),
    path("conversations/<uuid:public_id>/messages/", family.add_message, name="add_message"),
    path("conversations/<uuid:public_id>/reopening/", family.reopening, name="reopening"),
    path("conversations/<uuid:public_id>/replies/", team.replies, name="replies"),
    path("conversations/<uuid:public_id>/holding/", team.holding_replies, name="holding"),
    path("conversations/<uuid:public_id>/notes/", team.notes, name="notes"),
    path("conversations/<uuid:public_id>/hand-overs/", team.hand_overs, name="hand_overs"),
    path("conversations/<uuid:public_id>/taking/", team.takings, name="taking"),
    path("conversations/<uuid:public_id>/closure/", team.closures, name="closure"),
    path("conversations/<uuid:public_id>/regrouping/", regrouping.regrouping, name="regrouping"),
    path("conversations/<uuid:public_id>/separations/", regrouping.separations, name="separations"),
    path("conversations/<uuid:public_id>/joinings/", regrouping.joinings, name="joinings"),
    path("conversations/<uuid:public_id>/ringing/", calls.ring, name="ring"),
    path("saved-replies/", saved.saved_replies, name="saved_replies"),
    path("saved-replies/<int:number>/ending/", saved.saved_reply_ending, name="saved_reply_ending"),
    path("new-call/", calls.log_call, name="log_call"),
    path("call-backs/", calls.call_tasks, name="call_tasks"),
    path("call-backs/<int:number>/ending/", calls.call_task_ending, name="call_task_ending"),
    path("conversations/<uuid:public_id>/given-words/", keeping.given_words, name="given_words"),
    path("messages/<uuid:public_id>/familys-word/", answered.family_word, name="family_word"),
    path("messages/<uuid:public_id>/keepings/", keeping.keepings, name="keepings"),
    path("messages/<uuid:public_id>/original/", shared.original, name="original"),
    path("messages/<uuid:public_id>/words/", team.typed_words, name="typed_words"),
    path("asides/<uuid:public_id>/original/", shared.aside_original, name="aside_original"),
    path("suggestions/<uuid:public_id>/decision/", team.decision, name="suggestion"),
    path("files/<uuid:public_id>/", shared.attachment, name="attachment"),
    path("files/<uuid:public_id>/thumbnail/", shared.thumbnail, name="thumbnail"),
    path("files/<uuid:public_id>/release/", team.releases, name="release"),
]
