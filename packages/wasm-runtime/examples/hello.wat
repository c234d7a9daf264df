;; The smallest component worth calling: a bare function, and an interface. Built by build-hello.ts.
(module
  (memory (export "memory") 1)
  (global $free (mut i32) (i32.const 4096))
  (global $calls (mut i64) (i64.const 0))
  (data (i32.const 64) "hello, ")
  (data (i32.const 96) "zero has no inverse")

  (func $allocate (export "cabi_realloc") (param $old i32) (param $oldSize i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $free) (i32.sub (local.get $align) (i32.const 1))) (i32.sub (i32.const 0) (local.get $align))))
    (global.set $free (i32.add (local.get $at) (local.get $size)))
    (local.get $at))

  ;; "hello, " and the name, behind each other; the answer's place is at 16.
  (func (export "greet") (param $name i32) (param $length i32) (result i32)
    (local $at i32)
    (local.set $at (call $allocate (i32.const 0) (i32.const 0) (i32.const 1) (i32.add (local.get $length) (i32.const 7))))
    (memory.copy (local.get $at) (i32.const 64) (i32.const 7))
    (memory.copy (i32.add (local.get $at) (i32.const 7)) (local.get $name) (local.get $length))
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (i32.add (local.get $length) (i32.const 7)))
    (i32.const 16))
  ;; What was allocated for one call is free after it.
  (func (export "cabi_post_greet") (param i32) (global.set $free (i32.const 4096)))

  (func (export "demo:hello/numbers@1.0.0#add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "demo:hello/numbers@1.0.0#invert") (param $of f64) (result i32)
    (if (f64.eq (local.get $of) (f64.const 0))
      (then (i32.store8 (i32.const 32) (i32.const 1)) (i32.store (i32.const 40) (i32.const 96)) (i32.store (i32.const 44) (i32.const 19)))
      (else (i32.store8 (i32.const 32) (i32.const 0)) (f64.store (i32.const 40) (f64.div (f64.const 1) (local.get $of)))))
    (i32.const 32))
  (func (export "demo:hello/numbers@1.0.0#count") (result i64)
    (global.set $calls (i64.add (global.get $calls) (i64.const 1)))
    (global.get $calls)))
