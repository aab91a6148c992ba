"""The requests there are."""

from enum import Enum


class Call(Enum):
    """One endpoint: its method and its path below the base address. Reference page; BALANCE: live schema."""

    QUOTE = ("POST", "/video/quote")
    QUEUE = ("POST", "/video/queue")
    RETRIEVE = ("POST", "/video/retrieve")
    COMPLETE = ("POST", "/video/complete")
    MODELS = ("GET", "/models?type=video")
    BALANCE = ("GET", "/billing/balance")
    DOWNLOAD = ("GET", "")
    """The `download_url` of a private model's ticket: an address of its own, asked without the key."""

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.value[0]

    @property
    def path(self) -> str:
        """The path, with its query."""
        return self.value[1]

    @property
    def about_a_job(self) -> bool:
        """Whether it asks for a clip that has already been taken on, and charged."""
        return self in (Call.RETRIEVE, Call.DOWNLOAD)
