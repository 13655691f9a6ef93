"""Expressions of GitHub Actions, as far as the workflows of this repository use them.

Source: docs.github.com, "Evaluate expressions in workflows and actions". What is not known here, a
function or a name that the context lacks, is an error, so that no test passes by a misspelt name.
"""

import re

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w-]*)|(-?\d+)|(&&|\|\||==|!=|[!().,]))")
EMBEDDED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


def tokens_of(text):
    found, end = [], 0
    text = text.strip()
    while end < len(text):
        match = TOKEN.match(text, end)
        if not match:
            raise ValueError(f"cannot read '{text[end:]}' of the expression '{text}'")
        found.append(match.group(0).strip())
        end = match.end()
    return found


class Expression:
    def __init__(self, text, context, functions):
        self.text, self.context, self.functions = text, context, functions
        self.tokens = tokens_of(text)

    def value(self):
        found = self.either()
        if self.tokens:
            raise ValueError(f"'{self.tokens[0]}' was not expected in '{self.text}'")
        return found

    def take(self, *wanted):
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)
        return None

    def either(self):
        left = self.both()
        while self.take("||"):
            right = self.both()
            left = left or right
        return left

    def both(self):
        left = self.compared()
        while self.take("&&"):
            right = self.compared()
            left = left and right
        return left

    def compared(self):
        left = self.single()
        while sign := self.take("==", "!="):
            left = (left == self.single()) == (sign == "==")
        return left

    def single(self):
        if self.take("!"):
            return not self.single()
        if self.take("("):
            inner = self.either()
            if not self.take(")"):
                raise ValueError(f"a ) is missing in '{self.text}'")
            return inner
        if not self.tokens:
            raise ValueError(f"'{self.text}' ends too early")
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if re.fullmatch(r"-?\d+", token):
            return int(token)
        return self.called(token) if self.take("(") else self.looked_up(token)

    def called(self, name):
        if name not in self.functions or not self.take(")"):
            raise ValueError(f"the function {name} of '{self.text}' is unknown here")
        return self.functions[name]()

    def looked_up(self, name):
        path, value = [name], self.context
        while self.take("."):
            path.append(self.tokens.pop(0))
        for part in path:
            if value is None:  # of an event that has no such object: GitHub makes it empty
                return ""
            if not isinstance(value, dict) or part not in value:
                raise ValueError(f"the context lacks {'.'.join(path)}")
            value = value[part]
        return "" if value is None else value


def evaluate(text, context, functions=()):
    """The value of an expression, given without or with its ${{ }}."""
    inner = EMBEDDED.fullmatch(text.strip())
    return Expression(inner.group(1) if inner else text, context, dict(functions)).value()


def as_text(value):
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def expand(text, context):
    """A text of a workflow with its expressions filled in."""
    return EMBEDDED.sub(lambda found: as_text(evaluate(found.group(1), context)), str(text))
