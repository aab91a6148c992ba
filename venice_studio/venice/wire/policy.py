"""The 409 that asks for consent: which text, in which version, about which inputs. Source: live schema."""

from collections.abc import Mapping

from venice_studio.domain.consent import Consent
from venice_studio.venice.wire import values

LONGEST = 500_000
"""Characters of a policy. Who cannot be shown all of it is not asked to agree."""


def read_consent(fields: Mapping[str, object]) -> Consent | None:
    """The consent that an error body asks for; None where there is no text that could be shown whole."""
    flow, given = values.identifier(fields.get("consent_flow")), values.mapping(fields.get("consent"))
    policy = values.whole_text(given.get("policy_text"), LONGEST)
    if flow is None or policy is None:
        return None
    page = values.web_address(fields.get("docs_url"))
    return Consent(
        flow=flow,
        policy=policy,
        version=values.identifier_or_number(given.get("consent_version")) or "",
        faces=values.texts(fields.get("face_media_roles")) or (),
        page=page if page and page.lower().startswith("https://") else None,
    )
