"""Families: the variants of one name."""

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import models
from venice_studio.domain.family import Family, families
from venice_studio.domain.inputs import Need
from venice_studio.domain.model import VideoModel

TEXT = VideoModel(id="kling-text-to-video", name="Kling", start_frame=Need.NEVER)
IMAGE = VideoModel(id="kling-image-to-video", name="Kling", start_frame=Need.MUST)
BOTH = VideoModel(id="veo", name="Veo", start_frame=Need.MAY)


@given(listing=st.lists(models))
def test_every_model_is_in_exactly_one_family(listing: list[VideoModel]) -> None:
    grouped = families(listing)
    assert sorted((m for family in grouped for m in family.variants), key=repr) == sorted(listing, key=repr)
    names = [family.name for family in grouped if family.name in {m.name for m in listing}]
    assert names == list(dict.fromkeys(m.name for m in listing))


@given(listing=st.lists(models), with_picture=st.booleans())
def test_a_variant_takes_what_there_is(listing: list[VideoModel], with_picture: bool) -> None:
    found = Family(name="F", variants=tuple(listing)).variant(with_picture=with_picture)
    fitting = {Need.MAY, Need.MUST} if with_picture else {Need.MAY, Need.NEVER}
    assert found.start_frame in fitting if found else not any(m.start_frame in fitting for m in listing)


def test_the_variant_made_for_it_comes_first() -> None:
    family = Family(name="F", variants=(BOTH, TEXT, IMAGE))
    assert family.variant(with_picture=True) == IMAGE
    assert family.variant(with_picture=False) == TEXT
    assert Family(name="V", variants=(BOTH,)).variant(with_picture=True) == BOTH
    assert Family(name="T", variants=(TEXT,)).variant(with_picture=True) is None
    assert not IMAGE.takes_text_alone
    assert BOTH.takes_text_alone
