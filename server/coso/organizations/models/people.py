"""People with an account, and invitations to open one."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from coso.kit import clock, ids, text
from coso.organizations.models.bodies import Organization
from coso.organizations.models.roles import ROLE_CHOICES
from coso.organizations.rules import InvitationState, invitation_state
from coso.places.models import Place


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


class Invitation(models.Model):
    """A link by which somebody opens an account of his own, with the post that waits for him."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, help_text="the link itself is never stored")
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_made")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searched form and the order in step with the name."""
        self.folded = text.fold(f"{self.full_name} {self.email}")
        self.sort_key = text.sort_key(" ".join(reversed(self.full_name.split())))[:400]
        super().save(*args, **kwargs)

    @property
    def state(self) -> InvitationState:
        """Tell where the invitation stands now."""
        return invitation_state(
            now=clock.now(),
            expires_at=self.expires_at,
            accepted_at=self.accepted_at,
            withdrawn_at=self.withdrawn_at,
        )
