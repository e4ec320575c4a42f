"""The Celery application: three queues (default, ingest, llm) and the beat schedule."""

import os
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab

from gainsly.core import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gainsly.settings")
app = Celery("gainsly")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.task_routes = {
    "logging_app.tasks.run_import": {"queue": "ingest"},
    "movements.tasks.refresh_embeddings": {"queue": "ingest"},
    "coaching.tasks.pick_up_stuck": {"queue": "default"},  # it must not wait behind what is stuck
    "coaching.tasks.send_notices": {"queue": "default"},
    "coaching.tasks.write_notices": {"queue": "default"},  # no model is asked
    "coaching.tasks.*": {"queue": "llm"},
}
app.conf.beat_schedule = {
    # hourly, because midnight comes at another hour for each athlete; running it again changes nothing
    "roll microcycles forward": {"task": "programs.tasks.roll_forward", "schedule": crontab(minute="5")},
    "write the next microcycles": {"task": "programs.tasks.send_for_next", "schedule": crontab(minute="10")},
    "say what is due": {"task": "coaching.tasks.send_notices", "schedule": crontab(minute="15")},
    "forget what has expired": {"task": "accounts.tasks.forget_expired", "schedule": crontab(hour="3", minute="20")},
    # after a changed model or one that was away; nothing to do is one query
    "refresh embeddings": {"task": "movements.tasks.refresh_embeddings", "schedule": crontab(minute="35")},
    # every ten minutes, because it looks through all sets; one query where nothing is behind
    "pick up lost estimates": {
        "task": "logging_app.tasks.pick_up_stale",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 540},
    },
    "pick up stuck answers": {"task": "coaching.tasks.pick_up_stuck", "schedule": 60.0, "options": {"expires": 55}},
    "pick up stuck work": {"task": "programs.tasks.pick_up_stuck", "schedule": 60.0, "options": {"expires": 55}},
}


@signals.setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Celery would put its own format in place; connecting at all keeps the one of the settings."""


@signals.task_prerun.connect
def name_the_task(task_id: str, **_: Any) -> None:
    logs.task_id.set(task_id)


@signals.task_postrun.connect
def forget_the_task(**_: Any) -> None:
    logs.task_id.set(None)
