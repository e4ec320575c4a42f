"""A wire between browser and server that a test can cut: before a request, or after it and before the answer."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

CHUNK = 65_536


class Wire:
    """Copies bytes both ways. ``dead``: nothing gets through. ``deaf_to``: a request that begins so reaches the server,
    but its answer never comes back: the connection breaks. ``mute_to``: the same, but nothing breaks, it hangs."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._server = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._dead = False
        self.deaf_to: bytes | None = None
        self.mute_to: bytes | None = None
        self.swallowed = 0
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    @property
    def dead(self) -> bool:
        return self._dead

    @dead.setter
    def dead(self, dead: bool) -> None:
        self._dead = dead
        if dead:
            self._cut()

    def close(self) -> None:
        self._listener.close()
        self._cut()

    def _cut(self) -> None:
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return  # closed
            if self._dead:
                client.close()
            else:
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError), socket.create_connection(self._server) as server:
            self._open |= {client, server}  # where either side is gone, so is the wire
            try:
                self._copy(client, server)
            finally:
                self._open -= {client, server}

    def _copy(self, client: socket.socket, server: socket.socket) -> None:
        deaf = mute = False
        while True:
            ready, _write, _error = select.select([client, server], [], [], 30)
            if client in ready:
                data = client.recv(CHUNK)
                deaf = deaf or bool(self.deaf_to and data.startswith(self.deaf_to))
                mute = mute or bool(self.mute_to and data.startswith(self.mute_to))
                server.sendall(data)
                if not data:
                    return
            if server in ready:
                data = server.recv(CHUNK)
                if mute and data:
                    self.swallowed += 1
                    continue
                if deaf:
                    self.swallowed += 1
                    return  # answered, but nobody hears it
                client.sendall(data)
                if not data:
                    return


@contextlib.contextmanager
def wire_to(address: str) -> Iterator[Wire]:
    wire = Wire(address)
    try:
        yield wire
    finally:
        wire.close()
