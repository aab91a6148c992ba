"""The left pane: what I ask for, and what it costs."""

from venice_studio.ui.compose.pane import PANE_WIDTH, ComposePane

__all__ = ["PANE_WIDTH", "ComposePane"]
