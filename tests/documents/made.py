"""What a made document must give: the words a module `made_<format>.py` uses.

A module has one function, `documents()`, a generator of `Made`.  Each hiding place of its format gets a
word of its own ("kehu-117"), so that finding one says which place was read.  Standard library only; the
same bytes every time.
"""
from collections import namedtuple

# seen: this text stands in one flow, at a place for people that contains `place` ("" any), in a flow of
# `kind` ("" any).  besides: this observation is made, at a place that contains `place`.  refused: the
# document is undecided, and the reason contains this.  without: this observation is not made at such a place.  A document without `refused` must be decided.
Seen = namedtuple("Seen", "text place kind")
Besides = namedtuple("Besides", "what place")
Refused = namedtuple("Refused", "why")
Without = namedtuple("Without", "what place")
Made = namedtuple("Made", "name data expect")


def seen(text, place="", kind=""):
    return Seen(text, place, kind)


def besides(what, place=""):
    return Besides(what, place)


def without(what, place=""):
    return Without(what, place)


def refused(why):
    return Refused(why)


def made(name, data, *expect):
    return Made(name, data, expect)
