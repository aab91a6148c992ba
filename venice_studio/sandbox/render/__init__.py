"""Draws the clips: scenes for prompts, motion for pictures, sound, and the file."""
