"""Somebody who types anything into anything: forms found on a page, filled with what no form expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

NUL = "a\x00b"  # what PostgreSQL takes in no text
NASTY = (
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "NaN",
    "Infinity",
    "99999999999999999999999",
    "80,5",
    "٣٥",
    "x" * 20_000,
    # joined emoji, right to left, an override
    "\U0001f3cb\ufe0f\u200d\u2640\ufe0f \u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
    NUL,
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "' OR 1=1 --<script>alert(1)</script>",
    "00000000-0000-0000-0000-000000000000",
    "None",
)
FEW = 5


@dataclass
class Form:
    method: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.method, *sorted(self.values))


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self.open: Form | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self.open = Form(told.get("method", "get").lower(), told.get("action") or self.address)
            self.forms.append(self.open)
        elif self.open is None:
            return
        elif tag == "select" and name:
            self.select = name
            self.open.values.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in told:
            self.open.values[self.select].append(told.get("value", ""))
        elif tag == "textarea" and name:
            self.open.values.setdefault(name, [""])
        elif tag in ("input", "button") and name and told.get("type") != "file":
            chosen = told.get("type") not in ("radio", "checkbox") or "checked" in told
            self.open.values.setdefault(name, []).extend([told.get("value", "on")] if chosen else [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


def forms_of(address: str, html: str) -> list[Form]:
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms


def attempts(form: Form, *, thrifty: bool = False) -> Iterator[dict[str, list[str]]]:
    """As it stands, empty, everything the same nonsense, and each field alone with each nonsense.

    ``thrifty``: some of it, and of the first fields each with two, in turn: all come up over the forms of a page.
    """
    names = [name for name in form.values if name != "csrfmiddlewaretoken"]
    told = {name: form.values[name] for name in names}
    yield told
    yield {}
    for nonsense in NASTY[::6] if thrifty else NASTY:
        yield {name: [nonsense] for name in names}
    for at, name in enumerate(names[:FEW] if thrifty else names):
        chosen = (NASTY[at % len(NASTY)], NUL) if thrifty else NASTY
        for nonsense in chosen:
            yield {**told, name: [nonsense]}
