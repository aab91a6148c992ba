"""A deliberate fault of the product, and the test that must see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakage:
    """`old` stands once in `file`, below `venice_studio/`; with `new` in its place `test` must fail."""

    name: str
    file: str
    old: str
    new: str
    test: str
