"""What the demo's invented people write. Nobody of them lives; every place is fictional."""

from typing import NamedTuple

from arasha.worlds.register.scripts import COURT, LETTER, Decided, Script, Somebody

AGENCY = "interior-penal"  # pack: authorities


class Letter(NamedTuple):
    """`days_ago`: when it was filed. `then`: how far it got. `script`: of the case, if it became one."""

    language: str
    text: str
    days_ago: int
    then: str  # received | opened | referred | registered
    script: Script | None = None


def _accused(name: str, born: str, months: int | None = None) -> Somebody:
    return Somebody(
        role="accused",
        name=name,
        born=born,
        agency=AGENCY,
        is_charged=True,
        sentence="imprisonment" if months else "",
        months=months,
    )


IN_COURT = Script(
    code="in-court",
    days_ago=69,
    account="",
    source="appeal",
    people=(
        Somebody(name="Дәурен Сұлтанбек", born="1998"),
        _accused("Мұрат Көшербай", "1986"),
        _accused("Александр Ильин", "1991-11"),
    ),
    methods=("suffocation", "threats"),
    harm="mental",
    decided=(Decided(kind="sent_to_court", days=40, court=COURT, told=LETTER),),
)
CONVICTED = Script(
    code="convicted",
    days_ago=199,
    account="",
    source="appeal",
    people=(
        Somebody(name="Степан Уваров", born="1979"),
        _accused("Бақыт Нұрсейіт", "1982", months=72),
        _accused("Роман Кравец", "1985", months=60),
    ),
    methods=("restraint", "threats"),
    harm="light",
    decided=(
        Decided(kind="sent_to_court", days=40, court=COURT),
        Decided(kind="convicted", days=150, court=COURT, told=LETTER),
    ),
)


LETTERS = (
    Letter(
        "kk",
        "Мені 2 тәулік бойы ұйықтатпады. Түнде екі қызметкер келіп, кінәңді мойында деп қинады. "
        "Қабырғам ауырады, дәрігер көрмеді. Кімге айтарымды білмеймін.",
        2,
        "received",
    ),
    Letter(
        "ru",
        "После жалобы на питание меня перевели в отдельную камеру и не дают свиданий. "
        "Говорят, что так будет, пока не заберу заявление. Прошу приехать и проверить.",
        6,
        "received",
    ),
    Letter(
        "ru",
        "У меня диабет. Третью неделю не выдают лекарство, на просьбы не отвечают.",
        24,
        "received",
    ),
    Letter(
        "kk",
        "Менімен бірге отырған жігітті сабады. Ол өзі жаза алмайды, қолы сынған сияқты. "
        "Ол прокурорға беруге келіседі.",
        12,
        "opened",
    ),
    Letter(
        "ru",
        "Меня били дубинкой по ногам, чтобы я подписал показания. Двое, я знаю их в лицо. "
        "Синяки ещё видно. Согласен, чтобы это передали прокурору.",
        9,
        "referred",
    ),
    Letter(
        "kk",
        "Жауап алу кезінде басыма пакет кигізді, мойындауымды талап етті. "
        "Атымды прокурорға айтуға болады.",
        70,
        "registered",
        IN_COURT,
    ),
    Letter(
        "ru",
        "Угрожали электрошокером и держали в наручниках всю ночь, требовали назвать имена.",
        200,
        "registered",
        CONVICTED,
    ),
)
