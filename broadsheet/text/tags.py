"""Language tags (BCP 47) as pages write them, made regular: "EN_us.UTF-8" is "en-US"."""

from __future__ import annotations

import re

UNKNOWN = "und"
LONGEST = 100
"""Characters of a tag that are looked at."""

_TAG = re.compile(
    r"([a-z]{2,3})"
    r"(?:-[a-z]{3}(?![a-z0-9]))?"  # extended language: zh-yue and zh-cmn speak through their macro-language here
    r"(?:-([a-z]{4})(?![a-z0-9]))?"
    r"(?:-([a-z]{2}|[0-9]{3})(?![a-z0-9]))?"
    r"(?:-.*)?"
)
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr", "tgl": "tl", "fil": "tl"}
# Three letters where two exist (ISO 639-2), as far as news is written in them.
_PAIRS = """
eng=en ger=de deu=de fre=fr fra=fr spa=es ita=it por=pt dut=nl nld=nl swe=sv dan=da nor=no nob=nb nno=nn fin=fi
isl=is ice=is pol=pl ces=cs cze=cs slk=sk slo=sk hun=hu ron=ro rum=ro hrv=hr srp=sr bos=bs slv=sl mkd=mk mac=mk
sqi=sq alb=sq tur=tr aze=az est=et lav=lv lit=lt cat=ca glg=gl eus=eu baq=eu vie=vi ind=id msa=ms may=ms swa=sw
rus=ru ukr=uk bel=be bul=bg kaz=kk mon=mn ara=ar fas=fa per=fa urd=ur pus=ps heb=he yid=yi hin=hi mar=mr nep=ne
ben=bn tam=ta tel=te kan=kn mal=ml guj=gu pan=pa sin=si mya=my bur=my khm=km lao=lo tha=th zho=zh chi=zh cmn=zh
yue=zh jpn=ja kor=ko kat=ka geo=ka hye=hy arm=hy amh=am ell=el gre=el gle=ga cym=cy wel=cy afr=af uzb=uz som=so
"""
_SHORTER = dict(pair.split("=") for pair in _PAIRS.split())


def clean_tag(text: str | None) -> str:
    """Language, script and region of a tag in regular case ("zh-Hant-TW"); "und" for what is no tag.

    Variants and extensions are dropped. An English or own name of a language ("Deutsch") is not a tag.
    """
    plain = (text or "").strip()[:LONGEST].lower().replace("_", "-").split(".", 1)[0].split("@", 1)[0]
    found = _TAG.fullmatch(plain)
    if found is None or found[1] in ("und", "mul", "zxx", "mis"):
        return UNKNOWN
    language = _SHORTER.get(found[1], found[1])
    language = _RENAMED.get(language, language)
    script = (found[2] or "").title()
    region = (found[3] or "").upper()
    if found[1] == "sh" and not script:
        script = "Latn"
    return "-".join(part for part in (language, script, region) if part)


def primary(tag: str) -> str:
    """The language alone: "en" of "en-US"."""
    return tag.split("-", 1)[0]
