"""To which addresses a key may be sent."""

from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit


def keeps_a_key(base_url: str) -> bool:
    """Whether nobody on the way can read what is sent there: https, or a service on this computer."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _on_this_computer(host)))


def is_here(base_url: str) -> bool:
    """Whether a service is on this computer; what is no address is nowhere."""
    try:
        return _on_this_computer(urlsplit(base_url).hostname or "")
    except ValueError:
        return False


def normal(base_url: str) -> str:
    """The one way to write an address: two spellings of it would be two accounts.

    Scheme and host in lower case, without the port that the scheme stands for, without a slash at the end. What is no
    address that keeps a key stays as it is.
    """
    if not keeps_a_key(base_url):
        return base_url
    parts = urlsplit(base_url)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    host = parts.netloc.lower()
    if usual is not None and parts.port == usual:
        host = host.removesuffix(f":{usual}")
    return urlunsplit(parts._replace(netloc=host)).rstrip("/")


def _on_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
