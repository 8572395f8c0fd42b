"""What a family says of an answer: that it was none, or that it helped (decision 20)."""

from django.db import models
from django.db.models import Q

from schoolgate.conversations.models.message import Message
from schoolgate.response_clock.models import Promise
from schoolgate.school.models import School


class FamilyWord(models.Model):
    """A family's word on one answer of the school; never counted for or against a person.

    Whether the first promise was kept in time stays in the promise. Here stands that it was not
    kept to the family's mind, and which promise runs again since.
    """

    class Verdict(models.TextChoices):
        DID_NOT_ANSWER = "did not answer"
        HELPED = "helped"

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="family_word")
    verdict = models.CharField(max_length=14, choices=Verdict.choices)
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="When it was taken back.")
    first = models.ForeignKey(
        Promise,
        on_delete=models.PROTECT,
        null=True,
        related_name="not_to_mind",
        help_text="The promise that stands as not kept, to the family's mind.",
    )
    again = models.ForeignKey(
        Promise,
        on_delete=models.PROTECT,
        null=True,
        related_name="answers_again",
        help_text="The promise that runs from the press.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="did not answer", again__isnull=False)
                | Q(verdict="helped", first=None, again=None),
                name="family_word_runs_again_or_thanks",
            )
        ]

    def __str__(self) -> str:
        return f"The family says of {self.message_id}: {self.verdict}"

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.withdrawn_at is None
