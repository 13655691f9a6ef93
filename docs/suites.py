#!/usr/bin/env python3
"""Writes the table of docs/suites.md anew.

    docs/suites.py                  measures with build/release/bin/pulsebench
    docs/suites.py --result FILE    uses a result that was measured before

A row for each line of the documents that this project implements: the benchmark that answers it,
its target from config/targets.json, and the latest figure.
"""

import json

import result_page
from result_page import ROOT

PAGE = ROOT / "docs" / "suites.md"
BEGIN, END = "<!-- suites table: begin -->", "<!-- suites table: end -->"
THREADS = (1, 2, 4, 8, 16)
SYNC_MODES = ("fsync", "nometasync", "nosync", "writemap")
KEYS = (10_000, 100_000, 1_000_000)
COPIED_KEYS = (10_000, 30_000, 100_000)


def scaled(line: str, benchmark: str, counts=THREADS) -> list[tuple[str, str]]:
    return [(f"{line}, {n} thread{'s' if n > 1 else ''}", f"{benchmark}/threads:{n}")
            for n in counts]


def placed(line: str, benchmark: str) -> list[tuple[str, str]]:
    return [(f"{line}, {place} core", f"{benchmark}/{place}_core") for place in ("same", "other")]


# Document → its lines, each with the benchmark that answers it.
SECTIONS = {
    "Benchmark architecture": [
        ("HookRegistry::before_poll()", "hooks/before_poll/no_hooks"),
        ("HookRegistry::after_poll()", "hooks/after_poll/no_hooks"),
        ("HookRegistry::has_hooks()", "hooks/has_hooks/no_hooks"),
        ("TaskBudget::consume()", "budget/consume"),
        ("TaskBudget::is_exhausted()", "budget/is_exhausted"),
        ("TaskBudget::remaining()", "budget/remaining"),
        ("TierManager::get_tier()", "tier_check/get_tier"),
        ("TierManager::should_yield()", "tier_check/should_yield"),
        ("TierManager::record_poll_time()", "manager/record_poll_time"),
        ("TierManager::update_tier()", "manager/update_tier"),
        ("TierManager::get_metrics()", "manager/get_metrics"),
        ("Metrics::increment_counter()", "metrics/increment_counter"),
        ("Metrics::record_histogram()", "metrics/record_histogram"),
        ("StateManager::transition()", "state/transition"),
        ("StateManager::check_cooldown()", "state/check_cooldown"),
        *scaled("Contention: one shared word", "contention/shared_xadd"),
        *scaled("Contention: a word each", "contention/own_xadd"),
        *scaled("Contention: hooks", "contention/before_poll"),
        *scaled("Contention: manager, whole cycle", "contention/manager_cycle"),
        *scaled("Contention: budgets", "contention/budget_consume"),
        *scaled("Contention: metrics", "contention/increment_counter"),
        *scaled("Contention: tier of one task", "contention/get_tier_by_id"),
        *scaled("Contention: register and complete", "contention/register_complete"),
        *scaled("Contention: slow queue", "contention/slow_queue"),
        *[(f"Thundering herd of {n}: until the {end} runs", f"thundering_herd/{end}/{n}")
          for end in ("first", "last") for n in (2, 16)],
        ("OS isolation overhead: create (Linux cgroups setup)", "isolation/create"),
        ("OS isolation overhead: attach a thread, cold", "isolation/attach_cold/strongest"),
        ("OS isolation overhead: attach a thread, warm", "isolation/attach_warm/strongest"),
        ("OS isolation overhead: release", "isolation/release/strongest"),
        ("OS isolation overhead: remove", "isolation/remove"),
        ("OS isolation overhead: attach without privileges, cold",
         "isolation/attach_cold/sched_idle"),
        ("OS isolation overhead: attach without privileges, warm",
         "isolation/attach_warm/sched_idle"),
        ("Slow queue: enqueue task", "slow_queue/enqueue"),
        ("Slow queue: process batch (10 tasks)", "slow_queue/process_10"),
        ("Slow queue: rebalancing", "slow_queue/rebalance_1000"),
        ("Monitor (no-op)", "intervention/monitor"),
        ("Warn (log + metrics)", "intervention/warn"),
        ("Yield (force yield)", "intervention/yield"),
        ("Isolate (OS call)", "intervention/isolate"),
        ("Permission handling: folder refused", "isolation/refused/folder"),
        ("Permission handling: nice value refused", "isolation/refused/nice"),
        ("Permission handling: real-time policy refused", "isolation/refused/realtime"),
        ("Permission handling: down the whole ladder", "isolation/refused/ladder"),
        ("Container environment: namespaces entered", "isolation/namespace"),
        ("Container environment: create, outside", "isolation/container/out/create"),
        ("Container environment: create, inside", "isolation/container/in/create"),
        ("Container environment: attach warm, outside", "isolation/container/out/attach_warm"),
        ("Container environment: attach warm, inside", "isolation/container/in/attach_warm"),
        ("Allocation tracking: a poll cycle", "allocations/poll_cycle"),
        ("Memory usage: resident bytes a task", "memory/resident_per_task"),
        ("Memory usage: a million tasks", "manager/million_tasks/get_tier_by_id"),
        ("Memory usage: 100,000 tasks made and dropped", "manager/fill_and_drop_100k"),
        ("NUMA-aware: memory of this node", "numa/local"),
        *[(f"Fairness: who gets a lock, {n} threads", f"fairness/std_mutex/threads:{n}")
          for n in THREADS[1:]],
    ],
    "Production patterns": [
        *scaled("Uncontended and contended mutex", "fairness/std_mutex"),
        *scaled("Adaptive spinning", "fairness/adaptive_spin"),
        *scaled("Eventual fairness", "fairness/eventually_fair"),
        *scaled("Fair unlock, always", "fairness/ticket"),
        *scaled("RwLock, readers", "rw_lock/read"),
        *scaled("RwLock, one writes", "rw_lock/one_writes"),
        ("Uncontended atomic", "floors/lock_xadd"),
        ("Channel send/recv", "channel/send_receive"),
        ("MPSC pattern: 100 sends, one receive", "channel/new_and_send_100"),
        ("Task spawn, local", "spawn/local"),
        ("Task spawn, remote", "spawn/remote"),
        ("Yield testing: 1000 × yield_now", "yield/task_1000"),
        *scaled("Yield of threads", "yield/thread"),
        ("SPSC: Boost", "queue/spsc/boost/threads:2"),
        ("SPSC: a ring of the slow queue", "queue/spsc/steal_ring/threads:2"),
        *scaled("MPSC: Boost", "queue/mpsc/boost", THREADS[1:]),
        *scaled("MPSC: slow queue", "queue/mpsc/slow_queue", THREADS[1:]),
        *scaled("MPMC scaling: Boost", "queue/mpmc/boost", THREADS[1:]),
        *scaled("Work stealing", "stealing/one_has_work", THREADS[1:]),
        *scaled("Defer pattern, pressure", "reclamation/retire"),
        *scaled("Quiescent state", "reclamation/quiescent"),
        ("Preventing false sharing: padded", "false_sharing/own_lines/threads:2"),
        ("Preventing false sharing: on one line", "false_sharing/one_line/threads:2"),
        ("Context switch of tasks: 1000 yields", "yield/task_1000"),
        ("Context switch of threads: pipe, there and back", "context_switch/pipe"),
        ("The same calls without the switches", "context_switch/pipe_alone"),
        ("Context switch of threads: futex, there and back", "context_switch/futex"),
        ("The same calls without the switches", "context_switch/futex_alone"),
    ],
    "Critical paths": [
        ("Task poll cycle, no hooks", "poll_cycle/no_hooks"),
        ("Task poll cycle, with hooks", "poll_cycle/noop_hook"),
        ("Task poll cycle, manager as hooks", "manager/cycle"),
        ("Hook before a poll, no-op", "hooks/before_poll/noop_hook"),
        ("Hook after a poll, no-op", "hooks/after_poll/noop_hook"),
        ("Hook presence check", "hooks/has_hooks/with_hooks"),
        ("Swap of the hooks' pointer, twice", "hooks/set_hooks_twice"),
        ("Budget consumption path", "budget/consume"),
        ("Budget: check_exhaustion", "budget/is_exhausted"),
        ("Budget: reset", "budget/reset"),
        ("Bulk: exhausted ones of 1024 budgets", "bulk_budget/find_exhausted/1024_budgets"),
        ("The same one by one", "bulk_budget/find_exhausted/1024_budgets_scalar"),
        ("Bulk: exhausted ones of 4096 slots", "bulk_budget/find_exhausted/4096_slots"),
        ("The same one by one", "bulk_budget/find_exhausted/4096_slots_scalar"),
        ("Bulk: refill of 1024 budgets", "bulk_budget/refill/1024_budgets"),
        ("The same one by one", "bulk_budget/refill/1024_budgets_scalar"),
        ("Tier check path", "manager/before_poll"),
        ("Tier check path: look-up by id", "tier_check/get_tier_by_id"),
        ("After a poll: record and update", "manager/after_poll"),
        ("Tier promotion logic", "manager/violation"),
        ("Metrics collection path", "manager/get_metrics"),
        ("Slow queue's ring: enqueue", "slow_queue/enqueue"),
        ("Slow queue's ring: process", "slow_queue/process_10"),
        ("Atomic ordering: relaxed load", "floors/relaxed_load"),
        ("Atomic ordering: acquire load", "floors/acquire_load"),
        ("Atomic ordering: release store", "floors/release_store"),
        ("Atomic ordering: sequentially consistent store", "floors/seq_cst_store"),
        ("CPU time measurement", "cpu_timer/thread_cpu_time"),
        ("CPU time measurement: the system call", "clock/thread_cpu"),
        ("CPU time measurement: RDTSC", "floors/rdtsc"),
        ("Poll cycle with CPU time measurement", "manager/cycle_timed"),
        ("Register and complete a task", "manager/register_complete"),
        ("TierManager at 1000+ tasks: get_tier", "manager/crowd/get_tier"),
        ("TierManager at 1000+ tasks: before_poll", "manager/crowd/before_poll"),
        ("TierManager at 1000+ tasks: after_poll", "manager/crowd/after_poll"),
        ("No allocations: register and complete", "allocations/register_complete"),
        ("No allocations: metrics", "allocations/metrics"),
        ("No allocations: slow queue", "allocations/slow_queue"),
    ],
    "Benchmarking and profiling": [
        *[(f"Registry scaling: {n}", f"registry/lookup/{n}") for n in (10, 50, 100, 500, 1000)],
        *[(f"Registry scaling: another task among {n}", f"registry/register_complete/{n}")
          for n in (10, 100, 1000)],
        *[(f"JSON parsing: {n} bytes", f"json/parse/{n}") for n in (100, 1024, 10240)],
        *[(f"Throughput of memory: a copy of {n} bytes", f"floors/copy/{n}")
          for n in (4096, 65536, 1048576)],
        ("Async task through a runtime, remote", "spawn/remote"),
        ("Memory usage: below 256 bytes each", "memory/resident_per_task"),
        ("The tool: start-up", "tool/start_up"),
    ],
    "Benchmarking suite": [
        ("Event store write: 10 events", "workflow/event_store/write/10"),
        ("Event store write: 100 events", "workflow/event_store/write/100"),
        ("Event store write: 1000 events", "workflow/event_store/write/1000"),
        ("Event store write to the disk: 1 event", "workflow/event_store/write_to_disk/1"),
        ("Event store write to the disk: 1000 events", "workflow/event_store/write_to_disk/1000"),
        ("Event store read", "workflow/event_store/read"),
        ("Anonymization speed", "workflow/anonymise"),
        ("PII detection: a text with some", "workflow/detect/some"),
        ("PII detection: a text without", "workflow/detect/none"),
        *[(f"TMA parsing, {size}", f"workflow/parse/{size}") for size in ("small", "medium", "large")],
        *[(f"Hash computation: {n} bytes", f"workflow/hash/{n}") for n in (1024, 10240, 102400)],
        ("Validation performance", "workflow/validate"),
        ("Feedback by template", "workflow/comment"),
        ("End-to-end TMA marking", "workflow/end_to_end/submit"),
        ("Batch processing (100)", "workflow/end_to_end/batch_100"),
        ("Status checking", "workflow/end_to_end/status"),
        ("Feedback", "workflow/end_to_end/feedback"),
        ("IPC: message serialization, JSON", "ipc/message/serialize_json"),
        ("IPC: message deserialization, JSON", "ipc/message/parse_json"),
        ("IPC: message framing overhead, a line of JSON", "ipc/framing/json_line"),
        ("IPC: message framing overhead, a length and a struct", "ipc/framing/length_prefix"),
        *placed("IPC: stdin/stdout throughput, 4 KiB", "ipc/one_way/pipe"),
        *placed("IPC: throughput of a Unix socket, 4 KiB", "ipc/one_way/unix_stream"),
        ("IPC: throughput of shared memory, 4 KiB, other core", "ipc/one_way/ring/other_core"),
        *placed("IPC: request and response, stdin/stdout", "ipc/round_trip/pipe"),
        *placed("IPC: request and response, Unix stream", "ipc/round_trip/unix_stream"),
        *placed("IPC: request and response, Unix seqpacket", "ipc/round_trip/unix_seqpacket"),
        *placed("IPC: request and response, shared memory", "ipc/round_trip/futex"),
        ("IPC: request and response, spinning, other core", "ipc/round_trip/spinning/other_core"),
        *[(f"IPC: concurrent requests, {n} client{'s' if n > 1 else ''}",
           f"ipc/clients/threads:{n}") for n in (1, 4, 16)],
        *[(f"LMDB: write performance, one update a commit, {mode}", f"lmdb/update/{mode}")
          for mode in SYNC_MODES],
        *[(f"LMDB: write performance, 100 updates a commit, {mode}", f"lmdb/update_100/{mode}")
          for mode in SYNC_MODES if mode != "nosync"],
        *[(f"LMDB: database size and 100 updates, nosync, {n} keys", f"lmdb/update_100/nosync/{n}")
          for n in COPIED_KEYS],
        *[(f"LMDB: read performance, {n} keys", f"lmdb/read/{n}") for n in KEYS],
        *[(f"LMDB: range query of 100, {n} keys", f"lmdb/scan_100/{n}") for n in KEYS],
        *[(f"LMDB: opening, {n} keys", f"lmdb/open/{n}") for n in KEYS],
        ("LMDB: transaction overhead, reading", "lmdb/transaction/read"),
        ("LMDB: transaction overhead, writing", "lmdb/transaction/write"),
        ("LMDB: bulk insert of 1000, fsync", "lmdb/append_1000/fsync"),
        ("LMDB: bulk insert of 1000, nosync", "lmdb/append_1000/nosync"),
        ("PostgreSQL: select of a row", "postgres/select"),
        ("PostgreSQL: ten selects in a pipeline", "postgres/pipeline_10"),
        ("PostgreSQL: update of a row, fsync", "postgres/update"),
    ],
    "Console": [
        ("Poll cycle of a manager with statistics, no client", "manager/cycle_statistics"),
        ("Poll cycle of a manager with statistics and a client", "manager/cycle_watched"),
        ("Resource opened and closed, no statistics", "resource/open_close/none"),
        ("Resource opened and closed, with statistics", "resource/open_close/kept"),
        ("One that waits at a resource, and leaves", "resource/wait_leave"),
        ("Operation, no client", "operation/unwatched"),
        ("Operation, with a client", "operation/watched"),
        ("Message about 100,000 tasks, 1000 of them polled", "console/changes/1000_of_100k"),
    ],
}


