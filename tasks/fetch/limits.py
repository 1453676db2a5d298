"""How much of anything a fetch may take, and how it introduces itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FetchLimits:
    """Limits and manners of fetching. No single answer can hold a worker longer or fill more memory.

    Attributes:
        connect_timeout: seconds to connect, for each address of a host.
        read_timeout: seconds of silence that end a fetch.
        total_timeout: seconds for one address, redirects included, waits of the pace not.
        max_bytes: largest body, both as it comes over the line and with its encodings undone.
        max_redirects: redirects followed.
        user_agent: what we call ourselves.
        accept_language: some shields turn away (412) whoever does not say which language they read.
        verify: refuse a server whose certificate does not verify. Off, old protocols and ciphers
            are allowed too: who does not check who answers gains nothing from strong ones.
        proxy: ``http://…`` address of a proxy, or None.
    """

    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 120.0
    max_bytes: int = 52_428_800
    max_redirects: int = 10
    user_agent: str = "Mozilla/5.0 (compatible; Gongbao/0.1)"
    accept_language: str = "zh-CN,zh;q=0.9,en;q=0.5"
    verify: bool = True
    proxy: str | None = None
