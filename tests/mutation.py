"""Mutate the rules one place at a time and tell which mutants no test notices.

    uv pip install cosmic-ray
    python tests/mutation.py plugins/nianbao_guoban/rules/years.py core/nianbao/similarity.py:tests/core/test_similarity.py ...

A file is tried by the tests of its family (``TESTS``, or those named after a colon) and by the examples of the rules that it holds. Tests
are collected once; each mutant then runs in a fork in which its functions have got other code. What survives that, or changes more than a
function, is tried once more in a fork that imports everything anew. Nothing on disk is changed. What survives and is meant to is listed,
with the reason, in docs/explanation/mutants.md.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.machinery
import inspect
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import cosmic_ray.plugins
import parso
import pytest
from _pytest.runner import runtestprotocol

OPERATORS = (
    "AddNot", "Delete_Not", "NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak",
    "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ZeroIterationForLoop", "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul",
    "Mod_Mul", "BitAnd_BitOr", "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt",
    "Is_IsNot", "IsNot_Is",
)  # fmt: skip
PROSE = ("tests/rules/test_prose.py", "tests/rules/test_prose_corpus.py")
FORM = ("tests/rules/test_structure.py", "tests/rules/test_wording.py")
RULES = "plugins/nianbao_guoban/rules"
TESTS = {
    **{f"{RULES}/{name}.py": (f"tests/rules/test_{name}.py",)
       for name in ("years", "likeness", "authority", "applications", "cases", "amounts", "dates")},
    **{f"{RULES}/{name}.py": PROSE for name in ("claims", "endings", "fees", "growth", "lists", "shares", "twice", "wording", "prose")},
    **{f"{RULES}/{name}.py": FORM for name in ("structure", "duties", "citations")},
    f"{RULES}/dated.py": ("tests/rules/test_dates.py",),
    **{f"core/nianbao/{name}.py": FORM for name in ("structure", "wording", "naming", "letters")},
    "core/nianbao/similarity.py": ("tests/core/test_similarity.py", "tests/rules/test_likeness.py"),
    "core/nianbao/generic.py": ("tests/core/test_checks.py", "tests/rules/test_tables.py", "tests/plugins/nianbao_guoban/test_rules.py"),
    "core/nianbao/equations.py": ("tests/core/test_checks.py", "tests/core/test_standard.py", "tests/rules/test_tables.py"),
    "plugins/nianbao_html/rules.py": ("tests/rules/test_dates.py",),
    "plugins/nianbao_guoban/problems.py": ("tests/plugins/nianbao_guoban/test_problems.py",),
    "plugins/nianbao_guoban/bodies.py": ("tests/rules/test_authority.py",),
    **{str(file): (*PROSE, "tests/plugins/nianbao_guoban/test_quantities.py")
       for file in Path("plugins/nianbao_guoban/quantities").glob("*.py")},
}  # fmt: skip
EXAMPLES = "tests/rules/test_explained.py"
QUIET = ("-x", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly", "--tb=no")
SLOWEST = 60  # seconds of one mutant: an endless loop is noticed too


class NegateFilter:
    """What a comprehension leaves out and what it takes change places."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        if node.type in ("comp_if", "sync_comp_if"):
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        node.children[1] = parso.parse(f" (not ({node.children[1].get_code()}))")
        return node


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    file: Path
    operator: str
    line: int
    was: str
    now: str
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.operator}\n    - {self.was.strip()}\n    + {self.now.strip()}"


def mutants(file: Path) -> Iterator[Mutant]:
    """Every mutant of a file, once each."""
    text, seen = file.read_text("utf-8"), set()
    named = [name for name in cosmic_ray.plugins.operator_names() if name.rpartition("/")[2].split("Operator_")[-1] in OPERATORS]
    operators = {name.rpartition("/")[2]: cosmic_ray.plugins.get_operator(name)() for name in named}
    tree = parso.parse(text)
    for name, operator in {**operators, "NegateFilter": NegateFilter()}.items():
        for mutated in _changed(tree, operator):
            if mutated in seen or not _compiles(mutated):
                continue
            seen.add(mutated)
            lines = zip(text.splitlines(), mutated.splitlines(), strict=False)
            line, was, now = next((number, old, new) for number, (old, new) in enumerate(lines, 1) if old != new)
            yield Mutant(file, name, line, was, now, mutated)
    assert tree.get_code() == text


def _changed(tree: Any, operator: Any) -> Iterator[str]:
    """The source after each change that an operator makes; the tree is mended after each."""
    for parent, at, node in list(_nodes(tree)):
        for index in range(len(list(operator.mutation_positions(node)))):
            was = [(each, list(getattr(each, "children", ())), getattr(each, "value", None))
                   for each in (node, *getattr(node, "children", ()))]  # fmt: skip
            parent.children[at] = operator.mutate(node, index)
            source = tree.get_code()
            parent.children[at] = node
            for each, children, value in was:
                if children:
                    each.children[:] = children
                else:
                    each.value = value
            yield source


def _nodes(tree: Any) -> Iterator[tuple[Any, int, Any]]:
    for at, node in enumerate(getattr(tree, "children", ())):
        yield tree, at, node
        yield from _nodes(node)


def _compiles(source: str) -> bool:
    with contextlib.suppress(SyntaxError):
        compile(source, "mutant", "exec")
        return True
    return False


