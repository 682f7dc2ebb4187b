"""The classes a token can have."""

from __future__ import annotations


class Cls:
    """What a token is, as far as attribution cares. Plain numbers: they are compared by the million."""

    LOW = 0  # any other word in lower case
    NAME = 1  # capitalised and not known as anything else
    HE = 2  # subject pronoun, third person singular
    THEY = 3  # the other subject pronouns of people
    IT = 4  # subject pronouns of things
    HIM = 5  # object pronouns
    HIS = 6  # possessives
    DET = 7  # articles and what stands in their place
    PREP = 8
    SAY = 9  # finite verb that nearly always attributes: said
    CALL = 10  # finite verb that may attribute: called, warned
    TELL = 11  # attributes and takes a hearer: told
    SAYING = 12  # participle or infinitive that attributes: saying
    BY = 13  # preposition that names a source: "according to"
    BE = 14  # auxiliaries
    THAT = 15
    AND = 16
    WHEN = 17  # subordinating conjunctions
    WHO = 18  # relatives
    ROLE = 19  # what speakers are: spokesman, officials
    TITLE = 20  # what stands before a name: Mr., Sen.
    SPEECH = 21  # nouns for what is said: statement, tweet
    WORK = 22  # what bears a name in quotation marks: film, slogan
    ADV = 23
    NUM = 24
    DONE = 25  # other verbs, by ending or list
    DOING = 26
    TO = 27
    NOT = 28
    DAY = 29  # capitalised and never a speaker: Monday, January
    COMMA = 30
    COLON = 31
    STOP = 32
    DASH = 33
    OPEN = 34
    CLOSE = 35
    OF = 36  # genitive 's
    QUOTE = 37
    EDGE = 38  # before the first and after the last token of a paragraph
    MARK = 39  # any other sign


CLASSES = 40
"""How many there are."""
