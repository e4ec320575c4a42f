"""The design system in templates: components, icons, and numbers as athletes read them (docs/design.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from gainsly.lib.units import kg_to_lb, round_half_up
from gainsly.lib.vocabulary import Units, label_of

register = template.Library()

NAVIGATION = (
    ("logging:today", gettext_lazy("Today"), "today"),
    ("programs:current", gettext_lazy("Program"), "program"),
    ("logging:train", gettext_lazy("Train"), "barbell"),
    ("movements:list", gettext_lazy("Movements"), "search"),
    ("coaching:threads", gettext_lazy("Coach"), "coach"),
    ("logging:progress", gettext_lazy("Progress"), "progress"),
    ("logging:history", gettext_lazy("History"), "history"),
)
ONLY_WIDE = ("logging:progress", "logging:history")  # five fit a phone; these are reached from Train and Today
LEVEL_WORDS = {
    "0": gettext_lazy("ready"),
    "1": gettext_lazy("nearly ready"),
    "2": gettext_lazy("recovering"),
    "3": gettext_lazy("sore"),
    "p": gettext_lazy("primary"),
    "s": gettext_lazy("secondary"),
}
SHARED = ("request", "csrf_token", "display", "csp_nonce")
MINUTE = 60
HOUR = 3600


# -- components


@register.simple_tag(takes_context=True)
def ui(context: template.Context, name: str, /, **arguments: Any) -> SafeString:
    """``{% ui "stepper" name="weeks" value=8 %}``: components/stepper.html with these arguments and nothing else."""
    return _render(context, name, arguments)


@register.simple_block_tag(takes_context=True)
def component(context: template.Context, content: SafeString, name: str, /, **arguments: Any) -> SafeString:
    """``{% component "card" title="Goals" %}…{% endcomponent %}``: the same for a component with a body (``slot``)."""
    return _render(context, name, {**arguments, "slot": content})


def _render(context: template.Context, name: str, arguments: dict[str, Any]) -> SafeString:
    shared = {key: context[key] for key in SHARED if key in context}
    return render_to_string(f"components/{name}.html", {**shared, **arguments})


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from static/icons.svg; decorative, so the words beside it carry the meaning. Size: xs, sm, lg."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', size, static("icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def nav_links(context: template.Context) -> list[dict[str, Any]]:
    """The main pages that exist, the current one marked (a template may set ``nav`` to a page's URL name)."""
    chosen = context.get("nav")
    path = context["request"].path if "request" in context else ""
    links = []
    for name, label, icon_name in NAVIGATION:
        url = url_or_none(name)
        if url:
            current = name == chosen if chosen else path == url
            wide = name in ONLY_WIDE
            links.append({"url": url, "label": label, "icon": icon_name, "current": current, "only_wide": wide})
    return links


@register.simple_tag
def url_or_none(name: str, *args: Any) -> str | None:
    """The URL of a page, or nothing where that part of the product is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


@register.simple_tag
def muscle_level(levels: Mapping[str, Any] | None, muscle: str) -> str:
    """How a muscle is coloured: 0-3, p or s; an unnamed one rests (0)."""
    return str((levels or {}).get(muscle, 0))


@register.simple_tag
def muscle_title(levels: Mapping[str, Any] | None, muscle: str) -> str:
    """ "Lats: recovering"."""
    level = muscle_level(levels, muscle)
    if level == "0" and any(str(value) in {"p", "s"} for value in (levels or {}).values()):
        return label(muscle)
    return f"{label(muscle)}: {LEVEL_WORDS[level]}"


@register.filter
def percent_of(value: float, whole: float) -> float:
    """``3|percent_of:10`` -> 30.0, kept inside 0-100."""
    return round(min(100.0, max(0.0, float(value) / float(whole) * 100)), 2) if whole else 0.0


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """``scores|get:name``; nothing where it is missing."""
    return (mapping or {}).get(key)


# -- words and numbers


@register.filter
def label(value: str | None) -> str:
    """``horizontal_push`` -> ``Horizontal push``."""
    return gettext(label_of(value)) if value else ""


@register.filter
def number(value: Decimal | float | None, digits: int = 2) -> str:
    """Trimmed decimals: 152.50 -> 152.5, 60.00 -> 60; nothing for None."""
    if value is None or value == "":
        return ""
    text = f"{round_half_up(float(value), int(digits)):.{int(digits)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def score(value: Decimal | float | None) -> str:
    """A score of 0 to 1 with two decimals, rounded down: 0.998 -> 0.99, for only what is whole says 1.00."""
    return "" if value is None else f"{math.floor(float(value) * 100 + 1e-9) / 100:.2f}"


@register.filter
def typed(value: Any) -> str:
    """What stands in a number field: 60.0 -> 60, and as it was typed where it is no number."""
    return number(value) if isinstance(value, (int, float, Decimal)) else str(value or "")


@register.filter
def duration(seconds: float | None) -> str:
    """Seconds as a clock: 90 -> 1:30, 45 -> 0:45, 3723 -> 1:02:03."""
    if seconds is None:
        return ""
    total = int(seconds)
    hours, rest = divmod(total, HOUR)
    minutes_, seconds_ = divmod(rest, MINUTE)
    return f"{hours}:{minutes_:02}:{seconds_:02}" if hours else f"{minutes_}:{seconds_:02}"


@register.filter
def minutes(value: float | None) -> str:
    """Minutes in words: 45 -> 45 min, 70 -> 1 h 10 min."""
    if value is None:
        return ""
    hours, rest = divmod(round(float(value)), 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


@register.filter
def rpe(value: Decimal | float | None) -> str:
    """Effort: 8.0 -> 8, 8.5 -> 8.5."""
    return number(value, 1)


@register.filter
def reps_to(low: int | None, high: int | None) -> str:
    """``low|reps_to:high``: "5", or "8 to 10"."""
    if low is None:
        return "" if high is None else str(high)
    return str(low) if high in (None, low) else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


@register.filter
def weight_value(kilograms: Decimal | float | None, units: str = Units.METRIC) -> str:
    """The number alone, in the athlete's unit: ``kg|weight_value:display.units``."""
    if kilograms is None:
        return ""
    if units == Units.IMPERIAL:
        return number(round_half_up(kg_to_lb(float(kilograms)) * 2) / 2)
    return number(kilograms)


@register.filter
def e1rm(kilograms: float | None, units: str = Units.METRIC) -> str:
    """An estimate, to the half unit: more digits would claim more than it knows."""
    if kilograms is None:
        return ""
    value = kg_to_lb(float(kilograms)) if units == Units.IMPERIAL else float(kilograms)
    return number(round_half_up(value * 2) / 2)


@register.filter
def weight_unit(units: str) -> str:
    """``display.units|weight_unit`` -> kg or lb."""
    return "lb" if units == Units.IMPERIAL else "kg"


@register.simple_tag(takes_context=True)
def weight(context: template.Context, kilograms: Decimal | float | None) -> SafeString:
    """The number with its unit small beside it; nothing without a load."""
    if kilograms is None:
        return SafeString("")
    units = context["display"].units if "display" in context else Units.METRIC
    return format_html(
        '<span class="num">{}<span class="unit">{}</span></span>', weight_value(kilograms, units), weight_unit(units)
    )


@register.filter
def day_words(value: dt.date | None) -> str:
    """Thursday 3 December; with the year when it is another one."""
    if value is None:
        return ""
    return date_format(value, "l j F" if value.year == timezone.localdate().year else "l j F Y")


@register.filter
def day_short(value: dt.date | None) -> str:
    """3 Dec; with the year when it is another one."""
    if value is None:
        return ""
    return date_format(value, "j M" if value.year == timezone.localdate().year else "j M Y")


@register.filter
def day_relative(value: dt.date | None, today: dt.date | None = None) -> str:
    """today, tomorrow, yesterday, in 3 days, 3 days ago; beyond a week the date."""
    if value is None:
        return ""
    days = (value - (today or timezone.localdate())).days
    near = {0: gettext("today"), 1: gettext("tomorrow"), -1: gettext("yesterday")}
    if days in near:
        return near[days]
    if abs(days) > 7:  # noqa: PLR2004
        return day_short(value)
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
