"""What may stand on what. The one table to change when docs/architecture.md draws a new arrow."""

# Room of lib/pulsebench -> the rooms it may include and link. Everyone may stand on vocabulary.
ARROWS = {
    "vocabulary": [],
    "os": [],
    "json": [],
    "stats": [],
    "wire": ["json"],
    "counters": [],
    "harness": ["wire", "counters"],
    "config": ["json", "os"],
    "machine": ["os"],
    "tune": ["machine", "os"],
    "doctor": ["machine", "os"],
    "plan": ["config"],
    "service": ["os"],
    "load": ["wire", "os", "json"],
    "run": ["plan", "wire", "tune", "service", "load", "os"],
    "baseline": ["json", "os", "stats"],
    "exchange": ["baseline", "wire", "json", "stats", "os"],
    "compare": ["baseline", "config", "stats"],
    "trend": ["baseline", "json", "stats"],
    "profile": ["run", "counters", "stats", "wire", "json", "os"],
    "code": ["profile", "os"],
    "session": [
        "run", "compare", "trend", "profile", "code", "baseline", "exchange", "tune", "plan", "config", "machine", "stats",
        "wire", "os",
    ],
    "render": [],
    "report": ["compare", "trend", "profile", "doctor", "tune", "counters", "render", "json"],
    "fleet": [
        "session", "report", "compare", "baseline", "run", "config", "machine", "stats", "render", "json", "os",
    ],
}
FLOOR = "vocabulary"

# The child's side. The orchestrator (every other room, and apps) meets it only in wire. `counters`
# is the child's too, but stands on nothing of the library under test: the tool lists events with it.
CHILD_ROOMS = ["harness"]
# What a suite may stand on.
SUITE_ROOMS = ["harness", "pulse"]

# Library -> (how its headers begin, how its CMake targets begin, who may use it). The suites use
# JSON and Boost as what they measure.
LIBRARIES = {
    "CLI11": (["CLI/"], ["CLI11::"], ["apps"]),
    "nlohmann/json": (["nlohmann/"], ["nlohmann_json::"], ["json", "wire", "baseline", "trend", "report", "fleet", "suites"]),
    "Google Benchmark": (["benchmark/"], ["benchmark::"], ["harness", "suites"]),
    "elfutils": (["elfutils/", "gelf.h", "dwarf.h"], [], ["profile"]),
    "ncurses": (["curses.h", "ncurses"], ["${CURSES"], ["apps"]),
    "libpfm": (["perfmon/"], [], ["counters"]),
    "Boost": (["boost/"], ["Boost::"], ["stats", "tune", "pulse", "suites"]),
}

MAX_LINES = 300
NAMELESS_FOLDERS = ["utils", "util", "helpers", "helper", "common", "misc"]
