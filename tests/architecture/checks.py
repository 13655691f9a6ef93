"""Reads a source tree and says, one line each, where it breaks the rules of rules.py."""

import re
from pathlib import Path

import rules

CODE = (".hpp", ".cpp", ".h", ".cc")
COUNTED = CODE + (".py", ".sh", ".cmake", ".txt")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def all_violations(root):
    return (
        include_violations(root)
        + library_violations(root)
        + link_violations(root)
        + folder_cycles(root)
        + long_files(root)
        + nameless_folders(root)
    )


# ---- rooms ----------------------------------------------------------------------------------


def own_paths(folder):
    """All paths below the folder but those of installed npm packages."""
    return (path for path in sorted(folder.rglob("*")) if "node_modules" not in path.parts)


def files_in(root, *folders):
    for folder in folders:
        for path in own_paths(root / folder):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def room_of(root, path):
    """'stats' for lib/pulsebench/stats/..., 'pulse', 'apps' or 'suites'; None elsewhere."""
    parts = path.relative_to(root).parts
    if parts[:2] == ("lib", "pulsebench") and len(parts) > 3:
        return parts[2]
    if parts[:2] == ("lib", "pulse"):
        return "pulse"
    return parts[0] if parts[0] in ("apps", "suites") else None


def room_of_include(name):
    """The room a project header belongs to; None where it is no header of a room."""
    parts = name.split("/")
    if parts[0] == "pulse" and len(parts) > 1:
        return "pulse"
    return parts[1] if parts[0] == "pulsebench" and len(parts) > 2 else None


def includes(root):
    """(file, line, quoted name) of every include in lib, apps and suites."""
    for path in files_in(root, "lib", "apps", "suites"):
        if path.suffix not in CODE:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if match := INCLUDE.match(line):
                yield path, number, match.group(2)


def exposed_by_headers(root):
    """Room -> the rooms its headers bring along: including those too adds no arrow."""
    direct = {}
    for path, _, name in includes(root):
        target = room_of_include(name)
        if target and path.suffix in (".hpp", ".h"):
            direct.setdefault(room_of(root, path), set()).add(target)
    return {room: closure(direct, room) for room in direct}


def closure(graph, start):
    reached, todo = set(), [start]
    while todo:
        for target in graph.get(todo.pop(), ()):
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return reached


def allowed_rooms(room, exposed):
    if room == "pulse":
        return {"pulse"}
    if room == "suites":
        direct = set(rules.SUITE_ROOMS)
    elif room == "apps":
        return set(rules.ARROWS) - set(rules.CHILD_ROOMS)
    else:
        direct = set(rules.ARROWS.get(room, []))
    brought = set().union(*(exposed.get(target, set()) for target in direct))
    return direct | brought | {room, rules.FLOOR}


def include_violations(root):
    exposed = exposed_by_headers(root)
    found = []
    for path, line, name in includes(root):
        room, target = room_of(root, path), room_of_include(name)
        where = f"{path.relative_to(root)}:{line}"
        if room not in set(rules.ARROWS) | {"pulse", "apps", "suites"}:
            found.append(f"{where}: the room '{room}' is not in the table of rules.py")
        elif target and target not in allowed_rooms(room, exposed):
            found.append(f"{where}: {room} may not include {target} ({name})")
    return found


# ---- libraries ------------------------------------------------------------------------------


def library_violations(root):
    found = []
    for path, line, name in includes(root):
        room = room_of(root, path)
        where = f"{path.relative_to(root)}:{line}"
        for library, (prefixes, _, users) in rules.LIBRARIES.items():
            if not name.startswith(tuple(prefixes)):
                continue
            if room not in users:
                found.append(f"{where}: {room} may not include {library}")
    return found


# ---- CMake ----------------------------------------------------------------------------------


def cmake_links(root):
    """(file, room, linked target) of every link in lib, apps and suites."""
    command = re.compile(r"(\w+)\s*\(([^()]*)\)")
    for path in files_in(root, "lib", "apps", "suites"):
        if path.name != "CMakeLists.txt" or room_of(root, path) is None:
            continue
        text = re.sub(r"#.*", "", path.read_text())
        for name, arguments in command.findall(text):
            if name in ("pulsebench_add_room", "target_link_libraries", "pulsebench_add_suite"):
                implied = ["pulsebench::harness"] if name == "pulsebench_add_suite" else []
                for target in implied + arguments.split()[1:]:
                    yield path, room_of(root, path), target


def linked_room(target):
    if match := re.fullmatch(r"pulsebench(?:::|_)(\w+)", target):
        return match.group(1) if match.group(1) in rules.ARROWS else None
    return "pulse" if target in ("pulse", "pulse::pulse") else None


def link_violations(root):
    exposed = exposed_by_headers(root)
    found, links = [], {}
    for path, room, target in cmake_links(root):
        where = path.relative_to(root)
        if to := linked_room(target):
            links.setdefault(room, set()).add(to)
            if to not in allowed_rooms(room, exposed):
                found.append(f"{where}: {room} may not link {target}")
        for library, (_, prefixes, users) in rules.LIBRARIES.items():
            if prefixes and target.startswith(tuple(prefixes)) and room not in users:
                found.append(f"{where}: {room} may not link {library}")
    for path, line, name in includes(root):
        room, target = room_of(root, path), room_of_include(name)
        if room in links and target not in closure(links, room) | {room, None}:
            found.append(
                f"{path.relative_to(root)}:{line}: {room} includes {target} and does not link it"
            )
    return found


# ---- folders and files ----------------------------------------------------------------------


def folder_cycles(root):
    graph = {}
    for path, _, name in includes(root):
        for base in (root / "lib", path.parent):
            if (base / name).is_file():
                target = (base / name).resolve().parent
                if target != path.parent.resolve():
                    graph.setdefault(path.parent.resolve(), set()).add(target)
                break
    return [
        f"{folder.relative_to(root.resolve())}: includes lead out of this folder and back into it"
        for folder in sorted(graph)
        if folder in closure(graph, folder)
    ]


def long_files(root):
    found = []
    for path in files_in(root, "lib", "apps", "suites", "examples", "tests", "cmake", "config", ".ci"):
        if path.suffix not in COUNTED and path.parent.name != ".ci":
            continue
        lines = len(path.read_text(errors="replace").splitlines())
        if lines > rules.MAX_LINES:
            found.append(
                f"{path.relative_to(root)}: {lines} lines; split it below {rules.MAX_LINES}"
            )
    return found


def nameless_folders(root):
    return [
        f"{path.relative_to(root)}: what has no name has no room yet"
        for folder in ("lib", "apps", "suites", "examples", "tests", "cmake", "config", "docs")
        for path in own_paths(root / folder)
        if path.is_dir() and path.name.lower() in rules.NAMELESS_FOLDERS
    ]
