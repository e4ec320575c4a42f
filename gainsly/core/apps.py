from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class CoreConfig(AppConfig):
    name = "gainsly.core"
    label = "core"
    default = True  # there are two configurations in this module

    def ready(self) -> None:
        from gainsly.core import checks, metrics  # noqa: F401, PLC0415 - importing the checks registers them

        metrics.register_collectors()


class StaticConfig(StaticFilesConfig):
    """Without what no page of ours shows: it would be two thirds of the files that a start has to compress."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework", "redoc", "swagger-ui-es-bundle*"]
