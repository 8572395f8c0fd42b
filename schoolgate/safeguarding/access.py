"""Who may see a concern; the database has judged already, this says it once more in words."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schoolgate.conversations.models import Message
from schoolgate.people.access import Role, Who
from schoolgate.people.models import Carer, HoldBack, Link, Pupil
from schoolgate.safeguarding.asked import judged
from schoolgate.safeguarding.models import Addition, BrokenGlass, Concern, FileStep, Step, View
from schoolgate.safeguarding.states import Outcome

MOST_AT_REST = 200
HOLDERS = (Role.DSL, Role.DEPUTY_DSL, Role.HEAD)


def readable(who: Who) -> QuerySet[Concern]:
    """Every concern that somebody reads by role; row-level security has judged each one."""
    if who.member is None:
        return Concern.objects.none()
    return (
        Concern.objects.filter(school=who.school)
        .exclude(about_member=who.member)
        .annotate(judged=judged())
        .filter(judged=True)
        .select_related("pupil__tutor_group", "raised_by_carer", "raised_by_member")
        .order_by("-raised_at")
    )


def _is_passed() -> Exists:
    return Exists(Step.objects.filter(concern=OuterRef("pk"), kind=Step.Kind.PASSED))


def sealed(who: Who) -> QuerySet[Concern]:
    """The concerns about children that a reader by role may read."""
    return readable(who).filter(Q(about_adult=False), ~_is_passed())


def about_adults(who: Who) -> QuerySet[Concern]:
    """The case manager's own list: concerns about adults who work here (decision 6)."""
    return readable(who).filter(Q(about_adult=True) | Q(_is_passed()))


def for_a_queue(concerns: QuerySet[Concern]) -> list[Concern]:
    """What a queue shows: all that may be open, then the latest of what rests."""
    resting = Step.objects.filter(
        Q(kind__in=[Step.Kind.AGREED, Step.Kind.HANDED_OVER])
        | (Q(kind=Step.Kind.CLOSING) & ~Q(outcome=Outcome.NOT_SAFEGUARDING)),
        concern=OuterRef("pk"),
    )
    anew = Step.objects.filter(
        concern=OuterRef("pk"), kind__in=[Step.Kind.REOPENED, Step.Kind.PASSED]
    )
    worry = Addition.objects.filter(concern=OuterRef("pk"), kind=Addition.Kind.STILL_WORRIED)
    may_be_open = ~Exists(resting) | Exists(anew) | Exists(worry)
    at_rest = concerns.filter(~Q(may_be_open))[:MOST_AT_REST]
    return [*concerns.filter(may_be_open), *at_rest]


def sealed_one(who: Who, public_id: object) -> Concern:
    """One concern of a reader by role. Raises Http404."""
    return get_object_or_404(readable(who), public_id=public_id)


def of_child(who: Who, pupil: Pupil) -> QuerySet[Concern]:
    """What is held about one child, oldest first; concerns about adults stand apart."""
    return sealed(who).filter(pupil=pupil).order_by("raised_at")


def children(who: Who) -> QuerySet[Pupil]:
    """The children, gone or here, about whom somebody reads a concern."""
    return Pupil.objects.filter(school=who.school, pk__in=sealed(who).values("pupil"))


def child(who: Who, public_id: object) -> Pupil:
    """One child with something held that one may read. Raises Http404."""
    return get_object_or_404(children(who), public_id=public_id)


def own(who: Who) -> QuerySet[Concern]:
    """What somebody raised themselves: they keep their own words (decision 7)."""
    if who.user_id is None:
        return Concern.objects.none()
    return Concern.objects.filter(school=who.school, author_user_id=who.user_id).order_by(
        "-raised_at"
    )


def own_one(who: Who, public_id: object) -> Concern:
    """One of somebody's own concerns. Raises Http404."""
    return get_object_or_404(own(who), public_id=public_id)


def views(who: Who) -> QuerySet[View]:
    """Who has opened what one may read oneself, latest first (threat T19)."""
    if who.member is None:
        return View.objects.none()
    return View.objects.filter(school=who.school).select_related("member", "concern", "pupil")


def glass(who: Who) -> QuerySet[BrokenGlass]:
    """What was opened with a reason, for the head and the group's lead, latest first."""
    if who.member is None:
        return BrokenGlass.objects.none()
    return BrokenGlass.objects.filter(school=who.school).select_related("member", "pupil")


def file_steps(who: Who) -> QuerySet[FileStep]:
    """What became of the files of children who left."""
    if who.member is None:
        return FileStep.objects.none()
    return FileStep.objects.filter(school=who.school).select_related("pupil")


def any_child(who: Who, public_id: object) -> Pupil:
    """Any child of the school, gone or here, for those who hold a safeguarding role."""
    if who.member is None:
        raise Http404
    return get_object_or_404(Pupil, school=who.school, public_id=public_id)


def raised_from(concern: Concern) -> Message | None:
    """The message that a concern was raised from: for whoever reads the concern, no other way."""
    if concern.from_message is None:
        return None
    rows = Message.objects.filter(school=concern.school, public_id=concern.from_message)
    return rows.select_related("conversation").first()


def holds(who: Who) -> QuerySet[HoldBack]:
    """What is held back now, soonest looked at again first; the database has judged each one."""
    if who.member is None:
        return HoldBack.objects.none()
    return (
        HoldBack.objects.filter(Q(until_at=None) | Q(until_at__gt=who.at), school=who.school)
        .filter(ended_at=None)
        .select_related("pupil", "carer", "school")
        .order_by("review_by", "pk")
    )


def hold(who: Who, public_id: object) -> HoldBack:
    """One hold that somebody may look at again. Raises Http404."""
    return get_object_or_404(holds(who), public_id=public_id)


def concern_of_hold(who: Who, hold: HoldBack) -> Concern | None:
    """The latest concern that somebody reads about the child and in which somebody was held."""
    held = Step.objects.filter(concern=OuterRef("pk"), kind=Step.Kind.HELD_BACK)
    return readable(who).filter(Exists(held), pupil=hold.pupil).first()


def may_hold_back(who: Who, pupil: Pupil) -> bool:
    """The lead, deputies and head, but never an adult of that child."""
    ties = Link.objects.filter(pupil=pupil, carer__user_id=who.user_id or 0)
    return who.holds(*HOLDERS) and not ties.exists()


def may_be_held(pupil: Pupil) -> QuerySet[Carer]:
    """The adults of a child."""
    links = Link.objects.filter(pupil=pupil, ended_at=None)
    return Carer.objects.filter(pk__in=links.values("carer")).order_by("sorted_by", "pk")
