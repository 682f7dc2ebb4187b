"""`make messages`: bring the catalogs of the interface up to date with its words, and compile them.

The names of countries are taken from Unicode's CLDR, which Babel carries.

New words come in empty, words that are gone go; a test fails until every language has every word. Extraction needs
Babel, because Django's own tools do not read Jinja2's `trans`.
"""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "broadsheet" / "locale"
UNREAL = frozenset({"CQ", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of CLDR that are groups of countries, or no country."""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def template() -> Catalog:
    """Every word of the interface, sorted, without places and dates, so that only words make a difference."""
    with (ROOT / "deploy" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(project="Broadsheet", charset="utf-8")
    for _place, _line, message, _comments, context in extract_from_dir(
        ROOT, method_map=methods, options_map=options, keywords=KEYWORDS
    ):
        found.add(message, context=context)
    return found


def languages() -> list[str]:
    return sorted(path.name for path in LOCALE.iterdir() if (path / "LC_MESSAGES").is_dir())


def read(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The same bytes whenever it is made: its header tells of no moment."""
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def written(catalog: Catalog) -> bytes:
    """The catalog as its file: sorted, without places, with a header that says nothing of persons and moments."""
    catalog.fuzzy = False
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Broadsheet\\n"\n'
        f'"Language: {catalog.locale_identifier}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return header.encode() + out.getvalue()


def countries(language: str) -> dict[str, str]:
    """Names of countries by their codes of two letters (ISO 3166-1)."""
    names = Locale.parse(language).territories
    return {code: names[code] for code in sorted(names) if re.fullmatch(r"[A-Z]{2}", code) and code not in UNREAL}


def main() -> int:
    words = template()
    for language in languages():
        catalog = read(language)
        catalog.update(words, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        folder = LOCALE / language / "LC_MESSAGES"
        (folder / "django.po").write_bytes(written(catalog))
        (folder / "django.mo").write_bytes(compiled(read(language)))
        missing = sum(not any(m.string if isinstance(m.string, tuple) else [m.string]) for m in catalog if m.id)
        print(f"{language}: {len(catalog)} messages, {missing} not translated")
    names = {language: countries(language) for language in ["en", *languages()]}
    (LOCALE / "countries.json").write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
