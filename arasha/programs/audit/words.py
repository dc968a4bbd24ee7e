"""What `arasha audit` says, in three languages."""

from types import MappingProxyType
from typing import Final

from arasha.programs.log.words import WORDS as LOG_WORDS

EN: Final = {
    "agrees": "THE FIGURES AGREE",
    "differs": "THE FIGURES DO NOT AGREE",
    "release": "Release {number}, counted up to {day}. Its own line is number {place} of the {size} entries of the log {origin}.",
    "release missing": "The log holds no line for this release: what you have is not what was published, or it was never entered.",
    "opened": "{acts} acts were opened, and each is in the log once.",
    "appeals": "{appeals} appeals were opened. Their lines are in the log; the days on which they were received are the server's word.",
    "erased": "{count} acts cannot be opened any more: their salts were erased. They are not counted here.",
    "missing": "Not in the log: {name}",
    "twice": "Opened twice: {name}",
    "year": "{indicator} {year}: published {published}, counted {counted}",
    "total": "{indicator} in all: published {published}, counted {counted}",
    "not recounted": "Not recounted, because nothing was opened for it: {indicator}",
    "limits": "This shows that every number comes from acts that were entered in time. It does not show that nothing was left out: an act that nobody opens cannot be told from others.",
    "bad release": "The file {file} is not a release as it is published. ({detail})",
    "bad openings": "The file {file} does not open this release. ({detail})",
}

RU: Final = {
    "agrees": "ЦИФРЫ СХОДЯТСЯ",
    "differs": "ЦИФРЫ НЕ СХОДЯТСЯ",
    "release": "Выпуск {number}, подсчёт по {day}. Его собственная строка: номер {place} из {size} записей журнала {origin}.",
    "release missing": "В журнале нет строки этого выпуска: у вас не то, что было опубликовано, или его никогда не вносили.",
    "opened": "Раскрыто действий: {acts}, и каждое есть в журнале один раз.",
    "appeals": "Раскрыто обращений: {appeals}. Их строки есть в журнале; дни поступления известны со слов сервера.",
    "erased": "Действий, которые раскрыть уже нельзя: {count}. Их соли стёрты, здесь они не посчитаны.",
    "missing": "Нет в журнале: {name}",
    "twice": "Раскрыто дважды: {name}",
    "year": "{indicator} {year}: опубликовано {published}, посчитано {counted}",
    "total": "{indicator} всего: опубликовано {published}, посчитано {counted}",
    "not recounted": "Не пересчитано, потому что для этого ничего не раскрыто: {indicator}",
    "limits": "Это показывает, что каждое число складывается из действий, внесённых вовремя. Это не показывает, что ничего не пропущено: действие, которое никто не раскрыл, не отличить от других.",
    "bad release": "Файл {file} не является выпуском в том виде, в каком его публикуют. ({detail})",
    "bad openings": "Файл {file} не раскрывает этот выпуск. ({detail})",
}

KK: Final = {
    "agrees": "САНДАР СӘЙКЕС КЕЛЕДІ",
    "differs": "САНДАР СӘЙКЕС КЕЛМЕЙДІ",
    "release": "{number}-шығарылым, {day} дейін саналған. Оның өз жолы – {origin} журналындағы {size} жазбаның {place}-нөмірі.",
    "release missing": "Журналда бұл шығарылымның жолы жоқ: қолыңыздағы жарияланған нәрсе емес немесе ол ешқашан енгізілмеген.",
    "opened": "Ашылған әрекеттер: {acts}, әрқайсысы журналда бір рет тұр.",
    "appeals": "Ашылған өтініштер: {appeals}. Олардың жолдары журналда бар; келген күндері сервердің сөзі бойынша.",
    "erased": "Енді ашуға болмайтын әрекеттер: {count}. Олардың тұзы өшірілген, мұнда саналған жоқ.",
    "missing": "Журналда жоқ: {name}",
    "twice": "Екі рет ашылған: {name}",
    "year": "{indicator} {year}: жарияланғаны {published}, саналғаны {counted}",
    "total": "{indicator} барлығы: жарияланғаны {published}, саналғаны {counted}",
    "not recounted": "Қайта саналмады, өйткені ол үшін ештеңе ашылмаған: {indicator}",
    "limits": "Бұл әр сан уақытында енгізілген әрекеттерден құралатынын көрсетеді. Ештеңе қалып қоймағанын көрсетпейді: ешкім ашпаған әрекетті басқалардан ажырату мүмкін емес.",
    "bad release": "{file} файлы – жарияланған түрдегі шығарылым емес. ({detail})",
    "bad openings": "{file} файлы бұл шығарылымды ашпайды. ({detail})",
}

WORDS = MappingProxyType(
    {
        language: MappingProxyType({**LOG_WORDS[language], **own})
        for language, own in (("kk", KK), ("ru", RU), ("en", EN))
    }
)
