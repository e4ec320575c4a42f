from django.apps import AppConfig


class LoggingAppConfig(AppConfig):
    name = "logging_app"

    def ready(self) -> None:
        from logging_app import receivers  # noqa: F401, PLC0415 - connects them once models are there
