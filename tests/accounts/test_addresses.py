"""Whom a request comes from: one hop is believed for each proxy of ours, and nothing else."""

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given, strategies as st

from apps.accounts.addresses import client_address, network_of

PROXY, CLIENT, LIE = "10.0.0.1", "203.0.113.7", "198.51.100.99"


def heard(told: str | None, spoke: str = PROXY) -> str | None:
    facts: dict[str, Any] = {"REMOTE_ADDR": spoke}
    if told is not None:
        facts["HTTP_X_FORWARDED_FOR"] = told
    return client_address(RequestFactory().get("/", **facts))


@pytest.mark.parametrize("told", [None, LIE, f"{LIE}, {LIE}", "nonsense"])
def test_without_a_proxy_nothing_told_is_believed(settings: Any, told: str | None) -> None:
    settings.PROXY_HOPS = 0
    assert heard(told, CLIENT) == CLIENT


@pytest.mark.parametrize(
    "told",
    [
        CLIENT,
        f"{LIE}, {CLIENT}",
        f"{LIE},{LIE} ,{CLIENT}",
        f"nonsense, {CLIENT}:4711",
        f", {CLIENT}",
        f"::ffff:{LIE}, ::ffff:{CLIENT}",
    ],
)
def test_behind_one_proxy_its_own_word_counts(settings: Any, told: str) -> None:
    settings.PROXY_HOPS = 1
    assert heard(told) == CLIENT


def test_behind_two_proxies_the_outer_one_heard_the_client(settings: Any) -> None:
    settings.PROXY_HOPS = 2
    assert heard(f"{LIE}, {CLIENT}, 10.0.0.2") == CLIENT
    # Fewer entries than proxies: not all of them spoke, and none is believed.
    assert heard(CLIENT) == PROXY


@pytest.mark.parametrize("told", [None, "", "nonsense", "unknown", f"{CLIENT}, _hidden"])
def test_a_proxy_that_tells_nothing_stands_for_itself(settings: Any, told: str | None) -> None:
    settings.PROXY_HOPS = 1
    assert heard(told) == PROXY


def test_a_line_of_ipv6_is_one_address_and_a_network_is_one_office(settings: Any) -> None:
    settings.PROXY_HOPS = 1
    one, other = heard("2001:db8:1:2::a"), heard("[2001:db8:1:2:ffff::b]:443")
    assert one == other == "2001:db8:1:2::"
    assert network_of(one) == network_of(heard("2001:db8:1:ff::1")) == "2001:db8:1::/48"
    assert network_of(CLIENT) == "203.0.113.0/24"
    assert network_of(None) == ""


@given(lies=st.lists(st.text(alphabet="0123456789abcdef.:,[] %\t", max_size=40), max_size=5))
def test_no_word_of_the_client_moves_it_to_another_counter(lies: list[str]) -> None:
    from django.test import override_settings

    with override_settings(PROXY_HOPS=1):
        assert heard(",".join([*lies, CLIENT])) == CLIENT
