"""The whole site as one file, and back: `broadsheet export site FILE`, `broadsheet import FILE`.

    export_site(path, now=now) -> Summary        import_site(path, now=now) -> Summary

The file is described in `docs/reference/site-archive.md`. Leaves to others: settings, which stand in the environment,
and finished pages, which are made anew.
"""

from broadsheet.gathering.archive.format import ArchiveError, Summary
from broadsheet.gathering.archive.reading import import_site
from broadsheet.gathering.archive.writing import export_site

__all__ = ["ArchiveError", "Summary", "export_site", "import_site"]
