"""One connection to the server that takes our mail, used for one mail after the other.

The library connects, encrypts and logs in; a mail is handed over here, because two things must be known that it does
not tell: whether the server can have taken a mail whose answer never came, and what it said at which step. Commands
travel together where the server allows it (PIPELINING, RFC 2920): two trips a mail instead of four.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE_S = 30.0
LAST_PATIENCE_S = 300.0
"""After the whole mail: the server may be checking it, and who leaves early does not know what became of it."""
_MOST_REPLY = 200


@dataclass(frozen=True, slots=True)
class Server:
    """security: tls from the start, starttls, or none."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    security: str = "starttls"

    @classmethod
    def read(cls, address: str) -> Server:
        """`smtp://user:password@host:587`, `smtps://…`, `smtp://localhost:25?tls=no`."""
        parts = urlsplit(address)
        security = "tls" if parts.scheme == "smtps" else "starttls"
        if parse_qs(parts.query).get("tls") == ["no"]:
            security = "none"
        port = parts.port or (465 if security == "tls" else 587)
        return cls(parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or ""), security)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. code: of SMTP; 0 when it said nothing we understand."""

    code: int
    text: str

    @property
    def is_yes(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_for_good(self) -> bool:
        return 500 <= self.code < 600


class LostError(Exception):
    """The connection did not come about or broke before the mail was whole: it was not sent."""


class DoubtError(Exception):
    """The connection broke after the mail was whole and before the answer: nobody knows."""


class WithdrawnError(Exception):
    """The mail was withdrawn at the last moment: it was not sent."""


def _always() -> bool:
    return True


class Connection:
    """Opens when the first mail is sent, and again after it broke. name: by which we introduce ourselves."""

    def __init__(
        self,
        server: Server,
        *,
        name: str,
        patience_s: float = PATIENCE_S,
        last_patience_s: float = LAST_PATIENCE_S,
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        self._server, self._name = server, name
        self._patience_s, self._last_patience_s = patience_s, last_patience_s
        self._context = context
        self._smtp: smtplib.SMTP | None = None

    def send(self, sender: str, to: str, message: bytes, before: Callable[[], bool] = _always) -> Answer:
        """Hand one mail over. A line that died unused meanwhile is opened anew.

        before: asked when the server wants the mail and nothing of it has left; False withdraws it.
        Raises LostError, DoubtError and WithdrawnError.
        """
        for _ in range(2):
            was_used = self._smtp is not None
            smtp = self._smtp or self._open()
            try:
                return self._hand_over(smtp, sender, to, message, before)
            except _StaleError as error:
                self.close()
                if not was_used:
                    raise LostError(f"the server hung up: {error}") from error
            except (LostError, DoubtError, WithdrawnError):
                self.close()  # nothing else ends a mail that was announced
                raise
        raise LostError("the server hung up twice")

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError):
                if smtp.sock is not None:
                    smtp.sock.settimeout(2)
                    smtp.sock.sendall(b"QUIT\r\n")
            smtp.close()

    def look(self) -> dict[str, str]:
        """Connect, and tell what the server offers. Raises LostError."""
        return dict((self._smtp or self._open()).esmtp_features)

    def _open(self) -> smtplib.SMTP:
        server = self._server
        smtp: smtplib.SMTP | None = None
        try:
            if server.security == "tls":
                smtp = smtplib.SMTP_SSL(local_hostname=self._name, timeout=self._patience_s, context=self._context())
            else:
                smtp = smtplib.SMTP(local_hostname=self._name, timeout=self._patience_s)
            smtp._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001  # for the certificate's name
            code, text = smtp.connect(server.host, server.port)
            if code != 220:
                raise LostError(f"{server.host} does not let us in: {_answer(code, text).text}")
            smtp.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                smtp.starttls(context=self._context())
                smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if smtp is not None:
                smtp.close()
            raise LostError(f"{server.host}:{server.port} cannot be used: {error}"[:_MOST_REPLY]) from error
        self._smtp = smtp
        return smtp

    def _hand_over(
        self, smtp: smtplib.SMTP, sender: str, to: str, message: bytes, before: Callable[[], bool]
    ) -> Answer:
        offered = smtp.esmtp_features
        wants_utf8 = not (sender.isascii() and to.isascii())
        if wants_utf8 and "smtputf8" not in offered:
            return Answer(553, "5.6.7 our server takes no addresses beyond ASCII")
        options = f" SIZE={len(message)}" if "size" in offered else ""
        options += " SMTPUTF8 BODY=8BITMIME" if wants_utf8 else ""
        steps = [f"MAIL FROM:<{sender}>{options}", f"RCPT TO:<{to}>", "DATA"]
        refused = self._announce(smtp, steps, together="pipelining" in offered)
        if refused is not None:
            return refused
        if not before():
            raise WithdrawnError
        return self._deliver(smtp, message)

    def _announce(self, smtp: smtplib.SMTP, steps: list[str], *, together: bool) -> Answer | None:
        """MAIL, RCPT and DATA; None when the server wants the mail now, else its refusal."""
        answers: list[Answer] = []
        try:
            if together:
                smtp.send("".join(f"{step}\r\n" for step in steps).encode())
                answers = [_answer(*smtp.getreply()) for _ in steps]
            else:
                for step in steps:
                    smtp.send(f"{step}\r\n".encode())
                    answers.append(_answer(*smtp.getreply()))
                    if not answers[-1].is_yes:
                        break
            bad = next((one for one in answers[:2] if not one.is_yes), None)
            wants_it = len(answers) == 3 and answers[2].code == 354
            if bad is None and wants_it:
                return None
            if wants_it:  # it refused the address and yet waits for a mail: an empty one to nobody (RFC 2920)
                smtp.send(b".\r\n")
                smtp.getreply()
            else:
                smtp.send(b"RSET\r\n")
                smtp.getreply()
            refusal = bad or answers[2]
        except (OSError, smtplib.SMTPException) as error:
            said = next((one for one in answers if not one.is_yes and one.code != 354), None)
            if said is None:
                raise _StaleError(str(error)[:_MOST_REPLY]) from error
            refusal = said  # it gave its reason before it hung up
            self.close()
        if refusal.code == 421:
            self.close()
        return refusal

    def _deliver(self, smtp: smtplib.SMTP, message: bytes) -> Answer:
        assert smtp.sock is not None
        stuffed = message.replace(b"\r\n.", b"\r\n..")
        if stuffed.startswith(b"."):
            stuffed = b"." + stuffed
        ending = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            smtp.sock.sendall(stuffed + ending)
        except OSError as error:  # the end of the mail never left: a server must forget what it has (RFC 5321, 4.1.1.4)
            raise LostError(f"the server stopped listening: {error}") from error
        try:
            smtp.sock.settimeout(self._last_patience_s)
            answer = _answer(*smtp.getreply())
            smtp.sock.settimeout(self._patience_s)
        except (OSError, smtplib.SMTPException) as error:
            raise DoubtError(f"no answer to the whole mail: {error}"[:_MOST_REPLY]) from error
        if not answer.code or (answer.code < 400 and not answer.is_yes):
            raise DoubtError(f"an answer nobody understands: {answer.text}")
        if answer.code == 421:
            self.close()
        return answer


class _StaleError(Exception):
    """The line was dead before the mail was announced."""


def _answer(code: int, text: bytes | str) -> Answer:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Answer(code if 200 <= code < 600 else 0, " ".join(words.split())[:_MOST_REPLY])
