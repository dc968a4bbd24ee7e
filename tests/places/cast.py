import uuid
from typing import Any

from arasha.actors import WORLD
from arasha.places import services
from arasha.places.models import Place, Region
from tests.people.cast import LONG_AGO, NOW

NAME = {"kk": "№ 7 колония", "ru": "Колония № 7", "en": "Colony No. 7"}
KIND = "correctional-institution"


def region() -> Region:
    return services.register_region(
        code="KZ-35", name={"kk": "Ақмола", "ru": "Акмола", "en": "Akmola"}
    )


def correct(seen: Place, **said: Any) -> Place:
    """What somebody who saw the place as `seen` sends of it, with `said` changed."""
    wish = {"name": seen.name, "region": seen.region, "kind": seen.kind, "official": seen.official}
    return services.correct_place(
        place=seen, base_version=seen.version, by=WORLD, at=NOW, **wish | said
    )


def place(code: str = "", *, kind: str = KIND, official: bool = True) -> Place:
    return services.register_place(
        code=code or uuid.uuid4().hex,
        name=NAME,
        region=region(),
        kind=kind,
        official=official,
        by=WORLD,
        at=LONG_AGO,
    )
