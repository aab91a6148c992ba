"""Whether the Python that is running has all that the program needs, so that no set-up is wanted."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from venice_studio.bootstrap.project import Project


def chosen_and_complete(project: Project) -> bool:
    """Whether the user started another virtual environment than the checkout's own, and it has everything."""
    inside_another = sys.prefix != sys.base_prefix and not os.path.realpath(sys.prefix).startswith(
        os.path.realpath(str(project.root / ".venv"))
    )
    return inside_another and is_complete(project)


def is_complete(project: Project) -> bool:
    """Whether each direct requirement is installed here, and not older than asked for."""
    installed = _installed()
    return all(_satisfied(requirement, installed) for requirement in project.requirements())


def _satisfied(requirement: str, installed: dict[str, tuple[int, ...]]) -> bool:
    name = re.match(r"[\w.-]+", requirement)
    least = re.search(r">=\s*([\d.]+)", requirement)
    version = installed.get(_normal(name.group() if name else ""))
    return version is not None and (least is None or version >= _numbers(least.group(1)))


def _installed() -> dict[str, tuple[int, ...]]:
    """Name to version of what lies on the import path; read from folder names, importlib.metadata costs 30 ms."""
    found: dict[str, tuple[int, ...]] = {}
    for folder in reversed(sys.path):
        try:
            names = [entry.name for entry in Path(folder or ".").iterdir()]
        except OSError:
            continue
        for entry in names:
            name, dash, version = entry[: -len(".dist-info")].partition("-")
            if dash and entry.endswith(".dist-info"):
                found[_normal(name)] = _numbers(version)
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _numbers(version: str) -> tuple[int, ...]:
    leading = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in leading.group().split(".")) if leading else ()
