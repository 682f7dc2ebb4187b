"""A server on loopback whose every byte a test decides."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Handler = Callable[["Seen", asyncio.StreamWriter], Awaitable[None]]


def answer(body=b"", status="200 OK", **fields):
    """A complete HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Seen:
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Web:
    """pages: path to bytes, or to a coroutine function that writes what it likes. 404 for the rest."""

    pages: dict[str, bytes | Handler] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    open_now: int = 0
    busiest: int = 0
    port: int = 0
    tasks: list[asyncio.Task] = field(default_factory=list)

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    def paths(self):
        return [request.path for request in self.seen]

    async def serve(self, reader, writer):
        self.tasks.append(asyncio.current_task())
        try:
            while True:
                await self.exchange(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, RuntimeError):
            pass  # the client hung up, or the test is over
        finally:
            writer.transport.abort()

    async def exchange(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        seen = Seen(head[0].split(" ")[1], headers, asyncio.get_running_loop().time())
        self.seen.append(seen)
        self.open_now += 1
        self.busiest = max(self.busiest, self.open_now)
        try:
            page = self.pages.get(seen.path, answer(status="404 Not Found"))
            if callable(page):
                await page(seen, writer)
            else:
                writer.write(page)
            await writer.drain()
        finally:
            self.open_now -= 1

    @asynccontextmanager
    async def running(self):
        self.tasks.clear()
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)
            await asyncio.sleep(0.01)
