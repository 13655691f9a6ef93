"""What is in an object file: symbols, calls, bytes. By binutils (nm, objdump, size)."""

import re
import subprocess
from dataclasses import dataclass, field


def output_of(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          check=True).stdout


@dataclass
class Function:
    name: str  # mangled
    readable: str
    calls: list[str] = field(default_factory=list)  # the instructions, as objdump prints them


# "0000000000001130 <_Z3foov>:"
HEAD = re.compile(r"^[0-9a-f]+ <(.+)>:$")
# "    113c:\tcall   1130 <_Z3foov>"; a jump to another function is a call that does not come back.
TRANSFER = re.compile(r"^\s*[0-9a-f]+:\s+(call|jmp|ja|jb|je|jne)q?\s+.*<([^>+]+)(\+0x[0-9a-f]+)?>")
INDIRECT = re.compile(r"^\s*[0-9a-f]+:\s+callq?\s+\*")


def functions(binary, name_contains):
    """The functions whose readable name contains each of these words, with what they call."""
    in_order = ("nm", "--no-sort", "--format=just-symbols", binary)
    mangled = output_of(*in_order).splitlines()
    readable = output_of(*in_order, "--demangle").splitlines()
    return [disassembled(binary, name, text) for name, text in zip(mangled, readable, strict=True)
            if all(word in text for word in name_contains)]


def disassembled(binary, name, readable):
    function = Function(name, readable)
    text = output_of("objdump", "--disassemble=" + name, "--no-show-raw-insn", "-r", binary)
    for line in text.splitlines():
        match = TRANSFER.match(line)
        leaves = match and (match.group(1) == "call" or match.group(2) != name)
        if leaves or INDIRECT.match(line):
            function.calls.append(line.strip())
    return function


def symbols_named(binary, pattern):
    """Readable symbols, defined or wanted, that match the regular expression."""
    text = output_of("nm", "-C", "--format=just-symbols", binary)
    return sorted({line for line in text.splitlines() if re.search(pattern, line)})


def loaded_bytes(binary):
    """Code and initialised data: the columns text and data of size(1); of an archive, of all."""
    rows = output_of("size", "--format=berkeley", binary).splitlines()[1:]
    return sum(int(row.split()[0]) + int(row.split()[1]) for row in rows)
