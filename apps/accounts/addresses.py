"""Where a request comes from, as far as it can be trusted."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# An office has one of these: a block of addresses of IPv4, a site of IPv6.
NETWORK_BITS = {4: 24, 6: 48}
# One line of IPv6 holds as many addresses as it likes.
HOST_BITS = {4: 32, 6: 64}


def client_address(request: HttpRequest) -> str | None:
    """The address that spoke to us, or to the outermost proxy of ours.

    Each proxy adds whom it heard at the right end of X-Forwarded-For. We count as many from there
    as we have proxies; what stands further left was written by the client and means nothing.
    """
    spoke = _address(request.META.get("REMOTE_ADDR", ""))
    hops = settings.PROXY_HOPS
    if not hops:
        return spoke
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return (_address(told[-hops]) if len(told) >= hops else None) or spoke


def network_of(address: str | None) -> str:
    """The network of an office around an address."""
    if not address:
        return ""
    return _around(ipaddress.ip_address(address), NETWORK_BITS)


def _around(ip: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: dict[int, int]) -> str:
    return str(ipaddress.ip_network((ip, bits[ip.version]), strict=False))


def _address(text: str) -> str | None:
    """Of `1.2.3.4`, `1.2.3.4:5678`, `[2001:db8::1]:5678`: the address; of anything else nothing."""
    plain = text.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        ip = ipaddress.ip_address(plain)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ipaddress.IPv6Address(int(ip))
    return _around(ip, HOST_BITS).partition("/")[0]
