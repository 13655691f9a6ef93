"""Writes BUILD/tidy: the C++ sources of lib, apps, suites and examples, one file a folder, for clang-tidy.

usage: tidy_units.py BUILD

clang-tidy spends most of its time on the headers of each file, so it reads them once a folder. BUILD
is a configured build folder with compile_commands.json. Names have to be unique within a folder; a
warning about one that another file has, too, is no error here.
"""

import json
import pathlib
import shlex
import sys


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(__file__).resolve().parent.parent
    folders = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        if source.suffix != ".cpp":
            continue
        if any(source.is_relative_to(root / part) for part in ("lib", "apps", "suites", "examples")):
            words = shlex.split(entry["command"])
            flags = tuple(w for w in words[: words.index("-o")] if w != "-Werror")
            folders.setdefault((source.parent, flags), {})[source] = None

    units = build / "tidy"
    units.mkdir(exist_ok=True)
    commands = []
    for (folder, flags), sources in folders.items():
        name = "_".join(folder.relative_to(root).parts)
        unit = units / f"{name}_{len(commands)}.cpp"
        unit.write_text("".join(f'#include "{source}"\n' for source in sources))
        command = shlex.join([*flags, "-c", str(unit)])
        commands.append({"directory": str(build), "file": str(unit), "command": command})
    if not commands:
        sys.exit(f"tidy_units.py: {build} has no source of lib, apps, suites or examples")
    (units / "compile_commands.json").write_text(json.dumps(commands))


main()
