from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "movements"

    def ready(self) -> None:
        from movements import receivers  # noqa: F401, PLC0415 - connects them once models are there
