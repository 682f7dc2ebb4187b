from django.apps import AppConfig


class GatheringConfig(AppConfig):
    name = "broadsheet.gathering"
    verbose_name = "Gathering"
