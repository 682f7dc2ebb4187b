from django.apps import AppConfig


class ReadersConfig(AppConfig):
    name = "broadsheet.readers"
    verbose_name = "Readers"
