import uuid

from arasha.actors import WORLD
from arasha.places import services
from arasha.places.models import Place, Region
from tests.people.cast import LONG_AGO

NAME = {"kk": "№ 7 колония", "ru": "Колония № 7", "en": "Colony No. 7"}
KIND = "correctional-institution"


def region() -> Region:
    return services.register_region(
        code="KZ-35", name={"kk": "Ақмола", "ru": "Акмола", "en": "Akmola"}
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
