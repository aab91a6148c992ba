"""The list of breakages stays true to the product; that each is seen is a command of its own, `tests.breakages`."""

import pytest

from tests.breakages import BREAKAGES, ROOT
from tests.support.breakage import Breakage


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.name)
def test_a_breakage_has_its_line_and_its_test(breakage: Breakage) -> None:
    product = (ROOT / "venice_studio" / breakage.file).read_text(encoding="utf-8")
    assert product.count(breakage.old) == 1

    file, _, name = breakage.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8") or not name


def test_there_are_enough_and_each_once() -> None:
    assert len({breakage.name for breakage in BREAKAGES}) == len(BREAKAGES) >= 10
