"""Templates keep to the content security policy, and HTMX aims at what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import APPS, ROOT, name_of

TEMPLATES = sorted(
    path for folder in ("templates", *(f"{app}/templates" for app in APPS)) for path in (ROOT / folder).rglob("*.html")
)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
TARGET = re.compile(r'hx-target="#([\w-]+)"')
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|nonce)=)[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style(?![^>]*\bnonce=)[^>]*>|\sstyle\s*=\s*[\"']", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
OPENING = re.compile(r"<(a|form|button|div|section|input|select|tr|li|span|p|ul|main|td)\b([^>]*)>", re.DOTALL)


def markup(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


def test_there_are_templates() -> None:
    assert TEMPLATES


@pytest.mark.parametrize("fault", [INLINE_SCRIPT, INLINE_STYLE, HANDLER], ids=["script", "style", "handler"])
def test_nothing_is_inline(fault: re.Pattern[str]) -> None:
    emails = "emails"  # mail programs know no style sheets
    found = [
        name_of(path) for path in TEMPLATES if emails not in path.parts and fault.search(TAG.sub("", markup(path)))
    ]
    assert found == []


def test_every_hx_target_has_an_element_of_that_id() -> None:
    ids = {found for path in TEMPLATES for found in re.findall(r'\bid="([\w-]+)"', markup(path))}
    missing = {
        f"{name_of(path)} #{aim}" for path in TEMPLATES for aim in TARGET.findall(markup(path)) if aim not in ids
    }
    assert missing == set()


def test_what_htmx_posts_a_form_posts_too() -> None:
    """`hx-post` stands on a form with an action, or on something inside one."""
    found = []
    for path in TEMPLATES:
        for element, attributes in OPENING.findall(TAG.sub("x", markup(path))):
            if "hx-post" in attributes and element == "form" and "action=" not in attributes:
                found.append(f"{name_of(path)} <{element}>")
    assert found == []


def test_links_that_htmx_follows_have_an_address() -> None:
    found = [
        f"{name_of(path)} <a {attributes[:40]}>"
        for path in TEMPLATES
        for element, attributes in OPENING.findall(TAG.sub("x", markup(path)))
        if element == "a" and "hx-get" in attributes and "href=" not in attributes
    ]
    assert found == []


def test_nothing_comes_from_another_host() -> None:
    outside = re.compile(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE)
    assert [name_of(path) for path in TEMPLATES if outside.search(markup(path))] == []
