from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "broadsheet.notices"
    verbose_name = "Notices of readers"
