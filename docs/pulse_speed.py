#!/usr/bin/env python3
"""Writes the tables of docs/pulse.md anew: the speed of pulse, and its peers.

    docs/pulse_speed.py                  measures with build/release/bin/pulsebench
    docs/pulse_speed.py --result FILE    uses a result that was measured before

Each row is compared with a floor, or with pulse, in the same run. Exit code 1 where a row misses its
bound. Peers that are not installed are left out: config/bootstrap.sh peers.
"""

import sys

import result_page
from result_page import ROOT

PAGE = ROOT / "docs" / "pulse.md"
BEGIN, END = "<!-- speed table: begin -->", "<!-- speed table: end -->"
PEERS_BEGIN, PEERS_END = "<!-- peers table: begin -->", "<!-- peers table: end -->"

L, I, X, R = ("floors/relaxed_load", "floors/indirect_call", "floors/lock_xadd", "floors/rdtsc")
NAMES = {L: "L", I: "I", X: "X", R: "R", "isolation/bare/sched_idle": "bare", None: "ns"}
# Operation, benchmark, floor (None: nanoseconds), the most it may be.
ROWS = [
    ("has_hooks, none", "hooks/has_hooks/no_hooks", L, 2),
    ("has_hooks, some", "hooks/has_hooks/with_hooks", L, 2),
    ("before_poll, no hooks", "hooks/before_poll/no_hooks", L, 2.5),
    ("after_poll, no hooks", "hooks/after_poll/no_hooks", L, 2.5),
    ("before_poll, no-op hook", "hooks/before_poll/noop_hook", I, 1.7),
    ("after_poll, no-op hook", "hooks/after_poll/noop_hook", I, 1.7),
    ("poll cycle, no hooks", "poll_cycle/no_hooks", X, 0.9),
    ("poll cycle, no-op hook", "poll_cycle/noop_hook", X, 1.6),
    ("consume", "budget/consume", X, 0.55),
    ("is_exhausted", "budget/is_exhausted", L, 2.5),
    ("remaining", "budget/remaining", L, 2.5),
    ("get_tier by handle", "tier_check/get_tier", X, 0.5),
    ("get_tier by id", "tier_check/get_tier_by_id", X, 1),
    ("should_yield", "tier_check/should_yield", X, 0.55),
    ("manager before_poll", "manager/before_poll", X, 0.55),
    ("manager after_poll", "manager/after_poll", X, 1.1),
    ("violation", "manager/violation", R, 1.3),
    ("whole cycle, manager as hooks", "manager/cycle", X, 2.75),
    ("the same, thread-CPU timed", "manager/cycle_timed", R, 2.3),
    ("get_metrics, 2 workers", "manager/get_metrics", X, 2),
    ("increment_counter", "metrics/increment_counter", X, 0.35),
    ("record_histogram", "metrics/record_histogram", X, 0.75),
    ("slow queue: enqueue", "slow_queue/enqueue", X, 2.5),
    ("slow queue: 10 in, process 10", "slow_queue/process_10", X, 20),
    ("rebalance of 1000, there and back", "slow_queue/rebalance_1000", None, 1000),
    ("thread_cpu_time", "cpu_timer/thread_cpu_time", R, 1.15),
    ("register and complete", "manager/register_complete", X, 6),
    ("100,000 tasks: get_tier", "manager/crowd/get_tier", None, 246 / 8),
    ("100,000 tasks: before_poll", "manager/crowd/before_poll", None, 319 / 8),
    ("100,000 tasks: after_poll", "manager/crowd/after_poll", None, 375 / 8),
    ("isolate and release, warm", "isolation/attach_release/sched_idle",
     "isolation/bare/sched_idle", 1.3),
]


# Group of suites/peers, what its operation is, and what of pulse the ratios are to.
GROUPS = [
    ("queue", "push and pop, one thread", "pulse_slow_queue"),
    ("hand_over", "from a thread to another", "pulse_steal_ring/threads:2"),
    ("counter", "count an event, one thread", "pulse/threads:1"),
    ("counter", "count an event, two threads", "pulse/threads:2"),
    ("look_up", "one of 1000 ids", "pulse"),
    ("read_side", "read what may be replaced", "pulse_hook_call"),
]


def short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def table(result: dict) -> tuple[str, list[str]]:
    """The table in Markdown, and a sentence for every row that misses its bound."""
    found = {b["id"]: b["median_ns_per_op"] for b in result["benchmarks"] if "median_ns_per_op" in b and b["status"] == "ok"}
    lines = ["| Operation | benchmark | ns | as a ratio | bound | |", "|---|---|---|---|---|---|"]
    missed = []
    for operation, benchmark, floor, bound in ROWS:
        unit = NAMES[floor]
        if benchmark not in found or (floor is not None and floor not in found):
            lines.append(f"| {operation} | `{benchmark}` | not measured | | {bound:g} {unit} | ? |")
            missed.append(f"{operation}: not measured")
            continue
        ratio = found[benchmark] / (found[floor] if floor else 1.0)
        holds = ratio <= bound
        lines.append(f"| {operation} | `{benchmark}` | {short(found[benchmark])} | "
                     f"{short(ratio)} {unit} | {short(bound)} {unit} | {'✓' if holds else '✗'} |")
        if not holds:
            missed.append(f"{operation}: {short(ratio)} {unit}, bound {short(bound)} {unit}")
    machine = result["machine"]["hashed"]
    cpu = f"{machine['cpu_model']} (family {machine['cpu_family']}), {machine['topology']}."
    floors = ", ".join(f"{NAMES[f]} {short(found[f])}" for f in (L, I, X, R) if f in found)
    lines += ["", f"Floors of the same run, in ns: {floors}. {cpu}",
              "", "Rows that miss: " + ("; ".join(missed) if missed else "none.")]
    return "\n".join(lines), missed


def peers_table(result: dict) -> str:
    """A row for each library of a group, fastest first."""
    found = {b["id"]: b["median_ns_per_op"] for b in result["benchmarks"] if "median_ns_per_op" in b and b["status"] == "ok"}
    lines = ["| Operation | library | ns | × pulse |", "|---|---|--:|--:|"]
    for group, operation, ours in GROUPS:
        threads = ours.partition("/")[2]
        rows = {name.removeprefix(f"peers/{group}/"): ns for name, ns in found.items()
                if name.startswith(f"peers/{group}/") and name.endswith(threads)}
        if ours not in rows:
            lines.append(f"| {operation} | not measured | | |")
            continue
        for library, ns in sorted(rows.items(), key=lambda row: row[1]):
            name = library.removesuffix("/" + threads) if threads else library
            mark = "**" if library.startswith("pulse") else ""
            lines.append(f"| {operation} | {mark}{name}{mark} | {short(ns)} | {short(ns / rows[ours])} |")
            operation = ""
    return "\n".join(lines)


def main() -> int:
    result, page = result_page.asked(
        __doc__.splitlines()[0], PAGE,
        lambda: result_page.measured("--only", "suites", "--tier", "0,1,3", check=True))
    text, missed = table(result)
    result_page.write(page, BEGIN, END, text)
    result_page.write(page, PEERS_BEGIN, PEERS_END, peers_table(result))
    for row in missed:
        print(f"misses: {row}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
