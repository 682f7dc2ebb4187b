from django.apps import AppConfig


class ReadersConfig(AppConfig):
    name = "broadsheet.readers"
    verbose_name = "Readers"

    def ready(self) -> None:
        from broadsheet.articles import gates  # noqa: PLC0415  # models can be imported only now
        from broadsheet.readers.gate import keeper  # noqa: PLC0415

        gates.install(keeper)
