from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "gainsly.core"
    label = "core"

    def ready(self) -> None:
        from gainsly.core import checks, metrics  # noqa: F401, PLC0415 - importing the checks registers them

        metrics.register_collectors()
