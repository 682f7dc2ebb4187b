"""What kind of page an article is, as far as grouping must know: some kinds speak of many things or of none.

A roundup, a briefing, a horoscope or a weather page names the words of many events and would glue them together;
a live blog belongs to its event, but its text wanders.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Format(StrEnum):
    REPORT = "report"
    LIVE = "live"
    """Joins a story, but nothing joins the story through it."""
    ROUNDUP = "roundup"
    """Briefings, digests, columns of many items: stands alone."""
    SERVICE = "service"
    """Weather, horoscopes, listings, puzzles, draws: stands alone."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_LIVE = _any(
    r"\blive ?(?:blog|updates?|coverage|ticker)\b",
    r"^(?:live|en direct|en vivo|ao vivo|diretta|liveticker|live-ticker)\b\s*[:|–—-]",
    r"\blive-?ticker\b|\bas it happened\b|\bnewsblog\b",
    r"[:|–—-]\s*(?:live|en direct|en vivo|live updates?)$",
)
_ROUNDUP = _any(
    r"\b(?:morning|midday|afternoon|evening|nightly|daily|weekly|weekend|news|monday|tuesday|wednesday|thursday|friday)"
    r" (?:briefing|digest|round-?up|wrap|rundown|brief|news quiz)\b",
    r"\b(?:news|world|business|sports?) in (?:brief|pictures|photos)\b|\bbriefs?:|^briefs?$|\bround-?up:",
    r"\btop stories\b|\b(?:five|ten|\d{1,2}) things (?:to know|you need to know|to watch)\b",
    r"\b(?:what|all) you need to know (?:today|this morning)\b|\bletters to the editor\b",
    r"\b(?:the )?week in (?:review|pictures|photos)\b|\bphotos of the (?:day|week)\b",
    r"\b(?:today's|the day's) (?:papers|headlines|front pages)\b|\bnewspaper headlines\b|\bpress review\b",
    r"\bder tag im überblick\b|\bdas wichtigste (?:vom tag|am morgen|des tages)\b|^guten morgen\b",
    r"\bnachrichten(?:überblick|übersicht)\b|\bpresseschau\b|\brevue de presse\b|\ble brief\b",
    r"\bl['’]essentiel (?:de l['’]actualité|du jour)\b|\blas noticias (?:del día|más importantes)\b",
    r"\bresumen (?:del día|de la semana|semanal)\b|\brassegna stampa\b",
)
_SERVICE = _any(
    r"\bhoroscopes?\b|\bhoroskop\b|\bhoróscopo\b|\boroscopo\b|\bzodiac\b",
    r"\bweather (?:forecast|today|for)\b|^(?:weather|wetter|météo|meteo|el tiempo)\b\s*[:|–—-]",
    r"\bwetterbericht\b|\bwettervorhersage\b|\bprévisions météo\b|\bpronóstico del tiempo\b",
    r"\bcrossword\b|\bsudoku\b|\bwordle (?:hints?|answer)\b|\b(?:lotto|lottery) (?:results?|numbers)\b",
    r"\blottozahlen\b|\btv (?:listings|guide|tonight)\b|\bwhat['’]s on tv\b|\btraffic report\b",
    r"\bobituaries\b|\bdeath notices\b|星座运势|今日の天気|今日天气|الأبراج|حالة الطقس",
)


_CUES = (
    *("live", "direct", "vivo", "diretta", "happened", "newsblog", "brief", "digest", "round", "wrap", "rundown"),
    *("quiz", "in pictures", "in photos", "stories", "things", "need to know", "letters", "week in", "photos of"),
    *("papers", "headlines", "pages", "press", "überblick", "wichtigste", "guten morgen", "nachrichten", "revue"),
    *("essentiel", "noticias", "resumen", "rassegna", "horos", "horós", "oroscopo", "zodiac", "weather", "forecast"),
    *("wetter", "météo", "meteo", "tiempo", "crossword", "sudoku", "wordle", "lott", "tv", "traffic", "obituaries"),
    *("notices", "星座", "天気", "天气", "الأبراج", "الطقس"),
)
"""Every pattern needs one of these; looking for them first spares most headlines the patterns."""


def format_of(title: str) -> Format:
    """Tell by the headline alone, in English, German, French, Spanish and a few words of others."""
    if not any(map(title.lower().__contains__, _CUES)):
        return Format.REPORT
    if _SERVICE.search(title):
        return Format.SERVICE
    if _ROUNDUP.search(title):
        return Format.ROUNDUP
    if _LIVE.search(title):
        return Format.LIVE
    return Format.REPORT
