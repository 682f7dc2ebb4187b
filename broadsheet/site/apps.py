from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "broadsheet.site"
    verbose_name = "Site"
