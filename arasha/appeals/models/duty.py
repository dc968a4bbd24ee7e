from django.db import models

from arasha.appeals.models.filed import Appeal
from arasha.people.models import Institution, User
from arasha.references import KeyField


class Shift(models.Model):
    """Who answers the duty line, from a minute until a minute; level 2 is rung when level 1 is silent."""

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="shifts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shifts")
    level = models.PositiveSmallIntegerField(default=1)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["institution", "from_at"], name="shift_by_time")]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.from_at}"


class DutyCall(models.Model):
    """“Danger now”: the one appeal whose minute the server knows, because minutes count."""

    appeal = models.OneToOneField(
        Appeal, on_delete=models.CASCADE, primary_key=True, related_name="duty_call"
    )
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=1)  # to which level it has rung
    rung_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["read_at", "received_at"], name="call_by_silence")]

    def __str__(self) -> str:
        return f"call {self.appeal_id}"


class StandIn(models.Model):
    """Set ahead: who reads in somebody's place, from a day until a day (inclusive)."""

    key = KeyField()
    absent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stands_in")
    from_day = models.DateField()
    until_day = models.DateField()

    def __str__(self) -> str:
        return f"{self.user_id} for {self.absent_id} from {self.from_day}"
