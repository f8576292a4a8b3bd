"""Posts, who stands in for whom, and handing over."""

from django.db import models

from coso.kit import clock
from coso.organizations.models.bodies import Organization
from coso.organizations.models.people import Person
from coso.organizations.models.roles import ROLE_CHOICES
from coso.places.models import Place


class Post(models.Model):
    """A role held by a person, for an organization, within a place and everything under it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="posts")
    held_from = models.DateField(default=clock.today)
    held_to = models.DateField(null=True, blank=True, help_text="the last day; empty while it is held")
    decision = models.CharField(max_length=200, blank=True, help_text="the decision that gives the post")

    class Meta:
        ordering = ["place__path", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "place"], condition=models.Q(held_to=None), name="post_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.place}"


class Deputy(models.Model):
    """Somebody stands in for the holder of a post, with its rights, for a period and no longer than the post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputies")
    from_on = models.DateField()
    to_on = models.DateField(help_text="the last day")
    decision = models.CharField(max_length=200, blank=True)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was ended before its last day")

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="deputy_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.post}"


class Handover(models.Model):
    """Somebody leaves: his open duties are passed on, then his posts end and his account closes."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers")
    last_day = models.DateField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(finished_at=None, withdrawn_at=None),
                name="handover_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.last_day}"
