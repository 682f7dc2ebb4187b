"""A site on loopback for tests: `python -m tests.site.served DATA PORT [fill]` fills a new data folder, and serves."""

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path


def main() -> None:
    data, port = Path(sys.argv[1]), int(sys.argv[2])
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.environ["BROADSHEET_DATA"] = str(data)
    os.environ["BROADSHEET_LANGUAGE"] = os.environ.get("SERVED_LANGUAGE", "en")
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.settings"
    if sys.argv[3:] == ["fill"]:
        _fill(data)
    from broadsheet.site.serving import serve

    serve(port=port, workers=1)


def _end_with(parent: int) -> None:
    """Killed tests leave no site behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _fill(data: Path) -> None:
    import django

    django.setup()
    from PIL import Image

    import tests.factories as make
    from broadsheet.articles.models import Author, Byline, Mention, Topic
    from broadsheet.letters.starting import ensure_letters

    ensure_letters()
    make.NOW = datetime.now(UTC)
    section = make.make_section("politics", "Politics")
    wire = make.make_publisher("Northmark Wire", mode="full", image=True, is_sample=True)
    lead = make.make_article(
        wire,
        section=section,
        blocks=["The ferry sails again after nine days.", "“We sail on Monday,” said Ada Lund."] * 8,
    )
    arabic = make.make_article(
        make.make_publisher("منارة سهيل", language="ar", mode="full", is_sample=True),
        section=section,
        headline="عودة العبارة إلى جزر سكيري",
        slug="عودة-العبارة",
        language="ar",
        direction="rtl",
        blocks=["أبحرت العبارة من جديد بعد تسعة أيام."] * 6,
        access="registration",
    )
    copy = make.make_article(make.make_publisher("Lakeside Post", is_sample=True), section=section)
    make.make_quotation(lead)
    topic = Topic.objects.create(slug="جزر-سكيري", name="جزر سكيري", kind="place")
    Mention.objects.create(article=arabic, topic=topic, shown_at=arabic.shown_at)
    make.make_picture(lead)
    author = Author.objects.create(slug="ilse-brandt", name="Ilse Brandt")
    Byline.objects.create(article=lead, author=author, position=0)
    make.make_revision(lead, "Ferry line stays closed", "The ferry sails again after ten days.")
    make.make_story(lead, arabic, copy, copies={copy: lead}, weight=9)
    make.make_source(wire)
    for number in range(8):
        article = make.make_article(
            make.make_publisher(is_sample=True),
            section=make.make_section("world", "World", 1),
            minutes_ago=60 * number,
            headline=f"Ministers meet for talks on grain, round {number}",
        )
        make.make_story(article, weight=8 - number)
    (data / "pictures").mkdir(exist_ok=True)
    Image.new("RGB", (64, 36), "#446").save(data / "pictures" / "0a1b.webp")


if __name__ == "__main__":
    main()
