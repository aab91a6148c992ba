"""The one source of colours and sizes: the palette, the style sheet and everything that paints itself read them here.

Colours are "#rrggbb", sizes device-independent pixels.
"""

from dataclasses import dataclass, fields

GROUNDS = ("window", "pane", "field", "raised")
"""The names of the colours that text may lie on."""

TEXTS = ("text", "secondary", "hint", "accent_text", "good", "warn", "bad")
"""The names of the colours that text may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme."""

    name: str
    window: str
    pane: str
    field: str
    raised: str
    hover: str  # a raised ground under the pointer
    line: str
    text: str
    secondary: str
    hint: str
    accent: str  # as a fill, for focus and for progress
    accent_hover: str
    accent_ink: str  # text on the fill
    accent_text: str  # text and icons in the accent colour
    selected: str  # a chosen row or a badge: the pane with a touch of accent
    good: str
    warn: str
    bad: str
    knob: str
    # Around the clip it is dark in both themes, so that the clip is the brightest thing.
    stage: str = "#090a0d"
    stage_text: str = "#eceef2"
    stage_hint: str = "#949eae"
    stage_raised: str = "#272c36"
    stage_hover: str = "#303643"
    stage_bar: str = "#15181e"  # what lies over the clip
    stage_accent: str = "#4cc9b0"


DARK = Tokens(
    name="dark",
    window="#0e1014",
    pane="#15181e",
    field="#1d2129",
    raised="#272c36",
    hover="#303643",
    line="#2a2f3a",
    text="#eceef2",
    secondary="#a9b2c0",
    hint="#949eae",
    accent="#4cc9b0",
    accent_hover="#62d6bf",
    accent_ink="#04231d",
    accent_text="#4cc9b0",
    selected="#1a2629",
    good="#5fd38d",
    warn="#f0b64a",
    bad="#ff8a82",
    knob="#ffffff",
)

LIGHT = Tokens(
    name="light",
    window="#eceef1",
    pane="#f8f9fa",
    field="#ffffff",
    raised="#e4e8ed",
    hover="#d9dfe6",
    line="#d5dae1",
    text="#171b21",
    secondary="#4a5462",
    hint="#59636f",
    accent="#0b7763",
    accent_hover="#0a6a58",
    accent_ink="#ffffff",
    accent_text="#0a6554",
    selected="#e2edeb",
    good="#17653a",
    warn="#7a4d00",
    bad="#a8241c",
    knob="#ffffff",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Sizes, the same in both themes."""

    space_1: int = 4
    space_2: int = 8
    space_3: int = 12
    space_4: int = 16
    space_6: int = 24
    radius_picture: int = 4
    radius_segment: int = 6
    radius_field: int = 8
    radius_drop: int = 10
    control: int = 34
    control_small: int = 28
    text_size: int = 13
    secondary_size: int = 12
    badge_size: int = 11
    title_size: int = 17
    price_size: int = 26
    medium: int = 500  # font weights
    semibold: int = 600
    ring: int = 2


METRICS = Metrics()


def contrast(first: str, second: str) -> float:
    """How well two colours stand off from each other: 1 (not at all) to 21 (black on white), as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def values(tokens: Tokens, metrics: Metrics = METRICS) -> dict[str, str]:
    """Every token by name as the style sheet writes it: colours, lengths in px, font weights as numbers."""
    colours = {field.name: str(getattr(tokens, field.name)) for field in fields(tokens)}
    sizes = {field.name: f"{getattr(metrics, field.name)}px" for field in fields(metrics)}
    return colours | sizes | {"medium": str(metrics.medium), "semibold": str(metrics.semibold)}


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
