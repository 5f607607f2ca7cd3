"""Transfers at their bounds: the last day of the order, steps out of turn, who sees arrivals."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from apps.core.differing import Differs
from apps.transfers.models import Transfer
from apps.transfers.services import accept_transfer, cancel_transfer, hand_over
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import running_case
from tests.factories.transfers import asked, handed_over, waiting
from tests.refusing import answered, refused
from tests.transfers.conftest import Offices

pytestmark = pytest.mark.django_db
ENDED = "The term has ended"


@pytest.mark.parametrize(("after", "words"), [(-1, None), (0, None), (1, ENDED)])
def test_a_transfer_goes_on_to_the_last_day_of_the_order(
    offices: Offices, after: int, words: str | None
) -> None:
    end = offices.case.duties_end_on
    assert end is not None
    letter, draft = running_case(offices.worker), running_case(offices.worker)
    sent, ready = handed_over(letter, offices.worker, offices.boss), asked(draft, offices.worker)
    with time_machine.travel(f"{end + timedelta(days=after)}T10:00:00+08:00", tick=False):
        with answered(words):
            asked(offices.case, offices.worker)
        with answered(words):
            hand_over(transfer=ready, by=offices.boss)
        with answered(words):
            accept_transfer(transfer=sent, by=offices.receiver)


def test_what_was_taken_back_or_refused_is_not_handed_over(offices: Offices) -> None:
    gone = asked(offices.case, offices.worker)
    cancel_transfer(transfer=gone, by=offices.worker, reason="本人不去了")
    with refused("This is not possible now: the transfer is “"):
        hand_over(transfer=gone, by=offices.boss)
    assert handed_over(offices.case, offices.worker, offices.boss).letter is not None


def test_taken_back_with_other_words_is_not_dropped_unseen(offices: Offices) -> None:
    gone = asked(offices.case, offices.worker)
    taken: dict[str, Any] = {"transfer": gone, "by": offices.worker}
    for _tap in range(2):
        cancel_transfer(**taken, reason="本人不去了")
    with pytest.raises(Differs):
        cancel_transfer(**taken, reason="登记有误")
    gone.refresh_from_db()
    assert gone.decision_reason == "本人不去了"


def test_who_decides_reads_which_letter_came(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    assert transfer.letter is not None
    assert f"{transfer.letter.number}。" in waiting(transfer).facts_in_words


def test_what_arrives_is_for_active_accounts_that_see_cases(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    there = {"area": area(WENCHENG)}
    for user, found in (
        (UserFactory(town_supervisor=True, **there), [transfer]),
        (UserFactory(town_supervisor=True, is_active=False, **there), []),
        (UserFactory(system_admin=True), []),
        (UserFactory(province_viewer=True), []),
    ):
        assert list(Transfer.objects.arriving_for(user)) == found, user.role
