"""What goes by the clock: letters that were lost are written, digests of senders are forgotten."""

from datetime import timedelta

import pytest

from broadsheet.comments.models import Act, Decision, Report
from broadsheet.comments.moderating import decide
from broadsheet.comments.reporting import Notice, report_comment
from broadsheet.comments.statements import tell_the_untold
from broadsheet.comments.tasks import forget_old_senders
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_decision_whose_letters_were_lost_is_told_once(writer, moderator, say, sent):
    decision = decide(say(writer(), "Words to be removed"), moderator(), Act.REMOVE, now=NOW, reason="insult")
    Decision.objects.filter(pk=decision.pk).update(told_at=None)
    told, mails = sent(tell_the_untold, now=NOW + timedelta(minutes=11))
    assert (told, len(mails)) == (1, 1)
    told, mails = sent(tell_the_untold, now=NOW + timedelta(minutes=22))
    assert (told, mails) == (0, [])


def test_digests_of_senders_last_a_day(writer, say):
    comment = say(writer(), "A disputed remark")
    report_comment(comment, Notice("rules", "insult", sender="abc"), now=NOW)
    assert forget_old_senders(now=NOW + timedelta(hours=23)) == 0
    assert forget_old_senders(now=NOW + timedelta(hours=25)) == 1
    assert Report.objects.get().sender == ""
