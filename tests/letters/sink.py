"""A mail server that takes everything and writes down what it took: one line a mail, before it says yes.

In a process of its own, so that neither its time nor its death is the sender's. It can be told to misbehave.
`python -m tests.letters.sink PORT LOG [refuse=0.02] [later=0.05] [hang_up=0.01] [stall=0.001] [keep=FOLDER]`
"""

import asyncio
import os
import random
import sys
from email.parser import BytesHeaderParser
from pathlib import Path


class Sink:
    def __init__(self, log: Path, *, seed=7, keep="", **chances):
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self.chances = {name: float(value) for name, value in chances.items()}
        self.keep = Path(keep) if keep else None
        self.random = random.Random(seed)

    def fault(self, name: str) -> bool:
        return self.random.random() < self.chances.get(name, 0.0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"220 sink ESMTP\r\n")
            await self.talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def talk(self, reader, writer) -> None:
        to, refused = "", False
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                writer.write(b"250-sink\r\n250-PIPELINING\r\n250-SIZE 30000000\r\n250-SMTPUTF8\r\n250 8BITMIME\r\n")
            elif verb == b"RCPT":
                to = line[line.index(b"<") + 1 : line.rindex(b">")].decode()
                refused = True
                if self.fault("hang_up"):
                    return
                if self.fault("refuse"):
                    writer.write(b"550 5.1.1 user unknown\r\n")
                elif self.fault("later"):
                    writer.write(b"451 4.2.0 mailbox busy, try again\r\n")
                else:
                    refused = False
                    writer.write(b"250 2.1.5 ok\r\n")
            elif verb == b"DATA":
                if refused:
                    writer.write(b"554 5.5.1 no valid recipients\r\n")
                    continue
                writer.write(b"354 go on\r\n")
                message = await reader.readuntil(b"\r\n.\r\n")
                if self.fault("hang_up"):
                    return
                if self.fault("stall"):
                    await asyncio.sleep(3600)
                self.note(to, message)
                writer.write(b"250 2.0.0 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                writer.write(b"250 2.1.0 ok\r\n")

    def note(self, to: str, message: bytes) -> None:
        os.write(self.log, f"{to}\n".encode())
        if self.keep is not None:
            name = BytesHeaderParser().parsebytes(message)["Message-ID"].strip("<>")
            (self.keep / f"{name}.eml").write_bytes(message)


async def main(port: str, log: str, *options: str) -> None:
    sink = Sink(Path(log), **dict(option.split("=", 1) for option in options))
    server = await asyncio.start_server(sink.serve, "127.0.0.1", int(port), limit=2**22)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        import uvloop

        uvloop.run(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        pass
