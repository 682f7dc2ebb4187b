from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "broadsheet.stories"
    verbose_name = "Stories"
