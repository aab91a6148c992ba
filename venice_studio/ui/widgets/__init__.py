"""The widgets the panes are built of; they know nothing of jobs and services."""

from venice_studio.ui.widgets.async_dialog import CANCEL, AsyncDialog, Choice, ask
from venice_studio.ui.widgets.banner import Banner
from venice_studio.ui.widgets.buttons import LINK_PADDING, PrimaryButton, add_clear_button, button, icon_button, rename
from venice_studio.ui.widgets.check_box import CheckBox
from venice_studio.ui.widgets.choice_field import ChoiceField, Form, form_for
from venice_studio.ui.widgets.choice_menu import ChoiceMenu
from venice_studio.ui.widgets.field import Field
from venice_studio.ui.widgets.labels import Elided, PlainLabel, plain_tip, rule
from venice_studio.ui.widgets.number_box import NumberBox
from venice_studio.ui.widgets.painting import focus_ring, rounded
from venice_studio.ui.widgets.progress_line import ProgressLine
from venice_studio.ui.widgets.prompt_edit import PromptEdit
from venice_studio.ui.widgets.ratio_tiles import RatioTiles
from venice_studio.ui.widgets.reading_dialog import ReadingDialog
from venice_studio.ui.widgets.seconds_field import LineSlider, SecondsField
from venice_studio.ui.widgets.segments import Hint, Segments
from venice_studio.ui.widgets.toggle import Toggle

__all__ = [
    "CANCEL",
    "LINK_PADDING",
    "AsyncDialog",
    "Banner",
    "CheckBox",
    "Choice",
    "ChoiceField",
    "ChoiceMenu",
    "Elided",
    "Field",
    "Form",
    "Hint",
    "LineSlider",
    "NumberBox",
    "PlainLabel",
    "PrimaryButton",
    "ProgressLine",
    "PromptEdit",
    "RatioTiles",
    "ReadingDialog",
    "SecondsField",
    "Segments",
    "Toggle",
    "add_clear_button",
    "ask",
    "button",
    "focus_ring",
    "form_for",
    "icon_button",
    "plain_tip",
    "rename",
    "rounded",
    "rule",
]
