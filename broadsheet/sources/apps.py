from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "broadsheet.sources"
    verbose_name = "Sources"
