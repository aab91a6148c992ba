"""To which addresses a key may be sent."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def keeps_a_key(base_url: str) -> bool:
    """Whether nobody on the way can read what is sent there: https, or a service on this computer."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _on_this_computer(host)))


def _on_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
