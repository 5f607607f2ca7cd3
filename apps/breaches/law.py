"""Articles and words of breaches. Those of rehabilitation never speak of compulsory isolation."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Measure

_ARTICLES = {
    Measure.SQJD: _("Anti-Drug Law, art. 35; Drug Rehabilitation Regulation, art. 20"),
    Measure.SQKF: _("Anti-Drug Law, art. 48, with art. 35; Regulation, art. 38, with art. 20"),
}
_REACHED = {
    Measure.SQJD: _(
        "The law calls this a serious breach of the agreement (Regulation, art. 20). Nothing "
        "follows by itself: the office may propose a report to the police (art. 21), a "
        "supervisor approves it, and the police examine it."
    ),
    Measure.SQKF: _(
        "The law calls this a serious breach of the agreement (Regulation, arts. 38 and 20). "
        "Nothing follows by itself: the office may propose a report to the police, and a "
        "supervisor approves it after the person was heard again."
    ),
}


def article_of(measure: str) -> Promise:
    return _ARTICLES[Measure(measure)]


def reached_words(measure: str) -> Promise:
    """What it means that a counter is full, and what it does not."""
    return _REACHED[Measure(measure)]
