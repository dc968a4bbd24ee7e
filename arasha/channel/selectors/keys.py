"""Which secret halves of ingest keys lie here."""

from arasha.actors import Actor
from arasha.channel import keyring
from arasha.channel.models import IngestKey


def endless_seeds(*, viewer: Actor) -> list[str]:
    """Files in the folder of secret halves that no tick will destroy: no key that still lasts is theirs."""
    lasting = IngestKey.objects.filter(destroyed_at=None).values_list("pk", flat=True)
    return sorted(keyring.file_names() - {bytes(each).hex() for each in lasting})
