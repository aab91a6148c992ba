"""Where the files of `resources/` lie: beside the package in a checkout, inside it in a wheel or a frozen program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder of the resources."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """The path of one resource, for example `path("fonts", "Inter-Regular.otf")`."""
    return root().joinpath(*parts)
