"""The article of a change of place: rehabilitation refers to the one of detoxification."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Measure

_ARTICLES = {
    Measure.SQJD: _("Drug Rehabilitation Regulation, art. 22"),
    Measure.SQKF: _(
        "Drug Rehabilitation Regulation, art. 37; Anti-Drug Law, art. 48, with Drug "
        "Rehabilitation Regulation, art. 22"
    ),
}


def article_of(measure: str) -> Promise:
    return _ARTICLES[Measure(measure)]