def targets() -> dict[str, float]:
    """Those of every machine, and of one without a GPU."""
    stored = json.loads((ROOT / "config" / "targets.json").read_text())
    return {target["id"]: target["max_ns_per_op"]
            for target in stored["targets"] + stored["classes"]["cpu_only"]}


def short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def figure_of(found: dict | None) -> str:
    if found is None or found["status"] != "ok":
        return "not measured" if found is None else found["status"].replace("_", " ")
    crowded = " (oversubscribed)" if found.get("oversubscribed") else ""
    return short(found["median_ns_per_op"]) + crowded


def table(result: dict) -> str:
    found = {benchmark["id"]: benchmark for benchmark in result["benchmarks"]}
    bounds = targets()
    lines = []
    for section, rows in SECTIONS.items():
        lines += [f"### {section}", "", "| line | benchmark | target, ns | latest, ns |",
                  "|---|---|---|---|"]
        for line, benchmark in rows:
            bound = f"< {bounds[benchmark]:g}" if benchmark in bounds else ""
            lines.append(f"| {line} | `{benchmark}` | {bound} | {figure_of(found.get(benchmark))} |")
        lines.append("")
    machine = result["machine"]["hashed"]
    lines.append(f"Measured {result['started'][:10]} on {machine['cpu_model']} "
                 f"(family {machine['cpu_family']}), {machine['topology']}, "
                 f"preset {result['preset']}.")
    return "\n".join(lines)


def main() -> None:
    result, page = result_page.asked(__doc__.splitlines()[0], PAGE,
                                     lambda: result_page.measured(check=False))
    result_page.write(page, BEGIN, END, table(result))


if __name__ == "__main__":
    main()
