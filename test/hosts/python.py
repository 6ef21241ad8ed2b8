"""Compiles standard input with the component, whose imports are all traps: python.py dist/inventory2nix.wasm < inventory.yaml"""

import sys

from wasmtime import Engine, Store
from wasmtime.component import Component, Linker, Record, Variant


def record(**fields):
    made = Record()
    for name, value in fields.items():
        setattr(made, name.replace("_", "-"), value)
    return made


engine = Engine()
store = Store(engine)
component = Component.from_file(engine, sys.argv[1])
linker = Linker(engine)
linker.define_unknown_imports_as_traps(component)
instance = linker.instantiate(store, component)

interface = instance.get_export_index(store, "inventory2nix:compiler/compiler@0.1.0")
compile_ = instance.get_func(store, instance.get_export_index(store, "compile", interface))

source = record(name="inventory.yaml", path=None, text=sys.stdin.read(), format=None, is_companion=None)
options = record(
    emit=None, to=None, known_machines=[], allow_nix=False, deny_warnings=False, severities=None, root_default=Variant("none"), services=None, clan_core_input=None, clan_core=None, limits=None
)
compilation = compile_(store, [source], options)
for diagnostic in compilation.diagnostics:
    at = diagnostic.range.start
    print(f"{diagnostic.range.source}:{at.line}:{at.column}: {diagnostic.message}", file=sys.stderr)
if compilation.text is None:
    sys.exit(1)
sys.stdout.write(compilation.text)
