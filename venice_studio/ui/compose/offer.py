"""What a drop or a paste brings: looked at without reading any file."""

import base64
import binascii
from dataclasses import dataclass
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData, QMimeDatabase, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from venice_studio.domain.inputs import Material

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
class AddressOffer:
    """The web address of a picture."""

    address: str

    @property
    def name(self) -> str:
        """Where it lies."""
        return f"the picture from {QUrl(self.address).host()}"


@dataclass(frozen=True, slots=True)
class FilePair:
    """Two files at once: for the first and the last frame of a clip, where the model takes both."""

    first: FileOffer
    second: FileOffer


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that is no single picture, and why."""

    reason: str


Usable = FileOffer | BytesOffer | ImageOffer | AddressOffer
Offer = Usable | Unusable
Brought = Offer | FilePair


def may_bring_picture(data: QMimeData) -> bool:
    """Whether to take part in a drag at all; what it really brings is looked at once it is let go."""
    if data.hasUrls() or data.hasImage() or any(data.hasFormat(mime) for mime in _ENCODED):
        return True
    return data.hasHtml() and _only_picture(data.html()) is not None


def web_address(text: str) -> str | None:
    """The http(s) address that a text is, encoded as it goes out; None for any other text."""
    url = QUrl(text.strip())
    if len(text.split()) != 1 or url.scheme() not in ("http", "https") or not url.host():
        return None
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def clipboard() -> QMimeData:
    """What is on the clipboard; nothing in it where there is none."""
    found: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if found is None else found


def read_offer(data: QMimeData, name: str) -> Brought | None:
    """What `data` brings; None for text and other things that are none of a picture's business.

    `name` is what a picture without a file name is called, without an ending.
    """
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if len(files) == 1 and len(data.urls()) == 1:
        return FileOffer(files[0])
    if len(files) == len(data.urls()) == 2:
        return FilePair(FileOffer(files[0]), FileOffer(files[1]))
    if len(data.urls()) > 1:
        return Unusable(too_many(len(data.urls())))
    # Encoded bytes first: they are the original, and taking them decodes nothing here.
    for mime, ending in _ENCODED.items():
        if data.hasFormat(mime) and (encoded := bytes(data.data(mime).data())):
            return BytesOffer(encoded, f"{name}.{ending}")
    if data.hasImage() and isinstance(image := data.imageData(), QImage) and not image.isNull():
        return ImageOffer(image, f"{name}.png")
    if data.hasHtml() and (source := _only_picture(data.html())) is not None:
        # A picture that is itself a link comes with the link's address, which leads to another page.
        return from_source(source, name)
    if data.hasUrls():
        return _from_url(data.urls()[0], name) or Unusable("That is no file and no web address of a picture.")
    return None


def too_many(count: int) -> str:
    """Why so many files are no start frame."""
    return f"That is {count} files. A start frame is one picture: drop just one."


def read_offers(data: QMimeData, name: str) -> tuple[Offer, ...]:
    """What `data` brings to a place for several files; empty for text and the like."""
    urls = data.urls()
    if len(urls) > 1 and all(url.isLocalFile() for url in urls):
        return tuple(FileOffer(url.toLocalFile()) for url in urls)
    if len(urls) > 1:
        return tuple(offer for url in urls if (offer := _from_url(url, name)) is not None)
    brought = read_offer(data, name)
    return () if brought is None or isinstance(brought, FilePair) else (brought,)


def material(offer: Offer) -> Material | None:
    """What kind of file something is by its name; None where the name does not tell."""
    match offer:
        case FileOffer(path=path):
            kind = QMimeDatabase().mimeTypeForFile(path, QMimeDatabase.MatchMode.MatchExtension).name()
            return _MATERIALS.get(kind.partition("/")[0])
        case BytesOffer() | ImageOffer():
            return Material.PICTURE
        case _:
            return None


_MATERIALS = {"image": Material.PICTURE, "audio": Material.SOUND, "video": Material.VIDEO}


def from_source(source: str, name: str) -> Offer | None:
    """The picture at a web address or written into a data URI; None for any other text."""
    if address := web_address(source):
        return AddressOffer(address)
    if not _inline(source := source.strip()):
        return None
    head, _, content = source.partition(",")
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return Unusable("The picture is written into the page in a way that cannot be read. Save it first.")
    return BytesOffer(data, f"{name}.{_ENCODED.get(head[5:].partition(';')[0], 'png')}")


def _from_url(url: QUrl, name: str) -> Offer | None:
    return from_source(url.toString(QUrl.ComponentFormattingOption.FullyEncoded), name)


def _inline(source: str) -> bool:
    return source.startswith("data:image/") and ";base64," in source


def _only_picture(markup: str) -> str | None:
    """The source of the one picture in a piece of a page: a web address or a data URI; None for none or several."""
    found = _Pictures()
    found.feed(markup)
    found.close()
    sources = found.sources
    if len(sources) != 1:
        return None
    return sources[0] if _inline(sources[0]) or web_address(sources[0]) else None


class _Pictures(HTMLParser):
    """Collects what the pictures of a page are made from."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and (source := dict(attrs).get("src")):
            self.sources.append(source.strip())
