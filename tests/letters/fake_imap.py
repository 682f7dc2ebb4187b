"""A mailbox that speaks just enough IMAP: log in, select, search what is unseen, fetch, flag."""

import re
import socketserver
import threading
from contextlib import contextmanager


class Box:
    def __init__(self, mails):
        self.mails, self.flags = mails, [set() for _ in mails]


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, rest = line.partition(" ")
            if rest.startswith("LOGIN") and "secret" not in rest:
                self.say(f"{tag} NO wrong password")
            elif rest == "LOGOUT":
                self.say(f"* BYE\r\n{tag} OK")
                return
            else:
                self.answer(rest)
                self.say(f"{tag} OK done")

    def answer(self, rest):
        box = self.server.box
        if rest.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif rest.startswith("SELECT"):
            self.say(f"* {len(box.mails)} EXISTS")
        elif rest.startswith("UID SEARCH"):
            unseen = [str(n + 1) for n, flags in enumerate(box.flags) if "\\Seen" not in flags]
            self.say("* SEARCH " + " ".join(unseen))
        elif found := re.match(r"UID FETCH (\d+)", rest):
            raw = box.mails[int(found[1]) - 1]
            self.wfile.write(
                f"* {found[1]} FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
            )
        elif found := re.match(r"UID STORE (\d+) \+FLAGS \((.*)\)", rest):
            box.flags[int(found[1]) - 1] |= set(found[2].split())

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def imap_server(mails):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads, server.box = True, Box(mails)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"imap://ada:secret@127.0.0.1:{server.server_address[1]}/INBOX", server.box
        finally:
            server.shutdown()
