"""What is known of a terminal's bundles: that they came, never what was in them."""

from django.db import models

from arasha.places.models import Device
from arasha.references import KeyField


class Chain(models.Model):
    """The bundles of a terminal from its enrolment to its re-imaging."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="chains")
    number = models.PositiveBigIntegerField()
    window = models.JSONField()  # arasha.engines.channel.window.Window
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "number"], name="one_chain_a_number")
        ]

    def __str__(self) -> str:
        return f"chain {self.number} of {self.device_id}"


class ChainOffer(models.Model):
    """A re-imaging that one person has announced and a second one has yet to confirm."""

    key = KeyField()
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="chain_offers")
    number = models.PositiveBigIntegerField()
    offered_at = models.DateTimeField()
    offered_by_kind = models.CharField(max_length=20)
    offered_by_key = models.CharField(max_length=60)
    opened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"chain {self.number} offered for {self.device_id}"


class Arrival(models.Model):
    """A bundle that came, kept while the same number could come again with other bytes."""

    key = KeyField()  # drawn by chance: rows must not stand in the order of their coming
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="arrivals")
    seq = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq", "sha256"], name="one_arrival_a_bundle")
        ]

    def __str__(self) -> str:
        return f"bundle {self.seq} of {self.chain_id}"


class Alarm(models.Model):
    """Something about a chain that people have to look into. What came with it was taken all the same."""

    key = KeyField()
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="alarms")
    chain = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)  # two_devices, broken, unopened, replayed_chain
    seq = models.PositiveBigIntegerField()
    on_day = models.DateField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "chain", "kind", "on_day"], name="one_alarm_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.device_id}"


class DeliveryDay(models.Model):
    """What the gateway had of a chain on one day: the leaf `delivery` of the log, the prison's evidence."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    count = models.PositiveIntegerField()
    first_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField()
    head = models.BinaryField(max_length=32)  # SHA-256 of the bundle `last_seq`
    leaf_hash = models.BinaryField(max_length=32, null=True)  # null: the day is not over

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "day"], name="one_delivery_a_day")]

    def __str__(self) -> str:
        return f"{self.count} bundles of {self.chain_id} on {self.day}"


class Heartbeat(models.Model):
    """In which minutes of a day a terminal was heard: a bit for each, the same for every bundle."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="heartbeats")
    day = models.DateField()
    minutes = models.BinaryField(max_length=180)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "day"], name="one_heartbeat_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.device_id} on {self.day}"
