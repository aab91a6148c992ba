"""Text in lines: for what paints itself, and for labels that would not break a word."""

import re
from bisect import bisect_left

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

_LONGEST_WORD = 60
_ZERO_WIDTH_SPACE = "\u200b"


def wrapped(text: str, font: QFont, width: int, most: int) -> list[str]:
    """The text in at most `most` lines of `width` px, the last ending in … where there is more."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        if len(lines) == most - 1:
            lines.append(QFontMetrics(font).elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
        else:
            lines.append(text[start : start + length].rstrip())
    layout.endLayout()
    return lines


def fitted(text: str, ending: str, font: QFont, width: int, most: int) -> list[str]:
    """The text and its ending in at most `most` lines: what is too long is cut with … before the ending."""

    def joined(length: int) -> str:
        begun = text if length == len(text) else f"{text[:length].rstrip()}…"
        return f"{begun} {ending}".strip()

    def too_long(length: int) -> bool:
        return len(wrapped(joined(length), font, width, most + 1)) > most

    length = len(text) if not too_long(len(text)) else bisect_left(range(len(text)), True, key=too_long) - 1
    return wrapped(joined(max(0, length)), font, width, most)


def breakable(text: str) -> str:
    """The text with places to break in words so long that a label would be wider than its window."""
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", rf"\g<0>{_ZERO_WIDTH_SPACE}", text)
