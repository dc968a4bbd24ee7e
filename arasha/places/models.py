from django.db import models

from arasha.references import KeyField


class Region(models.Model):
    code = models.CharField(max_length=20, primary_key=True)  # ISO 3166-2 where there is one
    name = models.JSONField()  # language -> text

    def __str__(self) -> str:
        return self.code


class Place(models.Model):
    """A place where somebody is or may be deprived of liberty; unofficial ones too (OPCAT art. 4)."""

    key = KeyField()
    code = models.CharField(max_length=40, unique=True)
    name = models.JSONField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="places")
    authority = models.CharField(max_length=40, blank=True)  # pack: authorities
    kind = models.CharField(max_length=40)  # pack: place kinds
    legal_basis = models.CharField(max_length=120)  # by which the NPM may enter
    official = models.BooleanField(default=True)
    opened_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)  # one more with every correction
    words = models.TextField(editable=False)  # code and names, as services.words_of folds them

    class Meta:
        indexes = [models.Index(fields=["region", "kind"], name="place_by_region_kind")]

    def __str__(self) -> str:
        return self.code


class Capacity(models.Model):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="capacities")
    from_day = models.DateField()
    persons = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [
            models.UniqueConstraint(fields=["place", "from_day"], name="one_capacity_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.persons} from {self.from_day}"


class Headcount(models.Model):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="headcounts")
    day = models.DateField()
    persons = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "day"], name="one_headcount_a_day")]

    def __str__(self) -> str:
        return f"{self.persons} on {self.day}"


class DeviceOffer(models.Model):
    """A device that one person has offered and a second one has yet to confirm."""

    key = KeyField()
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="device_offers")
    kind = models.CharField(max_length=20)
    public_key = models.BinaryField(max_length=32)
    offered_at = models.DateTimeField()
    offered_by_kind = models.CharField(max_length=20)
    offered_by_key = models.CharField(max_length=60)
    enrolled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} offered for {self.place_id}"


class Device(models.Model):
    """A machine that speaks at the gateway: known by its Ed25519 key, enrolled by two people."""

    key = KeyField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=20)  # terminal
    public_key = models.BinaryField(max_length=32, unique=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
