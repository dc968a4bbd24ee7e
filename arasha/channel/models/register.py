"""What people must know to keep terminals running. Nothing here depends on whether somebody wrote."""

from django.db import models

from arasha.places.models import Device, Place
from arasha.references import KeyField


class Health(models.Model):
    """What a terminal said of itself last: its build, its disk, which files of trust it holds."""

    device = models.OneToOneField(
        Device, on_delete=models.CASCADE, primary_key=True, related_name="health"
    )
    on_day = models.DateField()
    said = models.JSONField()

    class Meta:
        verbose_name_plural = "health"

    def __str__(self) -> str:
        return f"{self.device_id} on {self.on_day}"


class Incident(models.Model):
    """Something that keeps a terminal from its work. It says what was seen, never who did it."""

    key = KeyField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="incidents")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=20)  # arasha.channel.upkeep.words: INCIDENTS
    seen = models.JSONField(default=list)  # what hinders: codes of the pack's check-list
    since_day = models.DateField()  # how far back what was seen goes
    opened_day = models.DateField()
    mend_by_day = models.DateField()
    closed_day = models.DateField(null=True)
    closed_how = models.CharField(max_length=20, blank=True)  # arasha.channel.upkeep.words: ENDS

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "kind"],
                condition=models.Q(closed_day=None),
                name="one_open_incident_a_kind",
            )
        ]
        indexes = [models.Index(fields=["place", "opened_day"], name="incident_by_place")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.device_id}"


class Works(models.Model):
    """Works at a place that were announced. They are shown beside the figures, never taken off them."""

    key = KeyField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="works")
    from_day = models.DateField()
    until_day = models.DateField()

    class Meta:
        verbose_name_plural = "works"

    def __str__(self) -> str:
        return f"{self.place_id} from {self.from_day} until {self.until_day}"


class Check(models.Model):
    """What a monitor saw at a terminal that no software can see."""

    key = KeyField()
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="checks")
    day = models.DateField()
    by_key = models.UUIDField()
    answers = models.JSONField()  # the pack's terminal_checks -> yes, no, unknown
    # Where a camera hangs, on the plan of the place: metres from its zero, east and north.
    camera_x_m = models.FloatField(null=True)
    camera_y_m = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "day", "by_key"], name="one_check_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.device_id} on {self.day}"


class Canary(models.Model):
    """A test appeal of a monitor. Its number stands in the sealed text: only who opened it knows it."""

    key = KeyField()
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="canaries")
    number = models.CharField(max_length=10, unique=True)
    by_key = models.UUIDField()
    begun_day = models.DateField()
    code = models.CharField(max_length=24, blank=True)  # of the slip
    promised_day = models.DateField(null=True)  # as the slip says: in the log by then
    logged_day = models.DateField(null=True)
    answer_by_day = models.DateField()
    arrived_day = models.DateField(null=True)
    arrived_code = models.CharField(max_length=24, blank=True)  # of the appeal that held the number
    arrived_by_key = models.UUIDField(null=True)

    class Meta:
        verbose_name_plural = "canaries"

    def __str__(self) -> str:
        return f"canary {self.number}"
