"""A frame as the encoder wants it: a plane of light and two of colour at half its size, BT.601, video range."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.floating[Any]]

_BT601 = np.array(
    ((65.481, 128.553, 24.966), (-37.797, -74.203, 112.0), (112.0, -93.786, -18.214)),
    np.float32,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """`planes` is (height * 3 / 2) × width, as FFmpeg lays yuv420p out; the others are views into it.

    `luma` is height × width (16 to 235), `chroma` 2 × half height × half width (16 to 240). Height and width are even.
    """

    planes: Bytes
    luma: Bytes
    chroma: Bytes

    @classmethod
    def over(cls, planes: Bytes) -> Self:
        """The picture that lies in `planes`."""
        height, width = planes.shape[0] * 2 // 3, planes.shape[1]
        colours = planes.reshape(-1)[height * width :].reshape(2, height // 2, width // 2)
        return cls(planes, planes[:height], colours)

    @classmethod
    def black(cls, width: int, height: int) -> Self:
        """A picture without any light."""
        planes = np.full((height * 3 // 2, width), 128, np.uint8)
        planes[:height] = 16
        return cls.over(planes)

    def stamp(self, cover: Floats, ink: Floats, left: int, top: int, *, coloured: bool = True) -> None:
        """Mixes `ink` (Y, U, V) in where `cover` (rows × columns, 0 to 1) lies, partly outside the frame or not.

        Without `coloured` only the light changes, which is enough for what is small and nearly white.
        """
        y0, y1 = max(0, top), min(self.luma.shape[0], top + cover.shape[0])
        x0, x1 = max(0, left), min(self.luma.shape[1], left + cover.shape[1])
        if y0 >= y1 or x0 >= x1:
            return
        seen = cover[y0 - top : y1 - top, x0 - left : x1 - left]
        place = self.luma[y0:y1, x0:x1]
        place[:] = (place + (ink[0] - place) * seen).astype(np.uint8)
        if coloured:
            seen = seen[y0 % 2 :: 2, x0 % 2 :: 2]
            down, aside = (y0 + 1) // 2, (x0 + 1) // 2
            colours = self.chroma[:, down : down + seen.shape[0], aside : aside + seen.shape[1]]
            colours[:] = (colours + (ink[1:, None, None] - colours) * seen).astype(np.uint8)


def yuv(colours: Floats) -> Floats:
    """RGB colours (… × 3, 0 to 1) as BT.601 bytes (… × 3, 16 to 240, not yet rounded)."""
    return (colours @ _BT601.T + np.array((16, 128, 128), np.float32)).astype(np.float32)
