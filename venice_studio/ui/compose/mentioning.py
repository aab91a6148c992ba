"""How the prompt speaks of what is attached: offered after an @, and remarked where nothing answers to it."""

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QImage

from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.mentions import Mention, dangling
from venice_studio.studio.composer import Composer
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.links import Remedy, TroubleLines
from venice_studio.ui.widgets import PromptEdit
from venice_studio.ui.widgets.mention_list import Suggestion

_STILL_PX = 96


class Mentioning:
    """Serves the prompt's field."""

    def __init__(self, edit: PromptEdit, composer: Composer, hands: Hands) -> None:
        self._edit = edit
        self._composer = composer
        self._hands = hands
        self.remark = TroubleLines()
        self.remark.setObjectName("mentionRemark")
        edit.suggestions = self._suggestions

    def refresh(self) -> None:
        """Say what the prompt speaks of in vain."""
        vain = [text for text in dangling(self._composer.draft.value) if not self._meant_otherwise(text)]
        if not vain:
            self.remark.say("")
            return
        text = vain[0]
        known = [mention.text for mention in self._hands.attachments.mentions() if _kind(mention.text) == _kind(text)]
        remedies = [Remedy(f"Write {other}", partial(self._write, text, other)) for other in known[-1:]]
        remedies.append(Remedy("Take it out of the prompt", lambda: self._write(text, "")))
        self.remark.say(f"Nothing attached is called {text}.", remedies, role="warn")

    def _meant_otherwise(self, text: str) -> bool:
        """Models that take reference pictures but no scenes count those by themselves."""
        model, draft = self._composer.model, self._composer.draft.value
        scenes = _kind(text) == _kind(RULES[Role.SCENES].mention or "")
        return scenes and bool(draft.references) and model is not None and not model.takes(Role.SCENES)

    def _suggestions(self) -> Sequence[Suggestion]:
        found = []
        for mention in self._hands.attachments.mentions():
            found.append(Suggestion(text=mention.text, label=mention.label))
            if mention.picture is not None:
                self._picture(mention)
        return found

    def _picture(self, mention: Mention) -> None:
        def show(image: QImage) -> None:
            if self._edit.mentions is not None:
                self._edit.mentions.show_image(mention.text, image)

        if mention.picture is not None:
            self._hands.still(mention.picture, _STILL_PX, show)

    def _write(self, text: str, instead: str) -> None:
        """Put something else in the place of a mention, everywhere; nothing takes the space before it along."""
        pattern = re.escape(text) + r"(?!\w)"
        if not instead:
            pattern = rf"[ \t]?{pattern}"
        prompt = re.sub(pattern, instead, self._composer.draft.value.prompt, flags=re.IGNORECASE)
        self._edit.write_over(prompt.strip() if not instead else prompt)


def _kind(mention: str) -> str:
    return mention.rstrip("0123456789").casefold()
