"""The order of the onboarding's steps; one of them lives in movements and is known by its URL name."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

STEPS = (
    ("safety", "accounts:onboarding-safety"),
    ("you", "accounts:onboarding-you"),
    ("kit", "movements:onboarding-kit"),
    ("week", "accounts:onboarding-week"),
    ("preferences", "accounts:onboarding-preferences"),
)
DONE = "accounts:onboarding-done"


@dataclass(frozen=True, slots=True)
class Step:
    """Where an athlete is in the flow: number counts from one."""

    number: int
    total: int
    next_url: str
    previous_url: str


def step(name: str) -> Step:
    names = [known for known, _url in STEPS]
    place = names.index(name)
    previous = reverse(STEPS[place - 1][1]) if place else ""
    following = reverse(STEPS[place + 1][1]) if place + 1 < len(STEPS) else reverse(DONE)
    return Step(number=place + 1, total=len(STEPS), next_url=following, previous_url=previous)


def first_page_after() -> str:
    """Where onboarding leads: the program wizard, or home where there is none."""
    try:
        return reverse("programs:wizard")
    except NoReverseMatch:
        return "/"
