"""WSGI entry point for tools that need one; the served one is gainsly.asgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
application = get_wsgi_application()
