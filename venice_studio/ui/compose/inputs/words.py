"""What the places of inputs say, made from the table of rules."""

import mimetypes

from venice_studio.domain.inputs import RULES, InputRule, Material, Role
from venice_studio.domain.media import Medium, Picture, Sound, Video
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose.words import file_size, what_is_sent

ICONS = {Material.PICTURE: "picture", Material.SOUND: "volume", Material.VIDEO: "film"}
KINDS = {
    Material.PICTURE: "Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff *.heic *.heif *.avif)",
    Material.SOUND: "Sounds (*.wav *.mp3)",
    Material.VIDEO: "Videos (*.mp4 *.mov *.webm)",
}
"""What a file dialog offers, by kind."""
_ARTICLES = {Material.PICTURE: "a picture", Material.SOUND: "a sound", Material.VIDEO: "a video"}


def files(rule: InputRule) -> str:
    """What a file dialog offers for a role, such as `Videos (*.mp4 *.mov)`."""
    name, _, endings = KINDS[rule.material].partition(" (")
    taken = [ending for ending in endings.rstrip(")").split() if not rule.mimes or _mime(ending) in rule.mimes]
    return f"{name} ({' '.join(taken)})"


def _mime(pattern: str) -> str:
    return mimetypes.guess_type(f"a{pattern[1:]}")[0] or ""


def with_article(noun: str) -> str:
    """`an element`, `a picture`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def title(role: Role) -> str:
    """What stands over the place of a role."""
    rule = RULES[role]
    return (rule.one if rule.single else rule.many).capitalize()


def object_name(role: Role) -> str:
    """`reference_sounds` → `referenceSoundsSlot`."""
    first, *rest = role.value.split("_")
    return f"{first}{''.join(part.capitalize() for part in rest)}Slot"


def count(role: Role, held: int, most: int) -> str:
    """`3 of 9`; of an empty place how many may come; empty where there is one at most."""
    if RULES[role].single or most == 0:
        return ""
    return f"{held} of {most}" if held else f"up to {most}"


def wrong_kind(name: str, found: Material, role: Role) -> str:
    """That a file is of another kind than goes here."""
    return f"{name} is {_ARTICLES[found]}. Here goes {_ARTICLES[RULES[role].material]}."


def not_taken(found: Material, model: VideoModel | None) -> str:
    """That the model has no place for a kind of file."""
    return f"{model.name if model else 'This model'} takes no {found}. Choose another model for it."


def some_left(taken: int, offered: int, room: str) -> str:
    """That more came than there is room for; `room`: `4 scene pictures`."""
    added = f"{taken} of {offered} added" if taken else "Nothing was added"
    return f"{added}: {room} {'is' if room.startswith('1 ') else 'are'} taken at most."


def item_name(role: Role, index: int, medium: Medium) -> str:
    """What screen readers call one of a role: `Reference picture 2: cat.png`."""
    rule = RULES[role]
    return f"{rule.one.capitalize()}{'' if rule.single else f' {index + 1}'}: {medium.name}"


def facts(medium: Medium) -> str:
    """What is known of a file, in a line."""
    match medium:
        case Picture():
            return f"{medium.width} × {medium.height}, {what_is_sent(medium)}"
        case Video():
            return f"{clock(medium.duration_ms)}, {medium.width} × {medium.height}, {file_size(medium.size)}"
        case Sound():
            return f"{clock(medium.duration_ms)}, {file_size(medium.size)}"
        case _:
            return file_size(medium.size)


def short_facts(medium: Medium) -> str:
    """The same for a small card: how much is sent."""
    if not isinstance(medium, Picture):
        return file_size(medium.size)
    if medium.link:
        return "sent as a link"
    return f"{file_size(medium.size)} {'as it is' if medium.as_is else 'as ' + medium.mime.rpartition('/')[2].upper()}"


def clock(duration_ms: int) -> str:
    """A length as players write it, with tenths where it is short: `4.2 s`, `1:05`."""
    seconds = duration_ms / 1000
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
