"""Bodies with their validity, people with an account, and posts."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, text
from coso.organizations.rules import Role
from coso.places.models import Place

ROLE_CHOICES = [
    (Role.PROVINCIAL_EDITOR.value, _("Provincial editor")),
    (Role.PROVINCIAL_APPROVER.value, _("Provincial approver")),
    (Role.COMMUNE_OFFICER.value, _("Commune officer")),
    (Role.COMMUNE_LEADER.value, _("Commune leader")),
    (Role.COMMUNICATOR.value, _("Grassroots communicator")),
    (Role.ADMINISTRATOR.value, _("Administrator")),
    (Role.AUDITOR.value, _("Auditor")),
]


class Organization(models.Model):
    """A body under one name and one span of time (a department, a committee, a newspaper)."""

    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=40)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="origins")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="the last day; empty while it is valid")
    dates_verified = models.BooleanField(default=True)
    successor_verified = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["code", "name"], name="organization_code_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.folded = text.fold(f"{self.name} {self.short_name}")
        self.sort_key = text.sort_key(self.name)[:600]
        super().save(*args, **kwargs)


class People(BaseUserManager["Person"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person with an account."""
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. Residents never have an account."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(
        default=False, help_text="somebody else knows the password: nothing opens before it is changed"
    )
    date_joined = models.DateTimeField(default=clock.now)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False)

    objects = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.folded = text.fold(f"{self.full_name} {self.username}")
        # A Vietnamese list of people is ordered by the given name, which stands last.
        self.sort_key = text.sort_key(" ".join(reversed(self.full_name.split())))[:400]
        super().save(*args, **kwargs)

    # Django's templates and allauth ask these; rights come from posts alone.
    is_superuser = False
    is_staff = False


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
