"""Where something goes that comes in without being let go over a certain place."""

from collections.abc import Sequence

from venice_studio.domain.inputs import Material, Role
from venice_studio.domain.model import Basis, VideoModel
from venice_studio.studio.composer import Composer
from venice_studio.ui.compose.offer import Offer, material

_PICTURES = (Role.REFERENCES, Role.ELEMENTS, Role.SCENES, Role.KEYFRAMES)
_ROLES = {
    Material.PICTURE: (Role.START_FRAME, *_PICTURES),
    Material.SOUND: (Role.SOUNDTRACK, Role.REFERENCE_SOUNDS),
    Material.VIDEO: (Role.SOURCE_VIDEO, Role.REFERENCE_VIDEOS),
}


class Reception:
    """Knows the best place for each kind of file."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    def best(self, kind: Material) -> Role | None:
        """The role for a file of this kind; None where neither the model nor its family has one."""
        model = self._composer.model
        if kind is Material.PICTURE and (model is None or model.basis is Basis.FRAMES):
            # Also where this variant takes none: the family's other one does, or it is said at the slot.
            return Role.START_FRAME
        if model is not None and (role := _first(model, kind)) is not None:
            return role
        return self._in_family(kind)

    def make_ready(self, role: Role) -> None:
        """Go to the variant of the family that takes a role, where the chosen one does not."""
        model, family = self._composer.model, self._composer.family
        if model is None or family is None or model.takes(role) or role is Role.START_FRAME:
            return
        for basis in family.bases:
            variant = family.variant(basis=basis)
            if variant is not None and variant.takes(role) and basis is not model.basis:
                self._composer.choose_basis(basis)
                return

    def _in_family(self, kind: Material) -> Role | None:
        family = self._composer.family
        variants = [family.variant(basis=basis) for basis in reversed(family.bases)] if family is not None else []
        found = (_first(variant, kind) for variant in variants if variant is not None)
        return next((role for role in found if role is not None), None)


def _first(model: VideoModel, kind: Material) -> Role | None:
    return next((role for role in _ROLES[kind] if model.takes(role)), None)


def by_kind(offers: Sequence[Offer]) -> dict[Material, list[Offer]]:
    """What came in, sorted; what does not tell counts as a picture, whose place says what it really is."""
    sorted_: dict[Material, list[Offer]] = {}
    for offer in offers:
        sorted_.setdefault(material(offer) or Material.PICTURE, []).append(offer)
    return sorted_
