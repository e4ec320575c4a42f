from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "gainsly.core"
    label = "core"
