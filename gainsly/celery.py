"""The Celery application: three queues (default, ingest, llm) and the beat schedule."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
app = Celery("gainsly")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
