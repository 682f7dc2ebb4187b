import socket
from ipaddress import ip_address

import pytest

from broadsheet.fetching import AddressRefused, Guard
from broadsheet.text.addresses import authority_of

CLOSED = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
]
OPEN = ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1", "2002:101:101::"]


@pytest.mark.parametrize("ip", CLOSED)
def test_private_addresses_are_closed(ip):
    assert not Guard().allows(ip_address(ip), 443)


@pytest.mark.parametrize("ip", OPEN)
def test_public_addresses_are_open(ip):
    assert Guard().allows(ip_address(ip), 443)


@pytest.mark.parametrize(
    ("port", "is_open"),
    [(80, True), (443, True), (8080, True), (8443, True), (22, False), (25, False), (6379, False), (5432, False)],
)
def test_ports_of_other_protocols_are_closed(port, is_open):
    assert Guard().allows(ip_address("1.1.1.1"), port) is is_open


def test_opened_network_is_open_and_nothing_else():
    guard = Guard(("10.1.0.0/16", "fd00:1::/64"))
    assert guard.allows(ip_address("10.1.2.3"), 80)
    assert guard.allows(ip_address("::ffff:10.1.2.3"), 80)
    assert guard.allows(ip_address("fd00:1::5"), 80)
    assert not guard.allows(ip_address("10.2.0.1"), 80)
    assert not guard.allows(ip_address("127.0.0.1"), 80)


def test_opened_port_is_open_and_no_other_port_of_the_same_address():
    guard = Guard(("127.0.0.1:8300", "[::1]:8300"))
    assert guard.allows(ip_address("127.0.0.1"), 8300)
    assert guard.allows(ip_address("::1"), 8300)
    assert not guard.allows(ip_address("127.0.0.1"), 8301)
    assert not guard.allows(ip_address("127.0.0.2"), 8300)


@pytest.mark.parametrize("entry", ["", "example.com", "10.1.0.1/8", "127.0.0.1:x", "300.1.1.1", "::1:8300x"])
def test_unreadable_network_is_an_error_that_names_it(entry):
    with pytest.raises(ValueError, match="unexpected network"):
        Guard((entry,))


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]/", "http://example.com:22/", "http://1.1.1.1:25"]
)
def test_check_refuses_before_anything_is_resolved(address):
    with pytest.raises(AddressRefused):
        Guard().check(authority_of(address))


def test_socket_is_made_only_for_a_vetted_address():
    """The last gate: whatever name led here, the final address counts."""
    stream = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
    with Guard().socket_for((*stream, ("1.1.1.1", 80))) as made:
        assert not made.getblocking()
    with pytest.raises(AddressRefused):
        Guard().socket_for((*stream, ("127.0.0.1", 80)))
    with pytest.raises(AddressRefused):
        Guard().socket_for((socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%lo", 80, 0, 1)))
