"""Rows for tests: small, plausible, invented. Each call makes one thing; what is not said is made up."""

from datetime import UTC, datetime, timedelta
from itertools import count

from broadsheet.articles.models import Article, Body, Picture, Revision, Section
from broadsheet.finished.actions import purge
from broadsheet.sources.models import LedgerLine, Publisher, Source
from broadsheet.stories.models import Membership, Quotation, Story

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_numbers = count(1)


def make_section(slug="politics", name=None, position=0):
    return Section.objects.get_or_create(slug=slug, defaults={"name": name or slug.title(), "position": position})[0]


def make_publisher(name=None, *, mode=None, basis="licence", image=False, **more):
    number = next(_numbers)
    name = name or f"The Harbor Courier {number}"
    slug = name.lower().replace(" ", "-")
    more = {"home": f"https://courier{number}.example", "language": "en", "country": "XV", **more}
    publisher = Publisher.objects.create(slug=slug, name=name, **more)
    if mode:
        LedgerLine.objects.create(
            publisher=publisher, mode=mode, basis=basis, evidence="letter of 3 May", image=image, noted_at=NOW
        )
    return publisher


def make_source(publisher, **more):
    number = next(_numbers)
    address = f"{publisher.home}/feed{number}.xml"
    return Source.objects.create(publisher=publisher, key=f"source{number}", address=address, host="x", **more)


def make_article(publisher=None, *, blocks=(), minutes_ago=30, **more):
    number = next(_numbers)
    publisher = publisher or make_publisher()
    at = NOW - timedelta(minutes=minutes_ago)
    more = {
        "headline": f"Ferry line to the Skerries reopens, part {number}",
        "slug": f"ferry-line-{number}",
        "address": f"{publisher.home}/news/{number}",
        "language": "en",
        "byline": "Ilse Brandt",
        "summary": "The ferry sails again.",
        "published_at": at,
        "grouped_at": at,
        **more,
    }
    article = Article.objects.create(key=f"article{number}", publisher=publisher, shown_at=at, first_seen_at=at, **more)
    if blocks:
        Body.objects.create(article=article, blocks=[block(text) for text in blocks], receipt={})
    return article


def block(text, kind="paragraph"):
    return {"kind": kind, "text": text, "html": text.replace("&", "&amp;").replace("<", "&lt;")}


def make_story(*articles, weight=1.0, copies=None, **more):
    """A story told by these articles, the first of them its lead. copies: copy -> original."""
    lead = articles[0]
    copies = copies or {}
    own = [article for article in articles if article not in copies]
    more = {"headline": lead.headline, "slug": lead.slug, "section": lead.section, **more}
    story = Story.objects.create(
        key=lead.key,
        lead=lead,
        language=lead.language,
        direction=lead.direction,
        first_at=min(article.shown_at for article in articles),
        moved_at=max(article.shown_at for article in articles),
        weight=weight,
        articles_count=len(articles),
        outlets=len({article.publisher_id for article in articles}),
        independents=len({article.publisher_id for article in own}),
        **more,
    )
    for article in articles:
        Membership.objects.create(
            article=article,
            story=story,
            sequence=next(_numbers),
            original=copies.get(article),
            joined_at=article.first_seen_at,
        )
    return story


def make_quotation(article, text="We sail on Monday", name="Ada Lund", **more):
    number = next(_numbers)
    more = {"speaker": name, "person": name.lower().replace(" ", "-"), "same_key": text[:32], **more}
    return Quotation.objects.create(
        article=article, start=number, end=number + len(text), text=text, name=name, shown_at=article.shown_at, **more
    )


def make_revision(article, headline, *texts, is_announced=False, minutes_ago=10):
    Article.objects.filter(pk=article.pk).update(version=article.version + 1)
    article.refresh_from_db()
    return Revision.objects.create(
        article=article,
        number=article.version - 1,
        headline=headline,
        blocks=[block(text) for text in texts],
        seen_at=article.shown_at,
        replaced_at=NOW - timedelta(minutes=minutes_ago),
        is_announced=is_announced,
    )


def make_picture(article, *, stored="0a1b.webp", position=0, **more):
    more = {"caption": "The ferry at its pier", "credit": "Jon Vik", "alt": "A white ferry", **more}
    return Picture.objects.create(
        article=article,
        position=position,
        address=f"{article.address}/{position}.jpg",
        width=1200,
        height=675,
        stored=stored,
        **({"state": "stored"} if stored else {}),
        **more,
    )


