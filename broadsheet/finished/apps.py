from django.apps import AppConfig


class FinishedConfig(AppConfig):
    name = "broadsheet.finished"
    verbose_name = "Finished pages"
