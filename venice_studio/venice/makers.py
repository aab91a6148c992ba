"""Who made a model: the listing names the service itself, but people look for Sora under OpenAI."""

_MAKERS = (
    ("gen4", "Runway"),
    ("grok", "xAI"),
    ("hailuo", "MiniMax"),
    ("kling", "Kuaishou"),
    ("longcat", "Meituan"),
    ("ltx", "Lightricks"),
    ("minimax", "MiniMax"),
    ("ovi", "Character.AI"),
    ("pixverse", "PixVerse"),
    ("runway", "Runway"),
    ("seedance", "ByteDance"),
    ("sora", "OpenAI"),
    ("topaz", "Topaz Labs"),
    ("veo", "Google"),
    ("wan", "Alibaba"),
)
"""By what a model's id begins with. The makers' own pages, 2026."""
_SERVICE = "venice.ai"


def maker_of(model_id: str, listed: str | None) -> str:
    """The maker that the listing names, unless that is the service; else who is known for such ids; or nobody."""
    if listed and listed.lower() != _SERVICE:
        return listed
    return next((maker for begins, maker in _MAKERS if model_id.lower().startswith(begins)), "")
