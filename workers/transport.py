"""What kombu's Redis transport does when the line to the server breaks, mended."""

from __future__ import annotations

from typing import Any

from kombu.transport.redis import Channel, QoS


class PatientQoS(QoS):  # type: ignore[misc] # the library ships no types
    """Leaves tickets where they are when there is no way left to put them back.

    A worker that loses its line closes its channel twice. When the first closing fails half way, kombu 5.7
    has forgotten the server's address by the second, trips over that, and the worker ends. The tickets it
    held for later stay unacknowledged on the server, which gives them out again after the visibility timeout.
    """

    def restore_unacked(self, client: Any = None) -> None:
        """Put unacknowledged tickets back into their queues, if the server's address is still known."""
        transport = self.channel.connection
        if client is None and (transport is None or transport.client is None):
            self._delivered.clear()
            return
        super().restore_unacked(client)


def outlive_broken_lines() -> None:
    """Let all channels of this process use :class:`PatientQoS`; twice is once."""
    Channel.QoS = PatientQoS
