"""What the results say, held against the goals."""

from collections import defaultdict
from math import sqrt

Z = 1.959963984540054  # level 0.95


def wilson(n, of):
    """Wilson (1927), method 3 of Newcombe (1998)."""
    if of == 0:
        return 0.0, 1.0
    share, square = n / of, Z * Z
    middle = share + square / (2 * of)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, (middle - half) / (1 + square / of)), min(1.0, (middle + half) / (1 + square / of))


class Group:
    """Decisions of one kind."""

    def __init__(self, decisions):
        self.all = len(decisions)
        self.by = defaultdict(int)
        for decision in decisions:
            self.by[decision["verdict"]] += 1
        seconds = [decision["seconds"] for decision in decisions if "seconds" in decision]
        self.mean = sum(seconds) / len(seconds) if seconds else None
        self.worst = max(seconds, default=None)

    def rate(self, verdict):
        return self.by[verdict] / self.all

    def interval(self, verdict):
        low, high = wilson(self.by[verdict], self.all)
        return f"{100 * low:.1f} to {100 * high:.1f}"

    @property
    def alarms(self):
        return self.by["regressed"] + self.by["improved"]


def select(records, kind=None, flavour=None, change=None, environment=None):
    """The decisions of the tasks that are all of this."""
    wanted = {"kind": kind, "flavour": flavour, "change": change, "environment": environment}
    return [
        decision
        for record in records
        if all(value is None or record["task"][key] == value for key, value in wanted.items())
        for decision in record.get("decisions", [])
    ]


def spoken(change):
    if change == "a00":
        return "unchanged"
    return f"+{int(change[1:])} %" + (", one part in four" if change[0] == "i" else "")


def seconds(value):
    return "" if value is None else f"{value:.2f}"


def rows_of(records):
    seen = {tuple(record["task"][key] for key in ("kind", "flavour", "change", "environment"))
            for record in records if record.get("decisions")}
    order = {name: i for i, name in enumerate(["quiet", "memory", "bursts"])}
    for kind, flavour, change, environment in sorted(
        seen, key=lambda row: (row[0], row[1] != "harness", row[1], row[2], order[row[3]])
    ):
        yield kind, flavour, change, environment, Group(
            select(records, kind, flavour, change, environment))


def results(records):
    lines = [
        "| how | program | code | surroundings | decisions | regressed | 95 % | inconclusive "
        "| unchanged | improved | mean s | worst s |",
        "|:--|:--|:--|:--|--:|--:|:--|--:|--:|--:|--:|--:|",
    ]
    for kind, flavour, change, environment, group in rows_of(records):
        lines.append(
            f"| {kind} | {flavour} | {spoken(change)} | {environment} | {group.all} "
            f"| {group.by['regressed']} | {group.interval('regressed')} "
            f"| {group.by['inconclusive']} | {group.by['unchanged']} | {group.by['improved']} "
            f"| {seconds(group.mean)} | {seconds(group.worst)} |"
        )
    return lines


def runs_of_60(decisions):
    """Of suites of 60 made of these decisions one after the other, those that alarm."""
    suites = [decisions[i:i + 60] for i in range(0, len(decisions) - 59, 60)]
    return sum(any(d["verdict"] in ("regressed", "improved") for d in suite) for suite in suites), \
        len(suites)


def goals(records):
    """Each: what was asked, what was seen, whether it was met; None where nothing was measured."""

    def live(change, flavour=None):
        return Group(select(records, "ab", flavour, change))

    def stored(change):
        return Group(select(records, "stored", None, change))

    # Relinked code is unchanged too, and has a goal of its own.
    same = [d for flavour in ("harness", "foreign") for d in select(records, "ab", flavour, "a00")]
    unchanged, seven, ten, thrice = Group(same), live("s07"), live("s10"), live("i10")
    relinked = live("a00", "relinked")
    stored_same, stored_seven = stored("a00"), stored("s07")
    alarmed, suites = runs_of_60(same)

    def goal(name, asked, group, seen, met):
        return (name, asked, seen(group) if group.all else "not measured",
                met(group) if group.all else None)

    def share(verdict):
        return lambda g: (f"{g.by[verdict]} of {g.all}: {100 * g.rate(verdict):.1f} % "
                          f"({g.interval(verdict)})")

    found = [
        goal("1 unchanged, false alarms", "≤ 1 % of runs of 60", unchanged,
             lambda g: f"{g.alarms} of {g.all} decisions, {alarmed} of {suites} runs of 60",
             lambda g: alarmed <= 0.01 * suites),
        goal("2 +7 % flagged", "≥ 97 %", seven, share("regressed"),
             lambda g: g.rate("regressed") >= 0.97),
        goal("2 +7 % passed", "0", seven, share("unchanged"), lambda g: g.by["unchanged"] == 0),
        goal("2 +10 % flagged", "≥ 99 %", ten, share("regressed"),
             lambda g: g.rate("regressed") >= 0.99),
    ]
    for flavour in ("harness", "foreign"):
        found += [
            goal(f"2 +7 %, time, {flavour}", "mean ≤ 1.2 s, worst ≤ 3.5 s", live("s07", flavour),
                 lambda g: f"mean {g.mean:.2f} s, worst {g.worst:.2f} s",
                 lambda g: g.mean <= 1.2 and g.worst <= 3.5),
            goal(f"2 +10 %, time, {flavour}", "mean ≤ 0.8 s", live("s10", flavour),
                 lambda g: f"mean {g.mean:.2f} s", lambda g: g.mean <= 0.8),
            goal(f"3 unchanged, time, {flavour}", "mean ≤ 0.3 s, 60 in ≤ 20 s",
                 live("a00", flavour),
                 lambda g: f"mean {g.mean:.2f} s, 60 in {60 * g.mean:.0f} s",
                 lambda g: g.mean <= 0.3 and 60 * g.mean <= 20),
        ]
    minutes = min((d["minutes"] for d in select(records, "stored")), default=0)
    found += [
        goal("4 stored, unchanged, regressed", f"≤ 0.1 %, ≥ 10 min apart (here {minutes:.0f})",
             stored_same, share("regressed"),
             lambda g: g.rate("regressed") <= 0.001 and minutes >= 10),
        goal("4 stored, unchanged, suspect", "≤ 5 %", stored_same, share("inconclusive"),
             lambda g: g.rate("inconclusive") <= 0.05),
        goal("4 stored, +7 % passed", "≤ 1 %", stored_seven, share("unchanged"),
             lambda g: g.rate("unchanged") <= 0.01),
        goal("5 relinked, alarms", "0", relinked, lambda g: f"{g.alarms} of {g.all}",
             lambda g: g.alarms == 0),
        goal("5 +10 %, one part in four, flagged", "≥ 90 %", thrice, share("regressed"),
             lambda g: g.rate("regressed") >= 0.90),
    ]
    shares = [r["visit_share"] for r in records
              if "visit_share" in r and r["task"]["flavour"] == "harness"]
    if shares:
        least = min(shares)
        found.append(("time inside visits, harness", "≥ 60 %",
                      f"{100 * sum(shares) / len(shares):.0f} % (least {100 * least:.0f} %)",
                      least >= 0.60))
    return found


def page(records):
    word = {True: "met", False: "**missed**", None: "–"}
    lines = ["| goal | asked | seen | |", "|:--|:--|:--|:--|"]
    lines += [f"| {name} | {asked} | {seen} | {word[met]} |"
              for name, asked, seen, met in goals(records)]
    return "\n".join([*lines, "", *results(records)]) + "\n"
