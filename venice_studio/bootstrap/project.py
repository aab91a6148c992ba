"""A checkout: the requirements in its `pyproject.toml` and the exact versions in its constraints file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple


class Project(NamedTuple):
    """A checkout and how much of it is wanted."""

    root: Path
    with_dev: bool = False

    @staticmethod
    def found(root: Path | None = None, *, with_dev: bool = False) -> Project | None:
        """The checkout at `root`, else the one this file lies in; None where there is none (installed, frozen)."""
        if getattr(sys, "frozen", False):
            return None
        project = Project(root or Path(__file__).resolve().parents[2], with_dev)
        return project if project.constraints.is_file() and project.pyproject.is_file() else None

    @property
    def pyproject(self) -> Path:
        """What is required, as ranges."""
        return self.root / "pyproject.toml"

    @property
    def constraints(self) -> Path:
        """What is installed, exactly."""
        return self.root / "packaging" / "constraints.txt"

    def requirements(self) -> list[str]:
        """The direct requirements, as `pip` takes them."""
        import tomllib  # Python 3.11; imported here since older ones must be able to import this module

        table = tomllib.loads(self.pyproject.read_text(encoding="utf-8"))
        required: list[str] = table["project"]["dependencies"]
        return [*required, *table["dependency-groups"]["dev"]] if self.with_dev else required

    def fingerprint(self) -> str:
        """Changes whenever what must be installed may have changed."""
        import hashlib

        return hashlib.sha256(self.pyproject.read_bytes() + self.constraints.read_bytes()).hexdigest()
