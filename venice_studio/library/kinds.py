"""What kind of file it is, told by how it begins and never by its name."""

from collections.abc import Sequence

from venice_studio.domain.inputs import Material

TAKEN = {
    "audio/wav": Material.SOUND,
    "audio/mpeg": Material.SOUND,
    "video/mp4": Material.VIDEO,
    "video/quicktime": Material.VIDEO,
    "video/webm": Material.VIDEO,
}
"""The sounds and videos that are sent, by content type. Live schema."""

FORMATS = {Material.SOUND: "WAV and MP3", Material.VIDEO: "MP4, MOV and WebM"}

HEAD = 4096
"""Bytes from the beginning that tell."""

_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV")
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"M4P ", b"F4A ")
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis")
_QUICKTIME_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_OTHERS: Sequence[tuple[bytes, str]] = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"OggS", "an OGG file"),
    (b"fLaC", "a FLAC file"),
    (b"FORM", "an AIFF file"),
    (b"\x30\x26\xb2\x75", "a Windows Media file"),
    (b"FLV", "a Flash video"),
    (b"\x00\x00\x01\xba", "an MPEG video"),
    (b"\x00\x00\x01\xb3", "an MPEG video"),
    (b"#!AMR", "an AMR file"),
    (b"MThd", "a MIDI file"),
)


def content_type(head: bytes) -> str | None:
    """The content type of a sound or video that is sent as it is; None: it is something else."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:3] == b"ID3" or _mpeg_layer(head) == 3:
        return "audio/mpeg"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else None
    if head[4:8] in _QUICKTIME_BOXES:
        return "video/quicktime"
    if head[4:8] != b"ftyp":
        return None
    if head[8:12] == b"qt  ":
        return "video/quicktime"
    if head[8:12] in (*_SOUND_BRANDS, *_PICTURE_BRANDS):
        return None
    return "video/mp4" if any(brand in _MP4_BRANDS for brand in _brands(head)) else None


def name_of(head: bytes) -> str | None:
    """What a file is that begins like this, as the end of "This is …"; None where nobody can tell."""
    if (mime := content_type(head)) is not None:
        return f"a {TAKEN[mime]}"
    if head[:4] == b"RIFF":
        return {b"AVI ": "an AVI file", b"WEBP": "a picture"}.get(head[8:12])
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "an MKV file"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "an M4A file" if brand in _SOUND_BRANDS else "a picture" if brand in _PICTURE_BRANDS else "a 3GP file"
    if _mpeg_layer(head) is not None:
        return "an AAC file" if _mpeg_layer(head) == 0 else "an MPEG sound file of an older kind"
    if head[:1] == b"G" and head[188:189] == b"G":
        return "an MPEG transport stream"
    return next((name for begin, name in _OTHERS if head.startswith(begin)), None)


def _mpeg_layer(head: bytes) -> int | None:
    """The layer of MPEG sound that begins right away, 3 being MP3; 0 for AAC; None for anything else."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer, bitrate, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if layer == 0:
        return 0 if head[1] & 0xF6 == 0xF0 else None
    return None if version == 1 or bitrate in (0, 15) or rate == 3 else 4 - layer


def _brands(head: bytes) -> tuple[bytes, ...]:
    """The kinds of MP4 that a file says it is."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    return (head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4)))
