from typing import Any

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "broadsheet.letters"
    verbose_name = "Letters"

    def ready(self) -> None:
        from broadsheet.readers.signals import address_changed  # noqa: PLC0415  # signals are connected only now

        address_changed.connect(_follow)


def _follow(**signal: Any) -> None:
    """Loaded when an address changes: it needs the queue, and the queue the data folder."""
    from broadsheet.letters.owners import follow_address  # noqa: PLC0415  # it needs the queue

    follow_address(signal.pop("reader"), **signal)
