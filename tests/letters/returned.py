"""More than two hundred things that come back, made up after RFC 3464 and 5965 and the ways of known servers and providers.

Each sample is (name, what it is, what it says): an SMTP reply, a mail, or an event of a provider's hook. No address,
host or person in them is real.
"""

from dataclasses import dataclass
from types import SimpleNamespace

TO = "ada@harbor.example"
TOKEN = "d12.0123456789abcdef0123"
BACK = f"returns+{TOKEN}@news.example.org"
LEAVE = "returns+l12.0123456789abcdef0123@news.example.org"
MESSAGE_ID = f"<{TOKEN}@news.example.org>"
ORIGINAL = (
    f"Return-Path: <{BACK}>\nFrom: The Courier <news@news.example.org>\nTo: {TO}\nSubject: The morning\n"
    f"Message-ID: {MESSAGE_ID}\nList-Id: Morning <morning.news.example.org>\n"
)


@dataclass(frozen=True)
class Sample:
    name: str
    kind: str
    raw: bytes = b""
    code: int = 0
    text: str = ""
    event: object = None
    to: str = BACK


# Replies of servers while a mail is handed over

REPLIES = [
    ("hard", 550, "5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. gsmtp"),
    ("hard", 550, "5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [host.protection.outlook.example]"),
    ("hard", 550, "5.4.1 Recipient address rejected: Access denied. For more information see https://aka.example/EXOSmtpErrors"),
    ("hard", 550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@harbor.example not found by SMTP address lookup"),
    ("hard", 550, "5.1.1 <ada@harbor.example>: Recipient address rejected: User unknown in virtual mailbox table"),
    ("hard", 550, "5.1.1 <ada@harbor.example>: Recipient address rejected: User unknown in local recipient table"),
    ("hard", 554, "delivery error: dd This user doesn't have a yahoo.example account (ada@harbor.example) [0]"),
    ("hard", 554, "30 Sorry, your message to ada@harbor.example cannot be delivered. This mailbox is disabled (554.30)."),
    ("hard", 550, "Requested action not taken: mailbox unavailable For explanation visit https://postmaster.gmx.example/"),
    ("hard", 550, "5.7.1 User unknown: no such recipient here"),
    ("hard", 550, "#5.1.0 Address rejected."),
    ("hard", 550, "5.2.1 The email account that you tried to reach is disabled. gsmtp"),
    ("hard", 551, "User not local; please try <forward-path>"),
    ("hard", 553, "sorry, that domain isn't in my list of allowed rcpthosts; no such user"),
    ("hard", 550, "No such user here"),
    ("hard", 550, "Invalid recipient ada@harbor.example (Mode: normal)"),
    ("hard", 550, "Mailbox not found"),
    ("hard", 550, "unrouteable address"),
    ("hard", 556, "5.1.10 Recipient address has null MX"),
    ("hard", 550, "5.1.6 Recipient has moved"),
    ("hard", 550, "MAILBOX NOT FOUND"),
    ("hard", 550, "5.1.1 unknown or illegal alias: ada@harbor.example"),
    ("hard", 554, "5.7.1 <ada@harbor.example>: Recipient address rejected: Access denied - user unknown"),
    ("hard", 550, "Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416 [416]"),
    ("hard", 511, "5.1.1 sorry, no mailbox here by that name (#5.1.1 - chkuser)"),
    ("soft", 452, "4.2.2 The email account that you tried to reach is over quota. gsmtp"),
    ("soft", 552, "5.2.2 The email account that you tried to reach is over quota and inactive. gsmtp"),
    ("soft", 552, "1 Requested mail action aborted, mailbox not found or quota exceeded"),
    ("soft", 550, "5.2.2 STOREDRV.Deliver; mailbox full. The recipient's mailbox is full"),
    ("soft", 554, "5.2.2 mailbox full"),
    ("soft", 450, "4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages"),
    ("soft", 451, "4.3.0 Temporary system problem. Try again later"),
    ("soft", 451, "4.7.1 Greylisting in action, please come back later"),
    ("soft", 450, "4.1.1 <ada@harbor.example>: Recipient address rejected: unverified address: Address verification in progress"),
    ("soft", 421, "4.7.0 Temporary rate limit, try again later"),
    ("soft", 450, "Requested mail action not taken: mailbox unavailable"),
    ("soft", 552, "Mailbox size limit exceeded"),
    ("soft", 554, "5.3.4 message too big? no: insufficient system storage"),
    ("blocked", 550, "5.7.1 [192.0.2.4] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to our users, this message has been blocked. gsmtp"),
    ("blocked", 550, "5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. gsmtp"),
    ("blocked", 550, "5.7.1 Unfortunately, messages from [192.0.2.4] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140)."),
    ("blocked", 553, "5.7.1 [BL21] Connections will not be accepted from 192.0.2.4, because the ip is in Spamhaus's list"),
    ("blocked", 554, "5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.example"),
    ("blocked", 550, "5.7.515 Access denied, sending domain NEWS.EXAMPLE.ORG does not meet the required authentication level"),
    ("blocked", 554, "5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.example/error-codes"),
    ("blocked", 550, "5.7.509 Access denied, sending domain does not pass DMARC verification and has a DMARC policy of reject"),
    ("blocked", 554, "Nemesis ESMTP Service not available: IP address is blacklisted"),
    ("blocked", 550, "High probability of spam"),
    ("blocked", 550, "5.7.25 [192.0.2.4] The IP address sending this message does not have a PTR record setup"),
    ("blocked", 554, "5.7.1 <ada@harbor.example>: Relay access denied"),
    ("blocked", 550, "5.6.0 Invalid header found (see RFC2822 section 3.6)"),
    ("blocked", 552, "5.7.0 This message was blocked because its content presents a potential security issue. gsmtp"),
    ("blocked", 554, "5.3.0 Rejected as spam by content filter"),
    ("blocked", 550, "SC-001 (BAY) Unfortunately, messages from 192.0.2.4 weren't sent. For reasons of policy."),
    ("blocked", 535, "5.7.8 Error: authentication failed"),
    ("blocked", 550, "Sender address rejected: Domain not found"),
    # Kept aside until the rules stood.
    ("hard", 550,"5.1.1 <bo@quay.example> recipient does not exist"),
    ("hard", 550,"5.1.1 Mailbox \"bo\" does not exist"),
    ("hard", 554,"5.1.1 User unknown (in reply to RCPT TO command)"),
    ("hard", 550,"<bo@quay.example> User doesn't exist: bo@quay.example"),
    ("hard", 550,"RCPT TO:<bo@quay.example> User not found"),
    ("hard", 550,"5.0.1 Recipient rejected"),
    ("hard", 550,"unknown user <bo@quay.example>"),
    ("hard", 550,"5.1.3 bad destination mailbox address syntax"),
    ("hard", 550,"Mailbox is inactive"),
    ("hard", 550,"5.1.1 This mailbox has been deactivated"),
    ("hard", 550,"account closed"),
    ("hard", 550,"5.1.1 Addressee unknown, relay=[192.0.2.4]"),
    ("hard", 550,"That user is not here. Check the address"),
    ("hard", 550,"El usuario no existe"),
    ("hard", 550,"5.4.4 Unable to route: no mail hosts for domain"),
    ("soft", 452,"Mailbox full, try later"),
    ("soft", 450,"4.7.1 greylisted, see http://postgrey.example"),
    ("soft", 451,"4.4.3 Temporary server error. Please try again later PRX4"),
    ("soft", 550,"5.2.2 bo@quay.example: storage limit exceeded"),
    ("soft", 554,"quota exceeded for bo"),
    ("soft", 432,"4.3.2 STOREDRV.Storage; recipient thread limit exceeded"),
    ("soft", 451,"Requested action aborted: local error in processing"),
    ("soft", 421,"Service not available, closing transmission channel"),
    ("soft", 550,"5.2.0 inbox full, message could not be stored"),
    ("blocked", 550,"Blocked by SpamAssassin"),
    ("blocked", 554,"5.7.1 You are not allowed to connect. Bad reputation"),
    ("blocked", 550,"JunkMail rejected - mail.example [192.0.2.4] is in an RBL"),
    ("blocked", 554,"IMTA Blacklist: your IP is listed"),
    ("blocked", 550,"5.7.23 The message was rejected because of Sender Policy Framework violation"),
    ("blocked", 550,"5.7.20 No passing DKIM signature found"),
    ("blocked", 550,"rejected by DMARC policy for news.example.org"),
    ("blocked", 554,"Transaction failed: message contains a prohibited URL"),
    ("blocked", 550,"5.7.0 Local Policy Violation"),
    ("blocked", 571,"Email from 192.0.2.4 is currently refused by our firewall"),
    ("blocked", 550,"message rejected: too many hops? no, it contains a virus (Eicar)"),
    ("blocked", 550,"5.7.1 Unable to relay"),
    ("blocked", 550,"Access denied...b4f2 your network appears on a denylist"),
    ("blocked", 554,"5.6.1 Body type not supported by remote host"),
    ("blocked", 523,"5.2.3 message size exceeds fixed limit of the recipient"),
    ("blocked", 530,"5.7.0 Must issue a STARTTLS command first"),
]  # fmt: skip

# Reports by RFC 3464: dialect, action, status, diagnostic, what it is

DSNS = [
    ("postfix", "failed", "5.1.1", "smtp; 550 5.1.1 <ada@harbor.example>: Recipient address rejected: User unknown in virtual mailbox table", "hard"),
    ("postfix", "failed", "5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=harbor.example type=AAAA: Host not found", "hard"),
    ("postfix", "failed", "5.0.0", "smtp; 550 No Such User Here", "hard"),
    ("postfix", "failed", "5.2.2", "smtp; 552 5.2.2 Over quota", "soft"),
    ("postfix", "failed", "4.4.1", "X-Postfix; connect to mx.harbor.example[192.0.2.9]:25: Connection timed out", "soft"),
    ("postfix", "failed", "4.7.0", "smtp; 421 4.7.0 Try again later, closing connection. (EHLO)", "soft"),
    ("postfix", "delayed", "4.4.1", "X-Postfix; connect to mx.harbor.example[192.0.2.9]:25: Connection refused", "reply"),
    ("postfix", "failed", "5.7.1", "smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using bl.example; see blocklist", "blocked"),
    ("postfix", "failed", "5.7.1", "smtp; 550 5.7.1 <ada@harbor.example>: Recipient address rejected: user not found", "hard"),
    ("postfix", "failed", "5.3.0", "x-unix; user unknown", "hard"),
    ("postfix", "delivered", "2.1.5", "smtp; 250 2.1.5 OK", "reply"),
    ("postfix", "relayed", "2.0.0", "smtp; 250 2.0.0 queued", "reply"),
    ("postfix", "failed", "5.1.10", "X-Postfix; Domain harbor.example does not accept mail (nullMX)", "hard"),
    ("postfix", "failed", "5.4.6", "X-Postfix; mail for harbor.example loops back to myself", "soft"),
    ("gmail", "failed", "5.1.1", "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 unnecessary spaces. Learn more at https://support.example/mail/?p=NoSuchUser - gsmtp", "hard"),
    ("gmail", "failed", "5.2.2", "smtp; 452-4.2.2 The recipient's inbox is out of storage space.", "soft"),
    ("gmail", "failed", "5.7.26", "smtp; 550-5.7.26 Unauthenticated email from news.example.org is not accepted due to domain's DMARC policy.", "blocked"),
    ("gmail", "failed", "5.2.1", "smtp; 550 5.2.1 The email account that you tried to reach is disabled.", "hard"),
    ("gmail", "failed", "4.4.2", "smtp; 451 4.4.2 Timeout - closing connection.", "soft"),
    ("gmail", "delayed", "4.2.2", "smtp; 452 4.2.2 The email account that you tried to reach is over quota.", "reply"),
    ("gmail", "failed", "5.4.0", "dns; DNS Error: DNS type 'mx' lookup of harbor.example responded with code NXDOMAIN Domain name not found: harbor.example", "hard"),
    ("exchange", "failed", "5.1.10", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@harbor.example not found by SMTP address lookup", "hard"),
    ("exchange", "failed", "5.1.1", "smtp;550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found", "hard"),
    ("exchange", "failed", "5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "hard"),
    ("exchange", "failed", "5.2.2", "smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded", "soft"),
    ("exchange", "failed", "5.7.1", "smtp;550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "blocked"),
    ("exchange", "failed", "5.7.133", "smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group", "blocked"),
    ("exchange", "failed", "5.7.124", "smtp;550 5.7.124 RESOLVER.RST.SenderNotInAllowedSendersList; sender not in allowed senders list", "blocked"),
    ("exchange", "failed", "5.4.310", "smtp;550 5.4.310 DNS domain harbor.example does not exist [Message=InfoDomainNonexistent]", "hard"),
    ("exchange", "failed", "5.4.300", "smtp;550 5.4.300 Message expired -> 451 4.4.397 Error communicating with target host", "soft"),
    ("exchange", "failed", "4.4.7", "smtp;550 4.4.7 QUEUE.Expired; message expired", "soft"),
    ("exchange", "failed", "5.7.606", "smtp;550 5.7.606 Access denied, banned sending IP [192.0.2.4]. To request removal from this list please visit https://sender.example/", "blocked"),
    ("exchange", "failed", "5.0.350", "smtp;550 5.0.350 Remote server returned an error -> 550 5.1.1 User unknown", "hard"),
    ("exchange", "failed", "5.4.14", "smtp;554 5.4.14 Hop count exceeded - possible mail loop ATTR34", "soft"),
    ("ses", "failed", "5.4.4", "smtp; 550 5.4.4 Invalid domain", "hard"),
    ("ses", "failed", "5.1.1", "smtp; 550 5.1.1 user unknown", "hard"),
    ("ses", "failed", "5.7.1", "smtp; 550 5.7.1 Message rejected due to content restrictions", "blocked"),
    ("ses", "failed", "4.4.7", "smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes.<451 4.0.0 Message temporarily deferred>", "soft"),
    ("ses", "failed", "5.2.2", "smtp; 552 5.2.2 mailbox quota exceeded", "soft"),
    ("sendmail", "failed", "5.1.1", "SMTP; 550 5.1.1 <ada@harbor.example>... User unknown", "hard"),
    ("sendmail", "failed", "5.1.2", "SMTP; 550 5.1.2 <ada@harbor.example>... Host unknown (Name server: harbor.example: host not found)", "hard"),
    ("sendmail", "failed", "4.4.7", "", "soft"),
    ("sendmail", "failed", "5.5.0", "SMTP; 550 relaying denied", "blocked"),
    ("sendmail", "failed", "5.2.0", "SMTP; 552 Message exceeds maximum quota of the user's mailbox, which is full", "soft"),
    ("sendmail", "delayed", "4.2.0", "", "reply"),
    ("exim", "failed", "5.0.0", "smtp; 550 Unrouteable address", "hard"),
    ("exim", "failed", "5.0.0", "smtp; 550-Verification failed for <returns@news.example.org> 550-The mail server could not deliver mail to returns@news.example.org. 550 Sender verify failed", "blocked"),
    ("exim", "failed", "5.0.0", "smtp; 550 rejected because 192.0.2.4 is in a black list at dnsbl.example", "blocked"),
    ("exim", "failed", "5.0.0", "smtp; 550 mailbox is full (MTA-imposed quota exceeded while writing to file)", "soft"),
    ("exim", "failed", "5.0.0", "smtp; 550 Account disabled", "hard"),
    ("yahoo", "failed", "5.0.0", "smtp; 554 delivery error: dd Not a valid recipient - atlas304.example", "hard"),
    ("yahoo", "failed", "5.0.0", "smtp; 554 Message not allowed - [PH01] Email not accepted for policy reasons", "blocked"),
    ("yahoo", "failed", "5.0.0", "smtp; 552 1 Requested mail action aborted, mailbox is over quota", "soft"),
    ("icloud", "failed", "5.1.1", "smtp; 550 5.1.1 <ada@harbor.example>: user does not exist", "hard"),
    ("icloud", "failed", "5.7.0", "smtp; 554 5.7.1 [HM08] Message rejected due to local policy.", "blocked"),
    ("icloud", "failed", "5.2.2", "smtp; 552 5.2.2 <ada@harbor.example>: user is over quota", "soft"),
    ("mimecast", "failed", "5.0.0", "smtp; 550 Rejected by header based manually Blocked Senders - https://community.example/docs", "blocked"),
    ("mimecast", "failed", "5.0.0", "smtp; 550 Invalid Recipient - https://community.example/docs/DOC-1369#550", "hard"),
    ("proofpoint", "failed", "5.1.1", "smtp; 550 5.1.1 User Unknown", "hard"),
    ("proofpoint", "failed", "5.7.1", "smtp; 554 5.7.1 Blocked - see https://ipcheck.example/?ip=192.0.2.4", "blocked"),
    ("barracuda", "failed", "5.0.0", "smtp; 550 permanent failure for one or more recipients (ada@harbor.example:blocked)", "blocked"),
    ("barracuda", "failed", "5.0.0", "smtp; 550 permanent failure for one or more recipients (ada@harbor.example:550 5.1.1 ... User unknown)", "hard"),
    ("tonline", "failed", "5.0.0", "smtp; 550-5.7.0 Message considered as spam or virus, rejected", "blocked"),
    ("tonline", "failed", "5.0.0", "smtp; 550 unknown user / Teilnehmer existiert nicht", "hard"),
    ("webde", "failed", "5.0.0", "smtp; 550 Requested action not taken: mailbox unavailable", "hard"),
    ("webde", "failed", "5.0.0", "smtp; 552 Speicherplatz des Postfachs voll", "soft"),
    ("orange", "failed", "5.0.0", "smtp; 550 5.2.0 Mail rejete. Mail rejected. OFR506_506 [506]", "blocked"),
    ("orange", "failed", "5.1.1", "smtp; 550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient.", "hard"),
    ("qq", "failed", "5.0.0", "smtp; 550 Mailbox unavailable or access denied [ip 192.0.2.4] mailbox not found", "hard"),
    ("qq", "failed", "5.0.0", "smtp; 550 Mail content denied. http://service.qq.example/cgi-bin/help?subtype=1&id=20022", "blocked"),
    ("163", "failed", "5.0.0", "smtp; 550 User not found: ada@harbor.example", "hard"),
    ("163", "failed", "5.0.0", "smtp; 554 DT:SPM 163 smtp5, please see http://mail.example/help/help_spam_16.htm?ip=192.0.2.4", "blocked"),
    ("mailru", "failed", "5.0.0", "smtp; 550 Message was not accepted -- invalid mailbox. Local mailbox ada@harbor.example is unavailable: user not found", "hard"),
    ("mailru", "failed", "5.0.0", "smtp; 550 spam message rejected. Please visit http://help.mail.example/notspam-support", "blocked"),
    ("yandex", "failed", "5.7.1", "smtp; 550 5.7.1 No such user!", "hard"),
    ("yandex", "failed", "5.7.1", "smtp; 554 5.7.1 [1] Message rejected under suspicion of SPAM; https://ya.example/1IrBc", "blocked"),
    ("zimbra", "failed", "5.1.1", "smtp; 550 5.1.1 <ada@harbor.example>: Recipient address rejected: harbor.example", "hard"),
    ("domino", "failed", "5.0.0", "X-Notes; User ada (ada@harbor.example) not listed in Domino Directory", "hard"),
    ("groupwise", "failed", "5.1.1", "X-GroupWise; 550 unknown recipient", "hard"),
]  # fmt: skip

WORDS = {
    "postfix": ("This is the mail system at host mail.news.example.org.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<ada@harbor.example>: {said}\n", "Undelivered Mail Returned to Sender", "MAILER-DAEMON@mail.news.example.org (Mail Delivery System)"),
    "gmail": ("** Address not found **\n\nYour message wasn't delivered to ada@harbor.example.\n\nThe response was:\n\n{said}\n", "Delivery Status Notification (Failure)", "Mail Delivery Subsystem <mailer-daemon@googlemail.example>"),
    "exchange": ("Delivery has failed to these recipients or groups:\n\nada@harbor.example\n\nDiagnostic information for administrators:\n\nRemote Server returned '{said}'\n", "Undeliverable: The morning", "postmaster@harbor.onmicrosoft.example"),
}  # fmt: skip
DEFAULT_WORDS = (
    "The following address had permanent fatal errors\n<ada@harbor.example>\n\n{said}\n",
    "Returned mail: see transcript for details",
    "Mail Delivery Subsystem <MAILER-DAEMON@mx.example>",
)


def dsn(dialect, action, status, diagnostic):
    words, subject, sender = WORDS.get(dialect, DEFAULT_WORDS)
    fields = [f"Final-Recipient: rfc822; {TO}", f"Action: {action}", f"Status: {status}"]
    if diagnostic:
        fields.append(f"Diagnostic-Code: {diagnostic}")
    if dialect == "exchange":
        fields.insert(0, "Original-Recipient: rfc822;ada@harbor.example")
    original = "text/rfc822-headers" if dialect in {"gmail", "ses", "yahoo"} else "message/rfc822"
    kept = ORIGINAL if original == "text/rfc822-headers" else ORIGINAL + "\nThe ferry sails again.\n"
    return mail(
        f"From: {sender}\nTo: {BACK}\nSubject: {subject}\nAuto-Submitted: auto-replied\nReturn-Path: <>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n',
        "--b\nContent-Type: text/plain; charset=utf-8\n\n"
        + words.format(said=diagnostic.partition(";")[2].strip())
        + f"\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; {dialect}.mx.example\n"
        "Arrival-Date: Sun, 22 Nov 2026 06:00:00 +0000\n\n"
        + "\n".join(fields)
        + f"\n\n--b\nContent-Type: {original}\n\n{kept}\n--b--\n",
    )


def mail(head, body):
    return (head + "\n" + body).replace("\n", "\r\n").encode()


# Bounces by nobody's standard: who sends, subject, further head, words, what it is

ODD = [
    ("qmail", "MAILER-DAEMON@mx.harbor.example", "failure notice", "", "Hi. This is the qmail-send program at mx.harbor.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@harbor.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n", "hard"),
    ("qmail full", "MAILER-DAEMON@mx.harbor.example", "failure notice", "", "Hi. This is the qmail-send program at mx.harbor.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada@harbor.example>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n\n--- Below this line is a copy of the message.\n\n", "soft"),
    ("qmail host", "MAILER-DAEMON@news.example.org", "failure notice", "", "Hi. This is the qmail-send program at news.example.org.\n\n<ada@harbor.example>:\nSorry, I couldn't find any host named harbor.example. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\n", "hard"),
    ("qmail remote", "MAILER-DAEMON@news.example.org", "failure notice", "", "Hi. This is the qmail-send program at news.example.org.\n\n<ada@harbor.example>:\n192.0.2.9 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.9.\n\n--- Below this line is a copy of the message.\n\n", "hard"),
    ("qmail spam", "MAILER-DAEMON@news.example.org", "failure notice", "", "Hi. This is the qmail-send program at news.example.org.\n\n<ada@harbor.example>:\nConnected to 192.0.2.9 but sender was rejected.\nRemote host said: 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.\n\n--- Below this line is a copy of the message.\n\n", "blocked"),
    ("exim", "Mail Delivery System <Mailer-Daemon@mx.harbor.example>", "Mail delivery failed: returning message to sender", "X-Failed-Recipients: ada@harbor.example\nAuto-Submitted: auto-replied\n", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@harbor.example\n    host mx.harbor.example [192.0.2.9]\n    SMTP error from remote mail server after RCPT TO:<ada@harbor.example>:\n    550 No such recipient here\n\n------ This is a copy of the message, including all the headers. ------\n\n", "hard"),
    ("exim full", "Mail Delivery System <Mailer-Daemon@mx.harbor.example>", "Mail delivery failed: returning message to sender", "X-Failed-Recipients: ada@harbor.example\nAuto-Submitted: auto-replied\n", "This message was created automatically by mail delivery software.\n\nThe following address(es) failed:\n\n  ada@harbor.example\n    mailbox is full (MTA-imposed quota exceeded while writing to file /var/mail/ada)\n\n------ This is a copy of the message, including all the headers. ------\n\n", "soft"),
    ("exim retry", "Mail Delivery System <Mailer-Daemon@mx.harbor.example>", "Mail delivery failed: returning message to sender", "X-Failed-Recipients: ada@harbor.example\nAuto-Submitted: auto-replied\n", "The following address(es) failed:\n\n  ada@harbor.example\n    retry timeout exceeded: connection timed out\n\n------ This is a copy of the message, including all the headers. ------\n\n", "soft"),
    ("exim warning", "Mail Delivery System <Mailer-Daemon@mx.harbor.example>", "Warning: message 1abc delayed 24 hours", "Auto-Submitted: auto-replied\n", "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours on the queue.\n\nNo action is required on your part. Delivery attempts will continue for some time.\n", "reply"),
    ("exim blocked", "Mail Delivery System <Mailer-Daemon@mx.harbor.example>", "Mail delivery failed: returning message to sender", "X-Failed-Recipients: ada@harbor.example\n", "The following address(es) failed:\n\n  ada@harbor.example\n    host mx.harbor.example [192.0.2.9]\n    SMTP error from remote mail server after end of data:\n    550 Message rejected because of unacceptable content: spam\n\n", "blocked"),
    ("old exchange", "System Administrator <postmaster@harbor.example>", "Undeliverable: The morning", "", "Your message\n\n  To:      ada@harbor.example\n  Subject: The morning\n  Sent:    Sun, 22 Nov 2026 06:00:00 +0000\n\ndid not reach the following recipient(s):\n\nada@harbor.example on Sun, 22 Nov 2026 06:00:04 +0000\n    The recipient name is not recognized\n    The MTS-ID of the original message is: c=us; no such recipient\n", "hard"),
    ("yahoo", "MAILER-DAEMON@yahoo.example", "Failure Notice", "", "Sorry, we were unable to deliver your message to the following address.\n\n<ada@harbor.example>:\n554: delivery error: dd This user doesn't have a yahoo.example account (ada@harbor.example) [-5] - mta1.example\n\n--- Below this line is a copy of the message.\n\n", "hard"),
    ("mdaemon", "MDaemon at harbor.example <MDAEMON@harbor.example>", "Permanent Delivery Failure", "", "The attached message had PERMANENT fatal delivery errors.\n\nFailed address: ada@harbor.example\n\n--- Session Transcript ---\n<-- 550 <ada@harbor.example>, Recipient unknown\n--- End Transcript ---\n", "hard"),
    ("domino", "Postmaster@harbor.example", "DELIVERY FAILURE: User ada (ada@harbor.example) not listed in Domino Directory", "", "Your message\n\n  Subject: The morning\n\nwas not delivered to:\n\n  ada@harbor.example\n\nbecause:\n\n  User ada (ada@harbor.example) not listed in Domino Directory\n", "hard"),
    ("german", "Mail Delivery System <mailer-daemon@kundenserver.example>", "Nachricht unzustellbar", "", "Diese Nachricht wurde automatisch erzeugt.\n\nIhre Nachricht konnte nicht zugestellt werden an:\n\nada@harbor.example:\nEmpfänger ist unbekannt (mailbox unavailable)\n", "hard"),
    ("french", "MAILER-DAEMON@laposte.example", "Message non remis", "", "Votre message n'a pas pu être remis au destinataire suivant :\n\nada@harbor.example\nUtilisateur inconnu (550 5.1.1)\n", "hard"),
    ("spanish", "postmaster@correo.example", "No se pudo entregar el mensaje", "", "No se pudo entregar su mensaje a ada@harbor.example: usuario desconocido.\n", "hard"),
    ("chinese", "postmaster@163.example", "系统退信/Systems bounce", "", "很抱歉,您发送的邮件被退回。\n收件人: ada@harbor.example\n退信原因: 收件人邮件地址(ada@harbor.example)不存在,邮件无法送达。\nSMTP error, RCPT TO: 550 User not found: ada@harbor.example\n", "hard"),
    ("chinese full", "postmaster@qq.example", "系统退信", "", "抱歉,您的邮件被退回来了。\n收件人: ada@harbor.example\n退信原因: 收件人邮箱已满 Mailbox is full\n", "soft"),
    ("amavis", "Content-filter at mx.harbor.example <postmaster@mx.harbor.example>", "Considered UNSOLICITED BULK EMAIL, apparently from you; message not delivered", "", "A message from you to: ada@harbor.example was considered unsolicited bulk e-mail (UBE).\n\nDelivery of the email was stopped! Spam score 7.1\n", "blocked"),
    ("html only", "postmaster@harbor.example", "Undeliverable mail", "Content-Type: text/html; charset=utf-8\nMIME-Version: 1.0\n", "<html><body><p>Your message to <b>ada@harbor.example</b> could not be delivered.</p><p>550 5.1.1 User unknown</p></body></html>\n", "hard"),
]  # fmt: skip

# Complaints: the report's fields, further head, what it is

ARFS = [
    ("yahoo", "Feedback-Type: abuse\nUser-Agent: Yahoo!-Mail-Feedback/2.0\nVersion: 0.1\nOriginal-Mail-From: <returns@news.example.org>\nOriginal-Rcpt-To: ada@harbor.example\nReceived-Date: Sun, 22 Nov 2026 06:10:00 GMT\nSource-IP: 192.0.2.4\n", "complaint"),
    ("aol", "Feedback-Type: abuse\nUser-Agent: AOL SComp\nVersion: 0.1\nReceived-Date: Sun, 22 Nov 2026 06:10:00 GMT\nSource-IP: 192.0.2.4\nReported-Domain: news.example.org\nRedacted-Address: redacted\n", "complaint"),
    ("outlook", "Feedback-Type: abuse\nUser-Agent: Hotmail FBL/1.0\nVersion: 0.1\nSource-IP: 192.0.2.4\n", "complaint"),
    ("comcast", "Feedback-Type: abuse\nUser-Agent: ReturnPathFBL/1.0\nVersion: 1\nOriginal-Rcpt-To: 5c1b0d7e@comcast.example\nAbuse-Type: complaint\nSubscription-Link: https://fbl.example/manage/subscriptions/1\n", "complaint"),
    ("fastmail", "Feedback-Type: abuse\nUser-Agent: FastMail\nVersion: 1\nOriginal-Rcpt-To: ada@harbor.example\n", "complaint"),
    ("yandex", "Feedback-Type: abuse\nVersion: 1\nUser-Agent: Yandex FBL\nReported-Domain: news.example.org\n", "complaint"),
    ("mailru", "Feedback-Type: abuse\nUser-Agent: Mail.Ru/1.0\nVersion: 1\nOriginal-Rcpt-To: <ada@harbor.example>\n", "complaint"),
    ("cloudmark", "Feedback-Type: abuse\nUser-Agent: Cloudmark-FBL\nVersion: 1\n", "complaint"),
    ("telenor", "Feedback-Type: abuse\nUser-Agent: SpamFeedback/1\nVersion: 0.1\nRemoval-Recipient: ada@harbor.example\n", "complaint"),
    ("fraud", "Feedback-Type: fraud\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n", "complaint"),
    ("virus", "Feedback-Type: virus\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n", "complaint"),
    ("other", "Feedback-Type: other\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n", "complaint"),
    ("upper case", "FEEDBACK-TYPE: ABUSE\nUSER-AGENT: SHOUTER/1.0\nVERSION: 1\n", "complaint"),
    ("not spam", "Feedback-Type: not-spam\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n", "reply"),
    ("opt out", "Feedback-Type: opt-out\nUser-Agent: SomeGenerator/1.0\nVersion: 0.1\nOriginal-Rcpt-To: ada@harbor.example\n", "leave"),
    ("auth failure", "Feedback-Type: auth-failure\nUser-Agent: OpenDMARC\nVersion: 1\nAuth-Failure: dkim\n", "unknown"),
]  # fmt: skip


def arf(fields):
    return mail(
        f"From: <feedback@fbl.example>\nTo: {BACK}\nSubject: FW: The morning\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n',
        "--b\nContent-Type: text/plain\n\nThis is an email abuse report for an email message received from IP 192.0.2.4\n\n"
        f"--b\nContent-Type: message/feedback-report\n\n{fields}\n--b\nContent-Type: message/rfc822\n\n{ORIGINAL}\nText\n\n--b--\n",
    )


# Other mail: name, head, words, to whom, what it is

OTHER = [
    ("old jmrp", "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.4\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n", f"--b\nContent-Type: message/rfc822\n\n{ORIGINAL}\nText\n--b--\n", BACK, "complaint"),
    ("spamcop", "From: \"Reader\" <7012345678@reports.spamcop.net>\nSubject: [SpamCop (192.0.2.4) id:7012345678]The morning\n", f"[ SpamCop V5.4 ]\nThis message is brief for your comfort.\n\n{ORIGINAL}", BACK, "complaint"),
    ("vacation", "From: Ada <ada@harbor.example>\nSubject: Out of office: The morning\nAuto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\n", "I am away until Monday.\n", BACK, "reply"),
    ("exchange away", "From: Ada <ada@harbor.example>\nSubject: Automatic reply: The morning\nX-MS-Exchange-Inbox-Rules-Loop: ada@harbor.example\n", "I no longer work here; the address does not exist any more soon.\n", BACK, "reply"),
    ("german away", "From: Ada <ada@harbor.example>\nSubject: =?utf-8?q?Abwesenheitsnotiz=3A_The_morning?=\n", "Ich bin bis Montag nicht im Haus.\n", BACK, "reply"),
    ("german automatic", "From: Ada <ada@harbor.example>\nSubject: Automatische Antwort: The morning\n", "Vielen Dank.\n", BACK, "reply"),
    ("french away", "From: Ada <ada@harbor.example>\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_The_morning?=\n", "Je suis absente.\n", BACK, "reply"),
    ("spanish away", "From: Ada <ada@harbor.example>\nSubject: =?utf-8?q?Respuesta_autom=C3=A1tica=3A_The_morning?=\n", "Estoy de vacaciones.\n", BACK, "reply"),
    ("chinese away", "From: Ada <ada@harbor.example>\nSubject: =?utf-8?b?6Ieq5Yqo5Zue5aSNOiBUaGUgbW9ybmluZw==?=\n", "我不在。\n", BACK, "reply"),
    ("arabic away", "From: Ada <ada@harbor.example>\nSubject: =?utf-8?b?2LHYryDYqtmE2YLYp9im2Yo6IFRoZSBtb3JuaW5n?=\n", "أنا غائبة.\n", BACK, "reply"),
    ("x-autoreply", "From: Ada <ada@harbor.example>\nSubject: Re: The morning\nX-Autoreply: yes\n", "Thanks, I read mail on Fridays.\n", BACK, "reply"),
    ("precedence", "From: Ada <ada@harbor.example>\nSubject: Re: The morning\nPrecedence: auto_reply\n", "Thanks.\n", BACK, "reply"),
    ("ticket", "From: Help <help@harbor.example>\nSubject: [#4711] Your request has been received\nAuto-Submitted: auto-generated\n", "We have received your message.\n", BACK, "reply"),
    ("read receipt", "From: Ada <ada@harbor.example>\nSubject: Read: The morning\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=\"b\"\n", "--b\nContent-Type: text/plain\n\nYour message was read.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;ada@harbor.example\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n", BACK, "reply"),
    ("challenge", "From: Ada <ada@harbor.example>\nSubject: Please confirm your message\nAuto-Submitted: auto-replied\n", "To deliver it, press this link.\n", BACK, "reply"),
    ("leave by address", "From: Ada <ada@harbor.example>\nSubject: unsubscribe\n", "\n", LEAVE, "leave"),
    ("leave without words", "From: Ada <ada@harbor.example>\nSubject:\n", "Sent from my phone\n", LEAVE, "leave"),
    ("leave by the mail program", "From: ada@harbor.example\nSubject: unsubscribe\nX-Mailer: iPhone Mail\n", "This message was automatically generated by Mail.\n", LEAVE, "leave"),
    ("leave by subject", "From: Ada <ada@harbor.example>\nSubject: Please UNSUBSCRIBE me\n", "Thank you\n", BACK, "leave"),
    ("leave in German", "From: Ada <ada@harbor.example>\nSubject: Newsletter abbestellen\n", "Danke\n", BACK, "leave"),
    ("leave in French", "From: Ada <ada@harbor.example>\nSubject: =?utf-8?q?me_d=C3=A9sabonner?=\n", "Merci\n", BACK, "leave"),
    ("answer", "From: Ada <ada@harbor.example>\nSubject: Re: The morning\n", "There is a mistake in the second story.\n", BACK, "unknown"),
    ("answer about bounces", "From: Ada <ada@harbor.example>\nSubject: your mail\n", "My friend says user unknown when she writes to me. Why?\n", BACK, "unknown"),
    ("advertising", "From: Best SEO <offer@seo.example>\nSubject: Rank higher\n", "Dear webmaster\n", BACK, "unknown"),
    ("forwarded report", "From: Ada <ada@harbor.example>\nSubject: Fwd: Undelivered Mail Returned to Sender\n", "Look what I got: 550 5.1.1 user unknown\n", BACK, "unknown"),
]  # fmt: skip


def event(kind, *, reason=None, response=None, description=None, **more):
    return SimpleNamespace(
        event_type=kind,
        reject_reason=reason,
        mta_response=response,
        description=description,
        recipient=TO,
        message_id=MESSAGE_ID,
        metadata={"letter": MESSAGE_ID},
        event_id="e1",
        **more,
    )


# Events of hooks, as django-anymail tells them; "" stands for nothing that follows

EVENTS = [
    ("mailgun bounce", event("bounced", reason="bounced", response="5.1.1 The email account that you tried to reach does not exist"), "hard"),
    ("mailgun suppressed", event("rejected", reason="bounced", description="Not delivering to previously bounced address"), "hard"),
    ("mailgun complained", event("complained", reason="spam"), "complaint"),
    ("mailgun unsubscribed", event("unsubscribed", reason="unsubscribed"), "leave"),
    ("mailgun deferred", event("deferred", response="451 4.7.650 rate limited"), ""),
    ("postmark hard", event("bounced", reason="bounced", description="The server was unable to deliver your message (ex: unknown user, mailbox not found)."), "hard"),
    ("postmark spam complaint", event("complained", reason="spam", description="The subscriber explicitly marked this message as spam."), "complaint"),
    ("postmark auto responder", event("autoresponded", description="Automatic email responder"), "reply"),
    ("postmark blocked", event("bounced", reason="blocked", description="ISP block"), "blocked"),
    ("sendgrid bounce", event("bounced", reason="bounced", response="550 5.1.1 unknown or illegal alias"), "hard"),
    ("sendgrid block", event("bounced", reason="blocked", response="554 5.7.1 blocked using spamhaus"), "blocked"),
    ("sendgrid full", event("bounced", reason="bounced", response="552 5.2.2 mailbox full"), "soft"),
    ("sendgrid dropped", event("rejected", reason="spam", description="Spam Reporting Address"), "complaint"),
    ("ses transient with a bad domain", event("bounced", reason="bounced", response="smtp; 550 5.4.4 Invalid domain"), "hard"),
    ("brevo soft", event("bounced", reason="timed_out", response="450 4.4.1 no answer"), "soft"),
    ("delivered", event("delivered"), ""),
    ("opened", event("opened"), ""),
]  # fmt: skip


def samples():
    yield from (
        Sample(f"reply {n}: {text[:40]}", kind, code=code, text=text) for n, (kind, code, text) in enumerate(REPLIES)
    )
    for number, (dialect, action, status, diagnostic, kind) in enumerate(DSNS):
        yield Sample(f"dsn {number}: {dialect} {diagnostic[:40]}", kind, dsn(dialect, action, status, diagnostic))
    for name, sender, subject, more, words, kind in ODD:
        head = f"From: {sender}\nTo: {BACK}\nSubject: {subject}\nReturn-Path: <>\n{more}"
        if "Content-Type" not in more:
            head += "Content-Type: text/plain; charset=utf-8\n"
        yield Sample(f"odd: {name}", kind, mail(head, words + ORIGINAL))
    for name, fields, kind in ARFS:
        yield Sample(f"arf: {name}", kind, arf(fields))
    for name, head, words, to, kind in OTHER:
        yield Sample(f"other: {name}", kind, mail(f"{head}To: {to}\n", words), to=to)
    yield from (Sample(f"hook: {name}", kind, event=one) for name, one, kind in EVENTS)
