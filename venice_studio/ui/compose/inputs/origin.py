"""Which input a card is, as a drag carries it from one place to another."""

import json
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QMimeData

from venice_studio.domain.inputs import Role

MIME = "application/x-venice-studio-input"


@dataclass(frozen=True, slots=True)
class Origin:
    """An input of the draft by its role and its place there; of an element, the picture too."""

    role: Role
    index: int
    picture: int | None = None

    def encoded(self) -> bytes:
        """As a drag carries it."""
        return json.dumps([self.role.value, self.index, self.picture]).encode()

    @classmethod
    def of(cls, data: QMimeData) -> Self | None:
        """The input that a drag carries; None for drags from elsewhere."""
        if not data.hasFormat(MIME):
            return None
        try:
            role, index, picture = json.loads(bytes(data.data(MIME).data()))
            return cls(Role(role), int(index), None if picture is None else int(picture))
        except (ValueError, TypeError):
            return None
