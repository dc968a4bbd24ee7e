"""The cases of the demo. Nobody in them lives; places, courts and newspapers are invented."""

from arasha.worlds.register.scripts import COURT, LETTER, Decided, Script, Signed, Somebody

POLICE, PENAL = "interior-police", "interior-penal"  # pack: authorities
OPENED = Decided(kind="investigation_opened", days=2, told="")

TRIAL, BARRED, RECLASSIFIED, MARCH = "trial", "barred", "reclassified", "march"
TODAY, TOLD_ONCE, TOLD_TWICE, REFUSED, BORDER, FRESH = (
    *("today", "told-once", "told-twice"),
    *("refused", "border", "fresh"),
)

CASES = (
    Script(
        code=TRIAL,
        days_ago=380,
        account="Сынақ жазба: тізілім орнатылғанда енгізілді. Пробная запись при установке реестра.",
        source="body",
        source_words="Пробная запись",
        signed=(Signed(conduct="ill_treatment", criteria=()),),
        conduct="ill_treatment",
        methods=(),
        harm="not_known",
        decided=(
            Decided(kind="terminated", days=3, ground="no_event", reason="Сынақ жазба."),
            Decided(kind="termination_approved", days=4, by_head=True),
        ),
    ),
    Script(
        code=BARRED,
        days_ago=320,
        account=(
            "Меня двое суток держали прикованным к трубе и били, пока я не подписал признание. "
            "Адвоката не пустили."
        ),
        place="DEMO-1",
        people=(
            Somebody(name="Тимофей Ветров", born="1991"),
            Somebody(
                role="accused",
                name="Аскар Бектұров",
                born="1984-05",
                agency=PENAL,
                is_charged=True,
                sentence="imprisonment",
                months=60,
            ),
            Somebody(
                role="accused",
                name="Игорь Сомов",
                born="1990",
                agency=PENAL,
                is_charged=True,
                sentence="suspended",
                months=36,
            ),
            Somebody(role="witness", name="Жанат Өмірзақ", born="1978"),
        ),
        methods=("beating", "restraint"),
        harm="medium",
        signed=(Signed(part=2, criteria=("information", "coercion")),),
        decided=(
            OPENED,
            Decided(kind="sent_to_court", days=55, court=COURT, told=LETTER),
            Decided(
                kind="convicted",
                days=140,
                court=COURT,
                in_spite="Сот жасының кішілігін және бірінші рет екенін ескерді; прокурор келіспейді.",
            ),
            Decided(
                kind="appealed",
                days=150,
                court="Самал облыстық соты (үлгі)",
                reason="Шартты жазаға заң жол бермейді.",
            ),
        ),
    ),
    Script(
        code=RECLASSIFIED,
        days_ago=150,
        account="Сменный инспектор ударил меня и лишил прогулок за то, что я отказался убирать двор.",
        people=(
            Somebody(name="Руслан Полянский", born="1996-02-11"),
            Somebody(role="suspect", name="Еркін Дәулетов", agency=PENAL),
        ),
        signed=(
            Signed(criteria=("punishment",)),
            Signed(
                conduct="ill_treatment",
                days=40,
                criteria=(),
                reason="purpose_not_found",
                words="Мақсаты дәлелденбеді: куәгерлер жауап алу болмағанын айтты.",
            ),
        ),
        decided=(
            OPENED,
            Decided(kind="terminated", days=58, ground="no_elements", reason="Құрам жоқ."),
            Decided(
                kind="termination_reversed",
                days=130,
                reason="Куәгерлердің бірінен жауап алынбаған.",
                told="",
                by_head=True,
            ),
        ),
    ),
    Script(
        code=MARCH,
        days_ago=75,
        account="2021 жылдың наурызында тергеуші басымды үстелге соғып, серіктестерімді айт деді.",
        place="DEMO-3",
        happened="2021-03",
        people=(
            Somebody(name="Мәдина Сағынова", born="1989", sex="female"),
            Somebody(role="suspect", marks="Ұзын бойлы, сол қасының үстінде тыртығы бар"),
        ),
        methods=("beating", "threats"),
        harm="mental",
        decided=(OPENED,),
    ),
    Script(
        code=TODAY,
        days_ago=61,  # or a day less or more: its term runs out today
        account=(
            "Жауап алу бөлмесінде қолымды артыма қайырып байлап, үш сағат тұрғызып қойды. "
            "Дәрігерге жібермеді."
        ),
        people=(
            Somebody(name="Ержан Қуанышбай", born="1993-09"),
            Somebody(role="suspect", name="Виталий Гордеев", born="1987", agency=PENAL),
            Somebody(role="suspect", name="Серік Тұрсын", born="1992", agency=PENAL),
            Somebody(role="lawyer", name="Алма Есімхан", sex="female"),
        ),
        methods=("positions", "medical_refusal"),
        harm="medium",
        signed=(Signed(part=2),),
        decided=(OPENED,),
    ),
    Script(
        code=TOLD_ONCE,
        days_ago=45,
        account="Ағамды түнде бірнеше қызметкер камерадан шығарып, таңға дейін ұрып қайтарған.",
        happened_days_ago=47,
        people=(
            Somebody(name="Нұрлан Жақсыбеков", born="1995"),
            Somebody(role="relative", name="Гүлшат Жақсыбекова", sex="female"),
        ),
        signed=(Signed(criteria=("intimidation",)),),
        decided=(OPENED,),
    ),
    Script(
        code=TOLD_TWICE,
        days_ago=42,
        account="A man with broken ribs was brought in; he said that he had been beaten at night.",
        source="body",
        source_words="Самал қалалық ауруханасы (үлгі)",
        happened_days_ago=47,
        people=(Somebody(name="Nurlan Zhaksybekov", born="1995"),),
        methods=("beating",),
        harm="grave",
        signed=(Signed(part=2),),
        decided=(OPENED,),
    ),
    Script(
        code=REFUSED,
        days_ago=25,
        account="На посту полиции меня били двое, их фамилия одна: они братья. Требовали назвать имя.",
        place="DEMO-3",
        people=(
            Somebody(name="Олег Листьев", born="1999"),
            Somebody(
                role="suspect", name="Қанат Бейсен", born="1988", agency=POLICE, is_charged=True
            ),
            Somebody(role="suspect", name="Қанат Бейсен", born="1994", agency=POLICE),
        ),
        refused="police",
        decided=(OPENED,),
        told="",
    ),
    Script(
        code=BORDER,
        days_ago=15,
        account="Весной 2023 года меня неделями не пускали к врачу и держали в холодной камере.",
        place="DEMO-1",
        happened="2023-03-10/2023-04-20",
        people=(Somebody(name="Самат Әлібек", born="1970"),),
        methods=("medical_refusal", "deprivation"),
        harm="not_known",
        signed=(Signed(part=2, criteria=("punishment",)),),
        decided=(OPENED,),
    ),
    Script(
        code=FRESH,
        days_ago=1,
        account="Кеше кешке тамақ беретін терезеден газ шашты, бәріміз тұншықтық.",
        people=(Somebody(marks="Аты белгісіз, № 14 камерада отыр"),),
        methods=("other",),
        harm="not_known",
        signed=(),
    ),
)
