"""Names of months and of time zones as feeds write them. Data for `times`."""

# ruff: noqa: E501 - a line is a month
from __future__ import annotations

_NAMES = """
1  january jan januar jänner jan janvier janv enero ene gennaio gen janeiro januari январь января янв січня stycznia styczeń ledna leden ocak يناير ינואר ianuarie tammikuuta ιανουαρίου ιαν januára január
2  february feb februar feber février fév févr fevrier febrero febbraio fevereiro fev februari февраль февраля фев лютого lutego luty února únor şubat فبراير شباط פברואר februarie helmikuuta φεβρουαρίου φεβ február
3  march mar märz mär mrz maerz mars marzo março marco maart mrt март марта мар березня marca marzec března březen mart مارس آذار מרץ martie maaliskuuta μαρτίου μαρ március
4  april apr avril avr abril abr aprile aprel апрель апреля апр квітня kwietnia kwiecień dubna duben nisan أبريل نيسان إبريل אפריל aprilie huhtikuuta απριλίου απρ április
5  may mai mayo maio maggio mag mei май мая травня maja maj května květen mayıs مايو أيار מאי toukokuuta μαΐου μαϊ május
6  june jun juni juin junio junho giugno giu июнь июня июн червня czerwca czerwiec června červen haziran يونيو حزيران יוני iunie kesäkuuta ιουνίου ιουν június
7  july jul juli juillet juil julio julho luglio lug июль июля июл липня lipca lipiec července červenec temmuz يوليو تموز יולי iulie heinäkuuta ιουλίου ιουλ július
8  august aug août aout agosto ago augustus август августа авг серпня sierpnia sierpień srpna srpen ağustos أغسطس آب אוגוסט elokuuta αυγούστου αυγ augusztus
9  september sep sept septembre septiembre set settembre setembro сентябрь сентября сен сент вересня września wrzesień září eylül سبتمبر أيلول ספטמבר septembrie syyskuuta σεπτεμβρίου σεπ szeptember
10 october oct oktober okt octobre octubre ott ottobre outubro out октябрь октября окт жовтня października październik října říjen ekim أكتوبر אוקטובר octombrie lokakuuta οκτωβρίου οκτ október
11 november nov novembre noviembre novembro ноябрь ноября ноя нояб листопада listopada listopad kasım نوفمبر נובמבר noiembrie marraskuuta νοεμβρίου νοε
12 december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro декабрь декабря дек грудня grudnia grudzień prosince prosinec aralık ديسمبر דצמבר decembrie joulukuuta δεκεμβρίου δεκ
"""

MONTHS: dict[str, int] = {
    name: int(number) for number, *names in (line.split() for line in _NAMES.strip().splitlines()) for name in names
}
"""Lower-case names and short forms to numbers."""

ZONES: dict[str, int] = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET", "ZULU"), 0),
    **dict.fromkeys(("BST", "WEST", "CET", "MEZ", "WAT"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST", "CAT"), 120),
    **dict.fromkeys(("EEST", "MSK", "EAT", "TRT"), 180),
    "IRST": 210,
    "GST": 240,
    "AFT": 270,
    "PKT": 300,
    "IST": 330,
    "NPT": 345,
    **dict.fromkeys(("WIB", "ICT"), 420),
    **dict.fromkeys(("HKT", "SGT", "MYT", "PHT", "AWST", "WITA"), 480),
    **dict.fromkeys(("JST", "KST", "WIT"), 540),
    "ACST": 570,
    "ACDT": 630,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "NST": -210,
    "NDT": -150,
    **dict.fromkeys(("ADT", "BRT", "ART", "CLST"), -180),
    **dict.fromkeys(("AST", "EDT", "CLT", "VET"), -240),
    **dict.fromkeys(("EST", "CDT", "COT", "PET"), -300),
    **dict.fromkeys(("CST", "MDT"), -360),
    **dict.fromkeys(("MST", "PDT"), -420),
    **dict.fromkeys(("PST", "AKDT"), -480),
    "AKST": -540,
    "HST": -600,
}
"""Minutes east of Greenwich. Letters shared by several zones stand for the one RFC 822 or most publishers mean."""

PLACES: dict[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""What North American newsrooms write all year round, summer time or not."""
