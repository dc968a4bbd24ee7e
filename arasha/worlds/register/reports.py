"""Reports of the demo that did not open a case of their own."""

from arasha.worlds.register.scripts import Script, Somebody

WAITING = Script(
    code="waiting",
    days_ago=0,
    account="Меня третий день не выпускают к адвокату и каждую ночь водят на «беседы».",
    people=(Somebody(name="Вадим Черных"),),
)
PASSED_ON = Script(
    code="passed-on",
    days_ago=35,
    account="Асхана суық, төсек-орын ауыстырылмайды, жуынатын су жоқ.",
    conduct="ill_treatment",
    place="DEMO-4",
    people=(Somebody(name="Зейнеп Мұқан", sex="female"),),
    signed=(),
)
JOINED = Script(
    code="joined",
    days_ago=30,
    account="Қасымдағы камерада отырған жігітті түнде сабағанын естідім, атын Нұрлан деді.",
    happened_days_ago=47,
    people=(Somebody(role="witness", name="Дархан Сейіт"),),
)
