import re
from importlib.resources import files

import pytest

PAGE = files("onrecord.report").joinpath("page")
CSS = "".join(PAGE.joinpath(name).read_text("utf-8") for name in ("tokens.css", "report.css"))
TEXT = ("ink", "quiet", "statement", "event", "figure", "condition", "demand", "term", "time")
KINDS = TEXT[2:]
WASH = 0.15  # the share of a kind's colour behind the words of an open note
AA_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3

Colour = tuple[float, float, float]


def palette(scheme: str) -> dict[str, Colour]:
    """The colours of a scheme; the first :root is the light one, the second the dark."""
    roots = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    block = roots[("light", "dark").index(scheme)]
    return {
        name: (int(code[:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:], 16) / 255)
        for name, code in re.findall(r"--([\w-]+): #([0-9a-f]{6});", block)
    }


def luminance(colour: Colour) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(top: Colour, under: Colour, share: float) -> Colour:
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(top, under, strict=True))
    return red, green, blue


def test_contrast_of_known_colours() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (119 / 255,) * 3) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", TEXT)
def test_text_stands_out_from_the_page_and_from_an_open_note(scheme: str, name: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[name], colours["paper"]) >= AA_TEXT
    assert contrast(colours[name], colours["tray"]) >= AA_TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_words_stand_out_from_the_wash_behind_them(scheme: str, kind: str) -> None:
    colours = palette(scheme)
    wash = mixed(colours[kind], colours["paper"], WASH)
    assert contrast(colours["ink"], wash) >= AA_TEXT
    assert f"{WASH:.0%}" in CSS


def test_both_schemes_set_the_same_colours() -> None:
    assert set(palette("light")) == set(palette("dark"))


def test_each_kind_has_a_colour_and_a_line_of_its_own() -> None:
    lines = {}
    for kind in KINDS:
        found = re.search(rf"^\.u-{kind} \{{(.*?)\}}", CSS, re.MULTILINE)
        assert found, kind
        rules = dict(rule.split(": ", 1) for rule in found[1].strip(" ;").split("; "))
        assert rules["--hue"] == f"var(--{kind})"
        style = rules.get("text-decoration-style", "bracket")
        lines[kind] = (style, style == "solid" and rules["text-decoration-thickness"])
    assert len(set(lines.values())) == len(KINDS)
    for scheme in ("light", "dark"):
        assert len({palette(scheme)[kind] for kind in KINDS}) == len(KINDS)


def test_movement_is_only_for_readers_who_do_not_refuse_it() -> None:
    calm = CSS.index("@media (prefers-reduced-motion: no-preference)")
    assert "transition" not in CSS[:calm]
    assert "animation" not in CSS
