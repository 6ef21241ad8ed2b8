/**
 * The module between the bindings, which follow the canonical ABI, and Nix, where that has another
 * way to pass lists and 64 bits: the interface `glue` of `wit/evaluator.wit`. `reallocSlot` is
 * where the engine looks for its own `cabi_realloc` in the table of functions.
 */
export function glue(reallocSlot) {
  return `(module
    (import "main" "memory" (memory 0))
    (import "main" "__indirect_function_table" (table 0 funcref))
    (import "engine" "cabi_realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
    ${lists.map(({ name }) => `(import "env" "${name}" (func $${name} (param i32 i32 i32) (result i32)))`).join("\n")}
    (import "env" "make_int" (func $make_int (param i64) (result i32)))
    (import "env" "get_int" (func $get_int (param i32) (result i64)))
    (elem (i32.const ${reallocSlot}) func $realloc)
    ${lists.map(list).join("\n")}
    (func (export "make-int") (param $high i32) (param $low i32) (result i32)
      (call $make_int
        (i64.or
          (i64.shl (i64.extend_i32_u (local.get $high)) (i64.const 32))
          (i64.extend_i32_u (local.get $low)))))
    (func (export "get-int") (param $value i32) (result f64)
      (f64.convert_i64_s (call $get_int (local.get $value))))
    (func (export "nix_wasm_init_v1")))`;
}

/** What Nix copies to where there is room, with the size of an item in bytes. */
const lists = [
  { name: "copy_string", size: 1 },
  { name: "copy_path", size: 1 },
  { name: "read_file", size: 1 },
  { name: "copy_list", size: 4 },
];

/** Asks for the length, makes room, and asks for the items. */
function list({ name, size }) {
  return `(func (export "${name.replaceAll("_", "-")}") (param $value i32) (param $result i32)
    (local $length i32)
    (local $start i32)
    (local.set $length (call $${name} (local.get $value) (i32.const 0) (i32.const 0)))
    (local.set $start
      (call $realloc
        (i32.const 0)
        (i32.const 0)
        (i32.const ${size})
        (i32.mul (local.get $length) (i32.const ${size}))))
    (drop (call $${name} (local.get $value) (local.get $start) (local.get $length)))
    (i32.store (local.get $result) (local.get $start))
    (i32.store offset=4 (local.get $result) (local.get $length)))`;
}
