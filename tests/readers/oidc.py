"""A small provider of OpenID Connect on loopback: says yes to everybody, as strictly as the standard wants it."""

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt


class Provider:
    """person: the claims it tells. calls: the paths it was asked for. broken: answers nothing but errors."""

    def __init__(self):
        self.person = {"sub": "4711", "email": "nora@harbor.example", "email_verified": True, "name": "Nora Vik"}
        self.calls, self.codes, self.broken = [], {}, False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self.issuer = f"http://127.0.0.1:{self.port}/realm"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def authorize(self, address):
        """What the browser does there: log in, and come back to the address that was asked for."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) >= {"openid", "email"}
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form):
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if (form.get("client_id"), form.get("client_secret")) != ("site", "s3cret"):
            return 401, {"error": "invalid_client"}
        claims = {"iss": self.issuer, "aud": "site", "exp": time.time() + 60, "iat": time.time(), **self.person}
        token = jwt.encode(claims, "k" * 32, algorithm="HS256")
        return 200, {"access_token": "t", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def _handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = urlsplit(self.path).path
                provider.calls.append(path)
                if provider.broken:
                    self.say(500, {})
                elif path == "/realm/.well-known/openid-configuration":
                    base = provider.issuer
                    self.say(
                        200,
                        {
                            "issuer": base,
                            "authorization_endpoint": f"{base}/authorize",
                            "token_endpoint": f"{base}/token",
                            "userinfo_endpoint": f"{base}/userinfo",
                            "jwks_uri": f"{base}/keys",
                            "token_endpoint_auth_methods_supported": ["client_secret_post"],
                        },
                    )
                elif path == "/realm/userinfo" and self.headers["Authorization"] == "Bearer t":
                    self.say(200, provider.person)
                else:
                    self.say(404, {})

            def do_POST(self):
                provider.calls.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.say(*provider.token({name: values[0] for name, values in parse_qs(body).items()}))

            def say(self, status, values):
                body = json.dumps(values).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

        return Handler
