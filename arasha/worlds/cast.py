"""Who plays in the demo: invented institutions, posts and people of a fictional region."""

from dataclasses import dataclass

REGION = {
    "kk": "Самал облысы (үлгі)",
    "ru": "Самальская область (пример)",
    "en": "Samal Region (demo)",
}
REGION_CODE = "samal"

Name = dict[str, str]


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and who sits in it. `opens`: how the kiosk names their key in the recipient set.

    `told`: who wrote is sealed to their key, too, where the country has such a smaller set.
    """

    institution: str
    role: str
    title: Name
    person: str
    email: str
    language: str
    manages_people: bool = False
    on_duty: bool = False
    opens: Name | None = None
    told: bool = False


def title(kk: str, ru: str, en: str) -> Name:
    return {"kk": kk, "ru": ru, "en": en}


# code → (kind of institution in the pack, name); the watching body is the first that takes anonymous appeals.
INSTITUTIONS: dict[str, tuple[str, Name]] = {
    "ombudsperson": (
        "watcher",
        title(
            "Адам құқықтары жөніндегі уәкіл (үлгі)",
            "Уполномоченный по правам человека (пример)",
            "Human Rights Ombudsperson (demo)",
        ),
    ),
    "prosecutor-general": (
        "investigator",
        title(
            "Бас прокуратура (үлгі)",
            "Генеральная прокуратура (пример)",
            "Prosecutor General's Office (demo)",
        ),
    ),
    "prosecutor-samal": (
        "investigator",
        title(
            "Самал облысының прокуратурасы (үлгі)",
            "Прокуратура Самальской области (пример)",
            "Prosecutor's Office of Samal Region (demo)",
        ),
    ),
    "npm-samal": (
        "npm",
        title(
            "Ұлттық алдын алу тетігі, Самал тобы (үлгі)",
            "НПМ, Самальская группа (пример)",
            "NPM, Samal group (demo)",
        ),
    ),
    "crisis-samal": (
        "crisis-centre",
        title(
            "«Арқау» дағдарыс орталығы (үлгі)",
            "Кризисный центр «Аркау» (пример)",
            "Crisis centre Arqau (demo)",
        ),
    ),
    "administration-1": (
        "administration",
        title(
            "№ 1 мекеме әкімшілігі (үлгі)",
            "Администрация учреждения № 1 (пример)",
            "Administration of institution No. 1 (demo)",
        ),
    ),
    "duty-line": (
        "duty_line",
        title("Кезекші желі (үлгі)", "Дежурная линия (пример)", "Duty line (demo)"),
    ),
    "ministry": (
        "ministry",
        title("Министрлік (үлгі)", "Министерство (пример)", "Ministry (demo)"),
    ),
    "association": (
        "civil-society",
        title(
            "«Қорғау» қоғамдық бірлестігі (үлгі)",
            "Объединение «Коргау» (пример)",
            "Association Qorghau (demo)",
        ),
    ),
}

SUPERIOR = {"prosecutor-samal": "prosecutor-general"}

OFFICER = title("Қызметкер", "Сотрудник", "Officer")
OFFICE_KEY = "№ 1"
DUTY = title("Кезекші қызметкер", "Дежурный сотрудник", "Duty officer")
LEAD = title("Бөлім басшысы", "Руководитель отдела", "Head of unit")

SEATS = (
    Seat(
        "ombudsperson",
        "officer",
        OFFICER,
        "Айгерім Серікова",
        "serikova@demo.invalid",
        "kk",
        opens=title("өтініштер бөлімі", "отдел обращений", "appeals unit"),
        told=True,
    ),
    Seat(
        "ombudsperson",
        "officer",
        DUTY,
        "Бауыржан Омаров",
        "omarov@demo.invalid",
        "ru",
        on_duty=True,
        opens=title("кезекші", "дежурный", "on duty"),
    ),
    Seat(
        "ombudsperson",
        "supervisor",
        LEAD,
        "Дина Жүнісова",
        "zhunisova@demo.invalid",
        "kk",
        manages_people=True,
        told=True,
    ),
    Seat(
        "ombudsperson",
        "registrar",
        title("Тізілім жүргізуші", "Регистратор", "Registrar"),
        "Сәуле Тілеуова",
        "tileuova@demo.invalid",
        "kk",
        manages_people=True,
    ),
    Seat(
        "prosecutor-samal",
        "prosecutor",
        title("Прокурор", "Прокурор", "Prosecutor"),
        "Наталья Ким",
        "kim@demo.invalid",
        "ru",
    ),
    Seat(
        "prosecutor-samal",
        "prosecutor",
        title("Кезекші прокурор", "Дежурный прокурор", "Duty prosecutor"),
        "Ерлан Сапаров",
        "saparov@demo.invalid",
        "kk",
        on_duty=True,
    ),
    Seat(
        "prosecutor-samal",
        "clerk",
        title("Тіркеу маманы", "Специалист учёта", "Clerk"),
        "Гүлнар Әшімова",
        "ashimova@demo.invalid",
        "kk",
    ),
    Seat(
        "prosecutor-samal",
        "supervisor",
        LEAD,
        "Марат Әбенов",
        "abenov@demo.invalid",
        "kk",
        manages_people=True,
    ),
    Seat(
        "prosecutor-general",
        "supervisor",
        LEAD,
        "Ләззат Оразбай",
        "orazbay@demo.invalid",
        "ru",
    ),
    Seat(
        "npm-samal",
        "monitor",
        title("Топ мүшесі", "Участник группы", "Member of the group"),
        "Ольга Вебер",
        "weber@demo.invalid",
        "ru",
    ),
    Seat(
        "npm-samal",
        "officer",
        OFFICER,
        "Айдар Нұрғалиев",
        "nurgaliev@demo.invalid",
        "kk",
        opens=title("өтініштер", "обращения", "appeals"),
    ),
    Seat(
        "npm-samal",
        "officer",
        OFFICER,
        "Вера Шмидт",
        "schmidt@demo.invalid",
        "ru",
        opens=title("өтініштер", "обращения", "appeals"),
    ),
    Seat(
        "duty-line",
        "officer",
        DUTY,
        "Гүлнар Ахметова",
        "akhmetova@demo.invalid",
        "kk",
        opens=title("кезекші", "дежурный", "on duty"),
    ),
    Seat(
        "duty-line",
        "officer",
        DUTY,
        "Павел Цой",
        "tsoi@demo.invalid",
        "ru",
        opens=title("кезекші", "дежурный", "on duty"),
    ),
    Seat(
        "duty-line",
        "supervisor",
        LEAD,
        "Салтанат Ибраева",
        "ibrayeva@demo.invalid",
        "kk",
        manages_people=True,
    ),
    Seat(
        "crisis-samal",
        "support_worker",
        title("Көмек маманы", "Специалист помощи", "Support worker"),
        "Жанар Қасымова",
        "kasymova@demo.invalid",
        "kk",
    ),
    Seat(
        "administration-1",
        "head",
        title("Мекеме бастығы", "Начальник учреждения", "Head of the institution"),
        "Руслан Тоқтаров",
        "toktarov@demo.invalid",
        "ru",
    ),
    Seat(
        "ministry",
        "drafter",
        title("Баяндама құрастырушы", "Составитель доклада", "Drafter of the report"),
        "Асель Нұрланова",
        "nurlanova@demo.invalid",
        "kk",
    ),
    Seat(
        "ombudsperson",
        "analyst",
        title("Талдаушы", "Аналитик", "Analyst"),
        "Тимур Ли",
        "li@demo.invalid",
        "ru",
    ),
    Seat(
        "ministry",
        "administrator",
        title("Серверлер әкімшісі", "Администратор серверов", "Administrator of the servers"),
        "Игорь Пак",
        "pak@demo.invalid",
        "ru",
    ),
)

# code, kind (by its place in the pack), name, capacity, headcount
PLACES = (
    (
        "DEMO-1",
        "correctional-institution",
        title(
            "№ 1 түзеу мекемесі (үлгі)",
            "Исправительное учреждение № 1 (пример)",
            "Correctional institution No. 1 (demo)",
        ),
        900,
        812,
    ),
    (
        "DEMO-2",
        "pretrial-detention",
        title(
            "№ 2 тергеу изоляторы (үлгі)",
            "Следственный изолятор № 2 (пример)",
            "Pre-trial detention centre No. 2 (demo)",
        ),
        400,
        377,
    ),
    (
        "DEMO-3",
        "police-custody",
        title(
            "Уақытша ұстау изоляторы (үлгі)",
            "Изолятор временного содержания (пример)",
            "Police custody (demo)",
        ),
        40,
        11,
    ),
    (
        "DEMO-4",
        "psychiatric-hospital",
        title(
            "Психиатриялық аурухана (үлгі)",
            "Психиатрическая больница (пример)",
            "Psychiatric hospital (demo)",
        ),
        250,
        231,
    ),
    (
        "DEMO-5",
        "medico-social",
        title(
            "Медициналық-әлеуметтік мекеме (үлгі)",
            "Медико-социальное учреждение (пример)",
            "Medico-social institution (demo)",
        ),
        180,
        176,
    ),
)
UNOFFICIAL = (
    "DEMO-U1",
    title(
        "Карьер маңындағы вагон (үлгі)",
        "Вагон у карьера (пример)",
        "Trailer near the quarry (demo)",
    ),
)
COMMANDED = "DEMO-1"  # by administration-1; the demo's terminal stands here
