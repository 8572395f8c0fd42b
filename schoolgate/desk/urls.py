"""Addresses of the pages that join rooms."""

from django.urls import path

from schoolgate.desk.views import (
    calendar,
    family,
    limits,
    look,
    office,
    people,
    people_adding,
    people_changing,
    people_signing_in,
    team,
)

in_a_school = [
    path("", family.home, name="home"),
    path("urgent/", family.urgent, name="urgent"),
    path("to-answer/", team.to_answer, name="to_answer"),
    path("promised/", team.promised, name="promised"),
    path("with-the-family/", team.with_family, name="with_family"),
    path("conversations/", team.conversations, name="conversations"),
    path("hand-offs/", office.hand_offs, name="hand_offs"),
    path("not-reached/", office.unreached, name="not_reached"),
    path("limits/", limits.limits, name="limits"),
    path("limits/<int:number>/lifting/", limits.lifting, name="lifting"),
    path("people/links/<int:number>/limit/", limits.new_limit, name="new_limit"),
    path("calendar/", calendar.calendar, name="calendar"),
    path(
        "calendar/<int:number>/withdrawal/",
        calendar.calendar_withdrawal,
        name="calendar_withdrawal",
    ),
    path("people/", people.people, name="people"),
    path("people/pupils/add/", people_adding.new_pupil, name="new_pupil"),
    path("people/carers/add/", people_adding.new_carer, name="new_carer"),
    path("people/team/add/", people_adding.new_member, name="new_member"),
    path("people/team/agency/", people_adding.agency, name="agency"),
    path("people/invitations/", people_signing_in.invitations, name="invitations"),
    path("people/shared/", people_signing_in.shared, name="shared_addresses"),
    path("people/resets/", people_signing_in.resets, name="resets"),
    path("people/links/<int:number>/end/", people_changing.link_end, name="link_end"),
    path("people/<uuid:public_id>/", people.person, name="person"),
    path("people/<uuid:public_id>/card/", people_signing_in.people_card, name="people_card"),
    path("people/<uuid:public_id>/address/", people_signing_in.address, name="address"),
    path("people/<uuid:public_id>/reset/", people_signing_in.reset, name="reset"),
    path("people/<uuid:public_id>/links/", people_changing.links, name="links"),
    path("people/<uuid:public_id>/group/", people_changing.group, name="group"),
    path("people/<uuid:public_id>/roll/", people_changing.roll, name="roll"),
    path("people/<uuid:public_id>/leaving/", people_changing.leaving, name="leaving"),
    path("colours.css", look.colours, name="colours"),
]
of_everybody = [
    path("", look.start, name="start"),
    path("look/", look.look, name="look"),
    path("leave/", look.leave, name="leave"),
    path("alive/", look.alive, name="alive"),
]
