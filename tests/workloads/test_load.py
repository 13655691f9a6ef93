"""The load generator on real servers. Its figures are measured by figures.py, and not asserted."""

import os
from pathlib import Path

import generator
import pytest
import stalls

BUILD = Path(os.environ["BUILD"])


@pytest.fixture
def load():
    with generator.Generator(BUILD) as one:
        yield one


def test_it_greets_and_exits_when_nobody_asks():
    with generator.Generator(BUILD) as load:
        assert load.greeting == {"event": "ready", "protocol": 1}
    assert load.exit_code == 0


def test_bursts_alternate_on_two_servers(load):
    with generator.http_server(BUILD, "work=20000") as (_, one), \
            generator.http_server(BUILD, "work=400000") as (_, other):
        load.open(f"127.0.0.1:{one}", f"127.0.0.1:{other}", connections=4, body_contains='"id"')
        for _ in range(2):
            fast, slow = load.burst(0.05, target=0), load.burst(0.05, target=1)
            assert fast["errors"] == slow["errors"] == 0
            # 0.4 ms of work a request, one after the other, in 50 ms and what was under way then.
            assert 0 < slow["requests"] <= 50 / 0.4 + 8
            assert slow["p50_ns"] > 4 * 300_000
            assert sum(fast["latency_counts"]) == fast["requests"]


def test_each_answer_is_checked(load):
    with generator.http_server(BUILD, "fail_every=10") as (_, port):
        load.open(f"127.0.0.1:{port}")
        burst = load.burst(0.05)
        assert burst["errors"] == burst["requests"] // 10
        assert burst["error"] == "the answer has status 500 instead of 200"


def test_what_cannot_be_done_is_refused_with_a_reason(load):
    refused = load.ask("burst", target=1, loop="closed", length_ns=1000, rate=0, seed=0,
                       patience_ns=0)
    assert refused == {"event": "refused", "reason": "no target 1 is open"}
    with pytest.raises(RuntimeError, match="cannot connect to 127.0.0.1:1: Connection refused"):
        load.open("127.0.0.1:1")


def test_a_stalled_server_shows_in_the_latency():
    burst, truth = stalls.ours(BUILD, length=1, stall=0.2, seed=1)
    assert burst["errors"] == 0
    assert burst["p99_ns"] / 1e9 > 0.7 * truth
    assert burst["queued"] + burst["late"] > 0  # for one of the connections that waited for the server


def test_a_stalled_generator_says_that_it_was_late():
    late, share = stalls.frozen_generator(BUILD, length=1, stall=0.2, seed=1)
    assert late > 0.7 * share
