"""What a drop or a paste brings: looked at without reading any file."""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

_ENCODED = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/heic": "heic",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
}


@dataclass(frozen=True, slots=True)
class FileOffer:
    """One file of this computer."""

    path: str

    @property
    def name(self) -> str:
        """Its name without the folders."""
        return self.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class BytesOffer:
    """A picture as another program encoded it."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class ImageOffer:
    """A picture as bare pixels, to be encoded."""

    image: QImage
    name: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that is no single picture, and why."""

    reason: str


Offer = FileOffer | BytesOffer | ImageOffer | Unusable


def may_bring_picture(data: QMimeData) -> bool:
    """Whether to take part in a drag at all; what it really brings is looked at once it is let go."""
    return data.hasUrls() or data.hasImage() or any(data.hasFormat(mime) for mime in _ENCODED)


def clipboard() -> QMimeData:
    """What is on the clipboard; nothing in it where there is none."""
    found: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if found is None else found


def read_offer(data: QMimeData, name: str) -> Offer | None:
    """What `data` brings; None for text and other things that are none of a picture's business.

    `name` is what a picture without a file name is called, without an ending.
    """
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if len(files) == 1 and len(data.urls()) == 1:
        return FileOffer(files[0])
    if len(data.urls()) > 1:
        return Unusable(f"That is {len(data.urls())} files. A start frame is one picture: drop just one.")
    # Encoded bytes first: they are the original, and taking them decodes nothing here.
    for mime, ending in _ENCODED.items():
        if data.hasFormat(mime) and (encoded := bytes(data.data(mime).data())):
            return BytesOffer(encoded, f"{name}.{ending}")
    if data.hasImage() and isinstance(image := data.imageData(), QImage) and not image.isNull():
        return ImageOffer(image, f"{name}.png")
    if data.hasUrls():
        return Unusable("That is only the picture's address. Save the picture first, then drop the file.")
    return None
