"""A rule said no."""

from django.utils.functional import Promise


class Refused(Exception):
    """An act that a rule does not allow, in words for the person who tried it.

    `words` says what is refused, why, and what may be done instead; `article` names the law.
    """

    def __init__(self, words: str | Promise, article: str | Promise = "") -> None:
        super().__init__(words)
        self.words = words
        self.article = article

    def __str__(self) -> str:
        return str(self.words)
