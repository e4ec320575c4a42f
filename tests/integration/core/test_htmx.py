"""The plumbing of pages and parts: what every HTML answer carries."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from gainsly.core import htmx_middleware
from gainsly.core.htmx import FRAGMENT_LAYOUT, PAGE_LAYOUT, layout_for, render_partial

TEMPLATES = Path(__file__).parents[3] / "templates"


def asked(**headers):
    request = RequestFactory().get("/here/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


def test_a_browser_gets_a_document_and_htmx_the_inside():
    assert layout_for(asked()) == PAGE_LAYOUT
    assert layout_for(asked(HX_Request="true")) == FRAGMENT_LAYOUT


def test_a_restored_history_entry_gets_the_document():
    assert layout_for(asked(HX_Request="true", HX_History_Restore_Request="true")) == PAGE_LAYOUT


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({}, "page part"),
        ({"HX-Request": "true", "HX-Target": "part"}, "part"),
        ({"HX-Request": "true"}, "part"),
        ({"HX-Request": "true", "HX-Target": "app"}, "page part"),
    ],
)
def test_only_a_request_that_swaps_the_part_gets_the_part_alone(settings, tmp_path, headers, shown):
    (tmp_path / "try.html").write_text("page {% partialdef part inline %}part{% endpartialdef %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    request.user = None
    assert render_partial(request, "try.html", partial="part").content.decode() == shown


@pytest.mark.django_db
def test_every_page_varies_by_what_htmx_asks(client):
    vary = client.get(reverse("account_login"))["Vary"]
    assert "HX-Request" in vary
    assert "HX-Target" in vary


def through(middleware, request, response):
    return middleware(lambda _request: response)(request)


def test_a_redirect_becomes_a_navigation_into_the_app():
    answer = through(
        htmx_middleware.HtmxRedirectMiddleware, asked(HX_Request="true"), HttpResponseRedirect("/programs/?page=2")
    )
    assert answer.status_code == 204
    assert json.loads(answer["HX-Location"])["path"] == "/programs/?page=2"
    assert json.loads(answer["HX-Location"])["target"] == "#app"


def test_a_redirect_to_another_host_is_left_to_the_browser():
    answer = through(
        htmx_middleware.HtmxRedirectMiddleware, asked(HX_Request="true"), HttpResponseRedirect("https://example.org/x")
    )
    assert answer["HX-Redirect"] == "https://example.org/x"


def test_a_plain_redirect_stays_one():
    answer = through(htmx_middleware.HtmxRedirectMiddleware, asked(), HttpResponseRedirect("/programs/"))
    assert (answer.status_code, answer["Location"]) == (302, "/programs/")


def test_unread_messages_ride_along_with_a_fragment_and_are_escaped(monkeypatch):
    unread = [Message(constants.SUCCESS, "Saved <b>")]
    monkeypatch.setattr(htmx_middleware, "get_messages", lambda _request: unread)
    html = through(
        htmx_middleware.OobMessagesMiddleware, asked(HX_Request="true"), HttpResponse("<p>part</p>")
    ).content.decode()
    assert 'hx-swap-oob="beforeend"' in html
    assert "Saved &lt;b&gt;" in html


def test_a_page_keeps_its_messages_to_itself(monkeypatch):
    monkeypatch.setattr(htmx_middleware, "get_messages", lambda _request: pytest.fail("read too early"))
    answer = through(htmx_middleware.OobMessagesMiddleware, asked(), HttpResponse("<p>page</p>"))
    assert answer.content == b"<p>page</p>"


@pytest.mark.django_db
def test_nothing_inline_that_the_content_policy_would_refuse(client):
    answer = client.get(reverse("account_login"))
    html = answer.content.decode()
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert not re.search(r"\son\w+=|\sstyle=|<style", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_template_compiles_and_has_no_inline_style_or_script(path):
    source = path.read_text()
    engines["django"].from_string(source)
    assert not re.search(r"\sstyle=|<style|\son(click|change|input|submit|load)=|javascript:", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (TEMPLATES.parent / "static" / "icons.svg").read_text()))
    used = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    assert used
    assert used <= drawn


def test_the_muscle_map_draws_levels_and_says_them():
    html = render_to_string("components/muscle_map.html", {"label": "Recovery", "levels": {"lats": 2, "biceps": 1}})
    assert 'data-muscle="lats" data-level="2"' in html
    assert "<title>Biceps: nearly ready</title>" in html
    assert 'aria-label="Recovery"' in html


def test_a_stepper_is_a_number_field_without_scripts():
    html = render_to_string(
        "components/stepper.html", {"name": "weeks", "label": "Weeks", "value": 8, "min": 4, "max": 12}
    )
    assert re.search(r'<input type="number"[^>]*name="weeks" value="8" step="1" min="4" max="12"', html)


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "core/offline.html"])
def test_error_pages_stand_alone(name):
    assert "To today" in (html := render_to_string(name)) or "Try again" in html
    assert "btn primary" in html
