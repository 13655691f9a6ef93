"""What is measured: tasks, each one command whose truth is known, in an order that mixes them."""

import random
from dataclasses import asdict, dataclass

ENVIRONMENTS = ["quiet", "memory", "bursts"]

# Flavour and change of a task of `ab`, and how often it is done in each environment.
LIVE = {
    ("harness", "a00"): 13,  # unchanged
    ("harness", "s03"): 1,
    ("harness", "s05"): 1,
    ("harness", "s07"): 4,
    ("harness", "s10"): 3,
    ("harness", "i10"): 8,  # two operations each: the others are too short to count calls in
    ("relinked", "a00"): 3,
    ("foreign", "a00"): 3,
    ("foreign", "s07"): 1,
    ("foreign", "s10"): 1,
    ("foreign", "i10"): 1,
}
BASES = 3
STORED = {"a00": 3, "s07": 2}  # runs of each environment held against every base


@dataclass(frozen=True)
class Task:
    kind: str  # ab, base, stored
    flavour: str
    environment: str
    change: str  # a00 unchanged, s07 steadily 7 % slower, i10 10 % slower, one part in four
    round: int

    def key(self):
        return asdict(self)


def tasks(rounds=1.0, environments=ENVIRONMENTS):
    """Stored runs frame the rest: what they are compared with is measured when all else is done."""

    def times(count):
        return range(max(1, round(count * rounds)))

    bases = [Task("base", "harness", "quiet", "a00", i) for i in times(BASES)]
    live = [
        Task("ab", flavour, environment, change, i)
        for (flavour, change), count in LIVE.items()
        for environment in environments
        for i in times(count)
    ]
    random.Random(20260101).shuffle(live)
    stored = [
        Task("stored", "harness", environment, change, i)
        for change, count in STORED.items()
        for environment in environments
        for i in times(count)
    ]
    return bases + live + stored
