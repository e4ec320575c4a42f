"""The served entry point: ASGI, because streams need it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
application = get_asgi_application()
