from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from arasha.places.models import Place, Region
from arasha.references import KeyField


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody with an account. There is no superuser: no account opens every record."""

    key = KeyField()
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name


class Institution(models.Model):
    key = KeyField()
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)  # pack: institution kinds
    name = models.JSONField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="offices")

    def __str__(self) -> str:
        return self.code


class Post(models.Model):
    """A seat in an institution. Rights and duties hang on the post, not on the person."""

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40)  # access.policy: roles
    title = models.JSONField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="posts")
    manages_people = models.BooleanField(default=False)
    on_duty = models.BooleanField(default=False)  # may break the glass

    def __str__(self) -> str:
        return f"{self.role} at {self.institution_id}"


class Appointment(models.Model):
    """A person in a post, from a day until a day (inclusive; open while null)."""

    key = KeyField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "from_day"], name="appointment_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.post_id} from {self.from_day}"


class Command(models.Model):
    """Which institution commands which place, from a day until a day (inclusive)."""

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="commands")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="commands")
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.institution_id} commands {self.place_id} from {self.from_day}"


class Invitation(models.Model):
    """Somebody is to get an account. It opens nothing until a second people-manager confirms it."""

    key = KeyField()
    email = models.EmailField()
    full_name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="invitations")
    invited_by_key = models.CharField(max_length=60)
    invited_at = models.DateTimeField()
    confirmed_by_key = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["post", "invited_at"], name="invitation_by_post")]

    def __str__(self) -> str:
        return f"invitation to {self.post_id}"


class Restoration(models.Model):
    """A lost passkey: asked by one people-manager, confirmed by another, used once by the person."""

    key = KeyField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="restorations")
    asked_by_key = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    confirmed_by_key = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    token_hash = models.BinaryField(max_length=32, null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"restoration of {self.user_id}"


class SignInLink(models.Model):
    """A link that signs in once: in the demo only."""

    key = KeyField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in link of {self.user_id}"
