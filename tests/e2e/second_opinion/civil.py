"""Days, moments and numbers, as the contract writes them."""
import datetime
import re
import zoneinfo
from fractions import Fraction

AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")
UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = datetime.date(1950, 1, 1).toordinal()
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?"
                     r"(Z|z|[+-]\d\d:\d\d)\Z", re.ASCII)


def parse_day(text, dutch=False):
    """The day number of `text`; None if it is no day. `dutch` allows DD-MM-YYYY as well."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        year, month, day = text.split("-")
    elif dutch and re.fullmatch(r"\d\d-\d\d-\d{4}", text, re.ASCII):
        day, month, year = text.split("-")
    else:
        return None
    try:
        return datetime.date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None


def write_day(day):
    return datetime.date.fromordinal(day).isoformat()


def parse_moment(text):
    """Microseconds since 1970 (UTC) of an RFC 3339 moment with offset; None if it is none."""
    found = _MOMENT.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    try:
        local = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute),
                                  int(second), int((fraction or "0").ljust(6, "0")), tzinfo=UTC)
    except ValueError:
        return None
    shift = datetime.timedelta(0)
    if offset not in "Zz":
        hours, minutes = int(offset[1:3]), int(offset[4:6])
        if hours > 23 or minutes > 59:
            return None
        shift = datetime.timedelta(hours=hours, minutes=minutes)
        shift = -shift if offset[0] == "-" else shift
    return (local - EPOCH) // datetime.timedelta(microseconds=1) - (
        shift // datetime.timedelta(microseconds=1))


def write_moment(moment, offset_minutes=0):
    local = EPOCH + datetime.timedelta(microseconds=moment, minutes=offset_minutes)
    text = local.strftime("%Y-%m-%dT%H:%M:%S")
    if local.microsecond:
        text += f".{local.microsecond:06d}".rstrip("0")
    if offset_minutes == 0:
        return text + "Z"
    sign = "-" if offset_minutes < 0 else "+"
    return f"{text}{sign}{abs(offset_minutes) // 60:02d}:{abs(offset_minutes) % 60:02d}"


def civil_day(moment):
    """The day in Amsterdam on which `moment` falls."""
    return (EPOCH + datetime.timedelta(microseconds=moment)).astimezone(AMSTERDAM).toordinal()


def parse_periode(text):
    """First and last day of `2021`, `2021-Q1` or `2021-03`; None if it is none of these."""
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", text, re.ASCII)
    if not found or int(found[1]) == 0:
        return None
    year = int(found[1])
    if found[2]:
        first, last = 3 * int(found[2]) - 2, 3 * int(found[2])
    elif found[3]:
        first = last = int(found[3])
    else:
        first, last = 1, 12
    begin = datetime.date(year, first, 1).toordinal()
    after = datetime.date(year + last // 12, last % 12 + 1, 1).toordinal()
    return begin, after - 1


def parse_tijdvak(text):
    """As parse_periode, also of two days `2024-01-01/2024-08-31`."""
    van, slash, tm = text.partition("/")
    if not slash:
        return parse_periode(text)
    days = parse_day(van), parse_day(tm)
    return days if None not in days and days[0] <= days[1] else None


def days_in_year_of(day):
    year = datetime.date.fromordinal(day).year
    return datetime.date(year + 1, 1, 1).toordinal() - datetime.date(year, 1, 1).toordinal()


def write_exact(value):
    """A whole number or decimal fraction, exact, without trailing zeros."""
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 20):
        scaled = value * 10 ** places
        if scaled.denominator == 1:
            sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled.numerator))
            digits = digits.rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    raise AssertionError(f"{value} is no decimal fraction")


def write_ratio(teller, noemer, percentage):
    """teller / noemer with 4 decimals, rounded half up; empty for a noemer of 0."""
    if noemer == 0:
        return ""
    value = Fraction(teller) / Fraction(noemer) * (100 if percentage else 1)
    whole = (value * 10000 * 2 + 1) // 2  # floor(x + 1/2): half up; never negative here
    return f"{whole // 10000}.{whole % 10000:04d}"
