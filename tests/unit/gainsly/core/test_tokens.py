"""The colours of both themes, computed from the stylesheet itself: every text pair in use reaches WCAG AA."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[4] / "static" / "css" / "tokens.css").read_text()
THEMES = ("light", "dark")
SURFACES = ("bg", "surface-1", "surface-2", "surface-3")
TEXT_ON_SURFACE = [
    (text, surface)
    for text in ("text", "text-2", "text-3", "primary-text", "good-text", "warn-text", "bad-text")
    for surface in SURFACES
]
TEXT_ON_FILL = [("on-primary", "primary"), ("on-good", "good"), ("on-warn", "warn"), ("on-bad", "bad")]
SOFT = [
    (f"{name}-text", f"{name}-soft", surface)
    for name in ("primary", "good", "warn", "bad")
    for surface in ("bg", "surface-1")
]
DRAWN = ("primary", "good", "warn", "bad", "primary-dim", "good-dim", "warn-dim", "g1", "g2", "g3")
MUSCLES = ("mm-1", "mm-2", "mm-3", "mm-prime", "mm-second")
AA_TEXT, AA_DRAWN = 4.5, 3

Colour = tuple[float, float, float, float]


def parsed(text: str) -> Colour:
    text = text.strip()
    if text.startswith("#"):
        digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
        return (*(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)), 1.0)
    red, green, blue, alpha = re.match(r"rgb\((\d+) (\d+) (\d+) / ([\d.]+)\)", text).groups()
    return int(red) / 255, int(green) / 255, int(blue) / 255, float(alpha)


def tokens(theme: str) -> dict[str, Colour]:
    pairs = re.findall(r"--([\w-]+): light-dark\(((?:#\w+|rgb\([^)]*\))), ((?:#\w+|rgb\([^)]*\)))\);", CSS)
    return {name: parsed(light if theme == "light" else dark) for name, light, dark in pairs}


def over(top: Colour, ground: Colour) -> Colour:
    alpha = top[3]
    return (*(a * alpha + b * (1 - alpha) for a, b in zip(top[:3], ground[:3], strict=True)), 1.0)


def luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast(parsed("#000"), parsed("#FFF")) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_SURFACE + TEXT_ON_FILL)
def test_text_reaches_aa(theme, text, ground):
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= AA_TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "soft", "ground"), SOFT)
def test_text_on_a_soft_fill_reaches_aa(theme, text, soft, ground):
    colours = tokens(theme)
    assert contrast(colours[text], over(colours[soft], colours[ground])) >= AA_TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_focus_stands_out_from_every_surface(theme):
    colours = tokens(theme)
    assert min(contrast(colours["primary-text"], colours[surface]) for surface in SURFACES) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("drawn", DRAWN + MUSCLES)
def test_what_is_drawn_stands_out_from_the_card(theme, drawn):
    colours = tokens(theme)
    assert min(contrast(colours[drawn], colours[ground]) for ground in ("bg", "surface-1")) >= AA_DRAWN
