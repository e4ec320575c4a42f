"""The service worker and the page for what it does not keep."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_worker_is_a_script_at_the_root_that_is_asked_for_again_at_each_visit(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    assert "Cookie" not in answer.get("Vary", "")
    assert reverse("offline") in answer.content.decode()


def test_another_build_of_the_files_is_another_worker(client, monkeypatch):
    before = client.get("/sw.js").content
    monkeypatch.setattr("gainsly.core.views.offline.staticfiles_storage.manifest_hash", "build2", raising=False)
    after = client.get("/sw.js").content
    assert b"build2" in after
    assert before != after


def test_the_offline_page_needs_nobody_signed_in_and_no_scripts(client):
    page = client.get(reverse("offline"))
    assert page.status_code == 200
    assert b"You are offline" in page.content
    assert b"<script" not in page.content
