"""Pictures and the shape of the clip: whether they agree, and who could make a clip of a picture's own shape."""

from collections.abc import Iterable

from venice_studio.domain import choices
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.model import VideoModel

SLACK = 0.04
"""Models draw 16:9 as 832 × 480 or 1280 × 704 and go on from such frames: so far two shapes are still the same."""

FAR = 1.5
"""Beyond this factor the shapes are far apart: a square and 16:9 are, 4:3 and 16:9 are not."""

_NAMED = ("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21", "5:4", "4:5")


def misfits(picture: Picture, aspect_ratio: str | None) -> bool:
    """Whether the picture, as it came in, has another shape than a clip of `aspect_ratio`.

    None, "auto" and the like are no shape: the clip then takes the picture's own.
    """
    wanted = choices.ratio(aspect_ratio) if aspect_ratio else None
    return wanted is not None and abs(picture.source.aspect / wanted - 1) > SLACK


def far_apart(picture: Picture, aspect_ratio: str | None) -> bool:
    """Whether the picture, as it came in, has quite another shape than a clip of `aspect_ratio`."""
    wanted = choices.ratio(aspect_ratio) if aspect_ratio else None
    if wanted is None:
        return False
    return max(picture.source.aspect / wanted, wanted / picture.source.aspect) > FAR


def fit_of(picture: Picture, aspect_ratio: str | None) -> Fit:
    """What becomes of the picture in a clip of `aspect_ratio`, at the user's word or by itself.

    By itself it is cropped only where the shapes are far apart: services stretch or cut such pictures as they like.
    """
    if picture.link or not misfits(picture, aspect_ratio):
        return Fit.LEAVE
    return picture.source.fit or (Fit.CROP if far_apart(picture, aspect_ratio) else Fit.LEAVE)


def goal(picture: Picture, aspect_ratio: str | None) -> tuple[str, Fit] | None:
    """The aspect ratio the picture is to be brought to before it is sent, and how; None: it goes out as it came in."""
    fit = fit_of(picture, aspect_ratio)
    return (aspect_ratio, fit) if aspect_ratio is not None and fit is not Fit.LEAVE else None


def ratio_of(picture: Picture) -> str | None:
    """The usual aspect ratio nearest to the picture, as it came in; None where none is near."""
    aspect = picture.source.aspect
    off = {name: abs(aspect / known - 1) for name in _NAMED if (known := choices.ratio(name))}
    nearest = min(off, key=off.__getitem__)
    return nearest if off[nearest] <= SLACK else None


def makers(models: Iterable[VideoModel], ratio: str) -> tuple[VideoModel, ...]:
    """The models that take a start frame and make clips of that ratio, or of whatever shape the picture has."""
    return tuple(
        model
        for model in models
        if model.start_frame is not Need.NEVER
        and not model.offline
        and (ratio in model.aspect_ratios or not model.aspect_ratios)
    )