class Trials:
    """Runs in a pytest session, after its tests were collected, every mutant of a file; counts them and keeps the survivors."""

    def __init__(self, file: Path) -> None:
        self.file, self.total, self.survivors = file, 0, 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The examples of the rules of the file only."""
        items[:] = [item for item in items if not item.nodeid.startswith(EXAMPLES) or self._is_about(item)]

    def _is_about(self, item: pytest.Item) -> bool:
        rule = getattr(item, "callspec", None) and item.callspec.params["rule"]  # type: ignore[attr-defined]
        if not rule or item.name.startswith("test_every_rule"):
            return False
        look = rule.look
        while isinstance(look, functools.partial):
            look = look.func
        return os.path.realpath(inspect.unwrap(look).__code__.co_filename) == str(self.file.resolve())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        if failed := _first_failing(items):
            print(f"{failed} fails without any mutant")
            os._exit(2)
        text, patched = self.file.read_text("utf-8"), Patched(self.file)
        none = Mutant(self.file, "none", 0, "", "", text)
        if failed := _forked(functools.partial(patched.tried, none, items)) or _forked(functools.partial(_anew, none, items)):
            print(f"{failed} fails without any mutant, in a fork")
            os._exit(2)
        for mutant in mutants(self.file):
            self.total += 1
            killer = _forked(functools.partial(patched.tried, mutant, items)) or _forked(functools.partial(_anew, mutant, items))
            if not killer:
                self.survivors += 1
                print(mutant, flush=True)
            first = next((item for item in items if item.nodeid == killer), None)
            if first:  # what killed one mutant often kills the next
                items.remove(first)
                items.insert(0, first)
        return True


def _first_failing(items: list[pytest.Item]) -> str:
    """The name of the first test that fails; none: an empty one."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return item.nodeid
    return ""


def _forked(trial: Any) -> str:
    """What a trial answers in a fork; ``?`` if the fork ended otherwise."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        with open(os.devnull, "w", encoding="utf-8") as nothing:
            os.dup2(nothing.fileno(), 1), os.dup2(nothing.fileno(), 2)
        signal.alarm(SLOWEST)
        sys.dont_write_bytecode = True
        try:
            os.write(writes, trial().encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writes)
    with open(reads, "rb") as pipe:
        said = pipe.read().decode()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return said or ("?" if ended else "")


class Patched:
    """What of a module that is loaded can be changed: its functions, their defaults, its constants."""

    def __init__(self, file: Path) -> None:
        self.path = str(file.resolve())
        real = functools.cache(os.path.realpath)
        self.module = next(
            each for each in list(sys.modules.values()) if real(getattr(each, "__file__", None) or "") == self.path
        )
        known = gc.get_objects()
        self.functions = [
            each for each in known if isinstance(each, FunctionType) and real(each.__code__.co_filename) == self.path
        ]
        self.caches = [each for each in known if isinstance(each, functools._lru_cache_wrapper)
                       and each.__module__ == self.module.__name__]  # fmt: skip

    def tried(self, mutant: Mutant, items: list[pytest.Item]) -> str:
        """Put the mutant in place as far as that can be done, and run the tests."""
        gc.disable()
        made = compile(mutant.source, self.path, "exec", dont_inherit=True)
        fresh = dict(vars(self.module))
        exec(made, fresh)
        for name, value in fresh.items():
            if isinstance(value, (int, float, str, tuple, dict, frozenset)) and not name.startswith("__"):
                setattr(self.module, name, value)
        codes: dict[tuple[str, int], list[CodeType]] = {}
        for code in _within(made):
            codes.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)  # type: ignore[attr-defined]
        for each in self.functions:
            new = codes.get((each.__qualname__, each.__code__.co_firstlineno), [])
            if len(new) == 1:
                each.__code__ = new[0]
                made_anew = fresh.get(each.__name__)
                made_anew = getattr(made_anew, "look", made_anew)  # a rule's function
                if isinstance(made_anew, FunctionType):
                    each.__defaults__, each.__kwdefaults__ = made_anew.__defaults__, made_anew.__kwdefaults__
        for cached in self.caches:
            cached.cache_clear()
        return _first_failing(items)


def _within(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _within(each)


def _anew(mutant: Mutant, items: list[pytest.Item]) -> str:
    """Import the mutant in place of its file, everything anew, and run the tests."""
    path, read = str(mutant.file.resolve()), importlib.machinery.SourceFileLoader.get_code
    ours = {Path(name).stem for name in os.listdir("tests")} | {"tests"}
    for name in [name for name in sys.modules if name.startswith("nianbao") or name.partition(".")[0] in ours]:
        del sys.modules[name]

    def get_code(loader: Any, name: str) -> Any:
        if os.path.realpath(loader.get_filename(name)) == path:
            return compile(mutant.source, path, "exec", dont_inherit=True)
        return read(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
    names = [item.nodeid for item in items if not item.nodeid.startswith(EXAMPLES)]
    chosen = [
        *dict.fromkeys(name.partition("::")[0] for name in names),
        *(i.nodeid for i in items if i.nodeid.startswith(EXAMPLES)),
    ]
    return "?" if pytest.main([*QUIET, *chosen]) else ""


def main() -> None:
    for asked in sys.argv[1:]:
        file, _, named = asked.partition(":")
        tests = named.split(",") if named else list(TESTS[file])
        trials, started = Trials(Path(file)), time.monotonic()
        pid = os.fork()
        if pid == 0:
            pytest.main([*QUIET, *tests, EXAMPLES], plugins=[trials])
            print(
                f"## {file}: {trials.total} mutants, {trials.survivors} survived, {time.monotonic() - started:.0f} s", flush=True
            )
            os._exit(0)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
