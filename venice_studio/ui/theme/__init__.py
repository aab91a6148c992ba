"""The look: tokens, palette and style sheet, fonts, icons and motion."""

from venice_studio.ui.theme.current import colour, tokens
from venice_studio.ui.theme.fonts import base_font, tabular, weighted
from venice_studio.ui.theme.icons import app_icon, icon, icon_image
from venice_studio.ui.theme.motion import motion_ms, reduced_motion, set_reduced_motion
from venice_studio.ui.theme.theme import Mode, Theme, repolish, set_look, style_sheet
from venice_studio.ui.theme.tokens import DARK, LIGHT, METRICS, Metrics, Tokens, contrast

__all__ = [
    "DARK",
    "LIGHT",
    "METRICS",
    "Metrics",
    "Mode",
    "Theme",
    "Tokens",
    "app_icon",
    "base_font",
    "colour",
    "contrast",
    "icon",
    "icon_image",
    "motion_ms",
    "reduced_motion",
    "repolish",
    "set_look",
    "set_reduced_motion",
    "style_sheet",
    "tabular",
    "tokens",
    "weighted",
]
