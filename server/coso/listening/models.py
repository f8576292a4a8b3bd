"""Feedback, its replies, and what of both may be public."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, ids, text
from coso.organizations.models import Person
from coso.places.models import Place


class FeedbackState(models.TextChoices):
    """The life of what a resident sent."""

    NEW = "new", _("New")
    IN_HAND = "in_hand", _("Being handled")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Category(models.Model):
    """A kind of matter residents choose from; data, with its deadline in working days."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    working_days = models.PositiveSmallIntegerField(default=5)
    source = models.CharField(max_length=200, blank=True)
    is_verified = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Feedback(models.Model):
    """What a resident sent, without an account. Contact is optional, seen by the handler only, erased on schedule."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="feedback")
    text = models.TextField(max_length=4000)
    contact = models.CharField(max_length=120, blank=True)
    contact_erased_at = models.DateTimeField(null=True, blank=True)
    may_publish = models.BooleanField(default=False, help_text="the sender ticked the box himself")
    bulletin_ref = models.CharField(max_length=120, blank=True, help_text="the bulletin it is about, as 'bulletin:id'")
    state = models.CharField(max_length=10, choices=FeedbackState.choices, default=FeedbackState.NEW)
    received_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    handler = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_sample = models.BooleanField(default=False)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form in step with the text; contact is never searched."""
        self.folded = text.fold(f"{self.code} {self.text}")
        super().save(*args, **kwargs)


class Reply(models.Model):
    """What the authority answered."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(max_length=8000)
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(default=clock.now)
    bulletin_ref = models.CharField(max_length=120, blank=True, help_text="the bulletin drafted from it")

    class Meta:
        ordering = ["replied_at"]

    def __str__(self) -> str:
        return f"reply to {self.feedback}"


class PublishedAnswer(models.Model):
    """A question and its answer as everybody may read them: names, numbers and addresses taken out by an officer."""

    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, related_name="published")
    question = models.TextField(max_length=4000)
    answer = models.TextField(max_length=8000)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.question[:60]
