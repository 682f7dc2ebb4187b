"""Endings under which strangers register names, for telling one site from another.

Data for `addresses.site`. A short stand-in for the Public Suffix List: the shape of country domains, and the
hosting services whose subdomains belong to different people. A missing entry makes two sites look like one,
which only widens a search for feeds; nothing of safety rests on it.
"""

# ruff: noqa: SIM905 - word lists read best as text
from __future__ import annotations

SECOND_LEVEL = frozenset(
    """
    ab ac ad asn asso bc biz cn co com ed edu es eu fed firm gen go gob gop gouv gov govt gr gub gv hs id idf
    in inf info int k12 kg kr lg ltd mb me mil ms nb ne net nf ngo nhs nic nl nom ns nt nu on or org pe plc
    police press pro pub qc re res sc sch school sk tm web yk
    """.split()
)
"""Second labels that, under a two-letter country domain, are not a name of their own (`co.uk`, `com.au`)."""

HOSTED = frozenset(
    """
    blogspot.com wordpress.com substack.com medium.com github.io gitlab.io netlify.app vercel.app pages.dev
    web.app firebaseapp.com herokuapp.com tumblr.com ghost.io livejournal.com typepad.com weebly.com wixsite.com
    squarespace.com over-blog.com canalblog.com hatenablog.com ameblo.jp naver.com tistory.com jimdofree.com
    altervista.org sites.google.com azurewebsites.net cloudfront.net fly.dev onrender.com workers.dev readthedocs.io
    neocities.org beehiiv.com write.as micro.blog
    """.split()
)
"""Services whose subdomains are sites of different people."""
