"""What can be wrong with a partial date."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong: a form translates it."""

    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_MONTH = "no_such_month"
    YEAR_NEEDS_FOUR_DIGITS = "year_needs_four_digits"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    SEASON = "season"


_SAID = {
    Fault.NOT_A_DATE: "is not a date; write 2021, 2021-03, 05.03.2021, March 2021 or leave it empty",
    Fault.NO_SUCH_DAY: "is no day of that month",
    Fault.NO_SUCH_MONTH: "has no such month; months are 1 to 12",
    Fault.YEAR_NEEDS_FOUR_DIGITS: "needs a year of four digits",
    Fault.YEAR_OUT_OF_RANGE: "has a year outside 1900 to 2099",
    Fault.ENDS_BEFORE_IT_BEGINS: "ends before it begins",
    Fault.SEASON: "names a season; write the months, as 2021-09/2021-11",
}


class DateError(ValueError):
    """A text that is no partial date: `fault` for a form, `text` as it was written."""

    def __init__(self, fault: Fault, text: str) -> None:
        self.fault = fault
        self.text = text
        super().__init__(f"{text!r} {_SAID[fault]}")