def make_conversation(story, reader):
    """A conversation with a row in every table of comments."""
    from broadsheet.comments import models
    from broadsheet.comments.posting import thread_of

    models.GuardSettings.objects.create(rules={"links": 3}, at=NOW)
    models.FeatureCount.objects.create(feature="pills", spam=2, wanted=1)
    models.SavedAnswer.objects.create(title="Off topic", words="Please stay with the story.")
    thread = thread_of(story)
    thread.count = 2
    thread.save()
    models.Persona.objects.create(reader=reader, name="Ada Lund", shape="adalund", since=NOW)
    shown = {"thread": thread, "author": reader, "name": "Ada Lund", "state": "published", "posted_at": NOW}
    words = {"markdown": "Half of **it**", "html": "<p>Half of <strong>it</strong></p>", "key": "0a", "language": "en"}
    top = models.Comment.objects.create(**shown, **words, token="t1", replies_count=1)
    reply = models.Comment.objects.create(**shown, **words, token="t2", parent=top, answers=top)
    models.Version.objects.create(comment=top, markdown="All of it", until=NOW)
    models.Useful.objects.create(comment=top, reader=reader, at=NOW)
    told = {"comment": reply, "subject": reader, "reason": "insult", "at": NOW}
    warned = models.Decision.objects.create(**told, act="warn", before="published", after="published", told_at=NOW)
    models.Sanction.objects.create(reader=reader, kind="warning", decision=warned, since=NOW)
    models.Appeal.objects.create(decision=warned, words="It was not.", made_at=NOW)
    models.Report.objects.create(
        comment=reply, kind="rules", ground="insult", receipt="r" * 32, received_at=NOW, decision=warned
    )
    other = type(reader).objects.create_user("bo@harbor.example", name="Bo", joined_at=NOW, confirmed_at=NOW)
    models.Ignore.objects.create(reader=reader, ignored=other)
    return top


__all__ = [name for name in list(globals()) if name.startswith("make_")] + ["NOW", "block", "purge"]


def make_reader(address="ada@harbor.example", *, follows=None, mutes=None, saves=None):
    """A reader with an account, and with a row in every table of readers' wishes if they are told."""
    from broadsheet.readers import models

    reader = models.Reader.objects.create_user(address, name="Ada", joined_at=NOW, confirmed_at=NOW)
    if follows is not None:
        models.Follow.objects.create(reader=reader, kind="topic", name=follows.slug, since=NOW)
        models.Mute.objects.create(reader=reader, kind="source", name=mutes.slug, since=NOW)
        models.Saved.objects.create(reader=reader, kind="story", name=str(saves.pk), since=NOW)
        models.ReadMark.objects.create(reader=reader, story=saves.pk, at=NOW)
        models.FeedKey.objects.create(reader=reader, key="k" * 32, made_at=NOW)
        models.Role.objects.create(reader=reader, kind="publisher", publisher=mutes, given_at=NOW)
        models.Agreement.objects.create(reader=reader, document="terms", version="1", agreed_at=NOW)
        models.AuditLine.objects.create(at=NOW, actor=reader.pk, subject=reader.pk, act="joined")
        models.PageCount.objects.create(day=NOW.date(), kind="story", name=str(saves.pk), count=3)
        models.Receipt.objects.create(key="r" * 24, version="v", texts=[], granted=["counts"], at=NOW)
        models.GateRule.objects.create(scope="section:politics", kind="members", noted_at=NOW)
        models.Member.objects.create(kind="domain", value="harbor.example")
        models.MeterTerms.objects.create(texts=3, days=7, at=NOW)
        models.GateChange.objects.create(what="site", after="account", actor=reader.pk, at=NOW)
        models.Objection.objects.create(reader=reader, kind="other", words="No.", made_at=NOW, due_at=NOW)
        models.Wording.objects.create(name="gate.account.title", language="en", text="Come in")
    return reader


def make_letters(reader, story):
    """A letter with one sent edition, and a row in every table of the letters' room."""
    from broadsheet.letters import models

    letter = models.Letter.objects.create(slug="morning", name="Morning", made_at=NOW)
    subscriber = models.Subscriber.objects.create(
        address=reader.email, key="s" * 32, reader=reader, made_at=NOW, confirmed_at=NOW
    )
    models.Subscription.objects.create(subscriber=subscriber, letter=letter, since=NOW)
    models.Proof.objects.create(
        subscriber=subscriber, letters=["morning"], text="Send me the letter.", version="1", asked_at=NOW
    )
    edition = models.Edition.objects.create(letter=letter, issue=1, state="sent", until=NOW, made_at=NOW)
    models.Item.objects.create(edition=edition, position=1, story=story, moved_at=NOW)
    delivery = models.Delivery.objects.create(
        edition=edition, subscriber=subscriber, domain="harbor.example", state="sent", due_at=NOW, changed_at=NOW
    )
    models.Return.objects.create(
        kind="soft", way="dsn", mark="m" * 64, delivery=delivery, subscriber=subscriber, status="4.2.2", at=NOW
    )
    models.Suppression.objects.create(key="p" * 64, reason="complaint", at=NOW)
    models.Tally.objects.create(edition=edition, day=NOW.date(), sent=1, domains=[["harbor.example", 1, 0, 0]])
    models.Lane.objects.create(name="other-1", until=NOW, day=NOW.date(), sent=1)
    return subscriber
