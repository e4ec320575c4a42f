"""What the coach says unasked, by each athlete's own clock: written once, mailed where that is wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Settings, User
from accounts.selectors import AthleteFacts, person
from accounts.services.profile import update_settings
from coaching.llm.base import ChatRequest, Message, Role, ToolCall
from coaching.llm.builtin import BuiltInProvider
from coaching.models import Notice
from coaching.models.notice import CHECK_IN, EASY_WEEK, WEEKLY
from coaching.prompts.conversation import tool_text
from coaching.tools.athlete import Bound, bound
from coaching.tools.diary import WeeksAgoArgument, week_review
from gainsly.core.jobs import enqueue
from gainsly.lib.errors import DomainError
from logging_app.models import WorkoutLog
from logging_app.selectors import day_plan, signals_of

Json = dict[str, Any]
NOTICE_TASK = "coaching.tasks.write_notices"
TRAINED_WITHIN = dt.timedelta(days=15)  # who has not trained for two weeks is not written to
MORNING, EVENING = 6, 19  # hours of the athlete's own day
WEEK_DAYS = 7
SALT = "coaching.unsubscribe"
SWITCHES = {WEEKLY: "weekly_email", CHECK_IN: "reminders"}
SUBJECTS = {WEEKLY: "Your week", CHECK_IN: "How are you today?"}
CHECK_IN_WORDS = {
    "drill_sergeant": "No check-in today. Report: sleep, soreness, mood. One minute.",
    "supportive": "You have not checked in today. If you have a minute, tell me how you slept and what is sore.",
    "analytical": "Today's check-in is missing. Without it tomorrow's recovery score has no input.",
    "motivational": "One minute for your check-in keeps tomorrow sharp. You have got this!",
    "minimalist": "Check-in missing today.",
}


class BadTokenError(DomainError):
    """The link of an e-mail that is not ours, or no longer."""

    code = "bad_token"


def send_for_all(*, now: dt.datetime) -> int:
    """One task for each athlete who trained lately; what is due for whom is decided there, by their own clock."""
    recent = WorkoutLog.objects.filter(date__gte=now.date() - TRAINED_WITHIN)
    ids = list(recent.order_by().values_list("user_id", flat=True).distinct())
    for pk in ids:
        enqueue(NOTICE_TASK, user_id=pk)
    return len(ids)


def write_notices(*, user_id: str, now: dt.datetime) -> list[Notice]:
    """What is due for one athlete now; run again it finds everything written."""
    user = person(user_id)
    if user is None or not user.is_active:
        return []
    athlete = bound(user, now)
    chosen = Settings.objects.get(user=user)
    made = []
    for kind, date, text, figures in _due(athlete, chosen):
        row, _new = Notice.objects.get_or_create(
            user=user, kind=kind, date=date, defaults={"text": text, "figures": figures}
        )
        _mail(row, chosen)
        made.append(row)
    return made


def _due(athlete: Bound, chosen: Settings) -> Iterator[tuple[str, dt.date, str, Json]]:
    zone = ZoneInfo(athlete.user.profile.time_zone)
    hour = athlete.now.astimezone(zone).hour
    week = athlete.today - dt.timedelta(days=(athlete.today.weekday() - athlete.facts.first_weekday) % WEEK_DAYS)
    before = week - dt.timedelta(days=WEEK_DAYS)
    if (athlete.today > week or hour >= MORNING) and not _told(athlete, WEEKLY, before):
        figures = week_review(athlete, WeeksAgoArgument(weeks_ago=1))
        if figures["planned"] or figures["workouts"]:
            yield WEEKLY, before, week_words(figures, athlete.facts), figures
    if not _told(athlete, EASY_WEEK, week):
        advice = day_plan(athlete.user, athlete.today, now=athlete.now, zone=zone)["advice"]
        for one in advice:
            if one["code"] == "early_deload":
                yield EASY_WEEK, week, one["message"], {}
    checked_in = signals_of(athlete.user).filter(date=athlete.today).exists()
    if chosen.reminders and hour >= EVENING and not checked_in:
        tone = athlete.facts.tone.value
        yield CHECK_IN, athlete.today, CHECK_IN_WORDS.get(tone, CHECK_IN_WORDS["supportive"]), {}


def _told(athlete: Bound, kind: str, date: dt.date) -> bool:
    return Notice.objects.filter(user=athlete.user, kind=kind, date=date).exists()


def week_words(figures: Json, facts: AthleteFacts) -> str:
    """The week's own figures in the built-in coach's words; no model is asked, so nothing in it is made up."""
    asked = Message(Role.TOOL, tool_text(figures), tool=ToolCall("week", "week_review", {"weeks_ago": 1}))
    request = ChatRequest((asked,), tone=facts.tone.value, level=facts.aggression, experience=facts.experience.value)
    return "".join(chunk.text for chunk in BuiltInProvider().stream_chat(request)).strip()


def _mail(row: Notice, chosen: Settings) -> None:
    """At most once: the row is marked before the letter goes."""
    switch = SWITCHES.get(row.kind)
    if switch is None or not getattr(chosen, switch):
        return
    if not Notice.objects.filter(pk=row.pk, mailed_at__isnull=True).update(mailed_at=timezone.now()):
        return
    stop = settings.SITE_URL + reverse("coaching:unsubscribe", args=[token_for(row.user, row.kind)])
    context = {"notice": row, "title": SUBJECTS[row.kind], "home": settings.SITE_URL, "stop": stop}
    letter = EmailMultiAlternatives(
        subject=f"{SUBJECTS[row.kind]} · Gainsly",
        body=render_to_string("emails/notice.txt", context),
        to=[row.user.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    letter.attach_alternative(render_to_string("emails/notice.html", context), "text/html")
    letter.send()


def token_for(user: User, kind: str) -> str:
    return signing.dumps({"user": str(user.pk), "kind": kind}, salt=SALT)


def unsubscribe(*, token: str) -> str:
    """Switch off the letters that a link stands for; the kind. Needs no sign-in. Raises ``BadTokenError``."""
    user, kind = read_token(token)
    update_settings(user=user, **{SWITCHES[kind]: False})
    return kind


def read_token(token: str) -> tuple[User, str]:
    """Raises ``BadTokenError``."""
    try:
        told = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise BadTokenError(_("This link is not valid. Change your letters under Settings.")) from error
    user = person(told["user"])
    if user is None or told["kind"] not in SWITCHES:
        raise BadTokenError(_("This link is not valid. Change your letters under Settings."))
    return user, told["kind"]
