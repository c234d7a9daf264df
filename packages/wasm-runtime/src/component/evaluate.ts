/**
 * Follows a component from its imports to its exports, as a linker would, without running anything: which core instances there are, in
 * which order, and which core function, memory and allocator stand behind each function that it exports.
 */
import type { Alias, CanonOptions, ComponentBody, Declaration, Definition, ExternType, Named, Sort, TypeDef, ValueRef } from './model.ts'
import { Malformed } from './reader.ts'
import { type Extern, type Type, TypeTable } from './types.ts'

/** Instances that one component may make of its own modules and components. */
export const INSTANCES_MAX = 1000
/** Definitions that may be followed, those of components instantiated twice counted twice. */
export const STEPS_MAX = 500_000

/** One instantiation of a core module, in order. */
export interface CoreInstance {
  readonly ordinal: number
  readonly start: number
  readonly end: number
}

/** Something that a core instance exports, or (without `instance`) something that the host or a lowering supplies. */
export interface CoreItem {
  readonly instance: number | undefined
  readonly name: string
}

/** How a component function reaches its core function. */
export interface Lift {
  readonly func: CoreItem
  readonly memory: CoreItem | undefined
  readonly realloc: CoreItem | undefined
  readonly postReturn: CoreItem | undefined
  readonly encoding: CanonOptions['encoding']
}

export type Item =
  | { readonly sort: 'func'; readonly type: Type | undefined; readonly lift: Lift | undefined }
  | { readonly sort: 'type'; readonly type: Type }
  | { readonly sort: 'instance'; readonly exports: ReadonlyMap<string, Item> }
  | { readonly sort: 'component'; readonly body: ComponentBody | undefined; readonly scope: Scope | undefined }
  | { readonly sort: 'core-module'; readonly start: number; readonly end: number }
  | { readonly sort: 'core-instance'; readonly instance: number | undefined; readonly exports: ReadonlyMap<string, Item> | undefined }
  | { readonly sort: 'core-func' | 'core-table' | 'core-memory' | 'core-global' | 'core-type' | 'value'; readonly core: CoreItem }

export interface Import {
  readonly name: string
  readonly offset: number
  readonly sort: ExternType['sort']
  readonly type: Type | undefined
}

export interface Evaluated {
  readonly types: TypeTable
  readonly imports: readonly Import[]
  readonly exports: ReadonlyMap<string, Item>
  readonly coreInstances: readonly CoreInstance[]
}

const HOST: CoreItem = { instance: undefined, name: '' }

class Scope {
  readonly outer: Scope | undefined
  readonly #spaces = new Map<Sort, Item[]>()

  constructor(outer: Scope | undefined) {
    this.outer = outer
  }

  space(sort: Sort): Item[] {
    let space = this.#spaces.get(sort)
    if (space === undefined) this.#spaces.set(sort, (space = []))
    return space
  }

  get(sort: Sort, index: number, offset: number): Item {
    const item = this.#spaces.get(sort)?.[index]
    if (item === undefined)
      throw new Malformed('malformed', offset, `expected a ${sort} with index ${index}, got ${this.#spaces.get(sort)?.length ?? 0} of them`)
    return item
  }
}

class Evaluator {
  readonly types: TypeTable = new TypeTable()
  readonly imports: Import[] = []
  readonly coreInstances: CoreInstance[] = []
  #instances = 0
  #steps = 0

  /** Follows one body; `args` is undefined for the outermost component, whose imports the host supplies. */
  run(body: ComponentBody, outer: Scope | undefined, args: ReadonlyMap<string, Item> | undefined): Map<string, Item> {
    const scope = new Scope(outer)
    const exports = new Map<string, Item>()
    for (const definition of body.definitions) {
      this.#step(definition.offset)
      this.#define(definition, scope, args, exports)
    }
    return exports
  }

  #step(offset: number): void {
    if (++this.#steps > STEPS_MAX) throw new Malformed('too-large', offset, `expected at most ${STEPS_MAX} definitions to follow, got more`)
  }

  #define(definition: Definition, scope: Scope, args: ReadonlyMap<string, Item> | undefined, exports: Map<string, Item>): void {
    const { offset } = definition
    switch (definition.kind) {
      case 'core-module':
        scope.space('core-module').push({ sort: 'core-module', start: definition.start, end: definition.end })
        break
      case 'core-type':
        scope.space('core-type').push({ sort: 'core-type', core: HOST })
        break
      case 'core-instance':
        scope.space('core-instance').push(this.#coreInstance(definition.module, definition.args, scope, offset))
        break
      case 'component':
        scope.space('component').push({ sort: 'component', body: definition.body, scope })
        break
      case 'instance':
        scope.space('instance').push(this.#instance(definition.component, definition.args, scope, offset))
        break
      case 'alias':
        scope.space(definition.sort).push(this.#alias(definition, scope, offset))
        break
      case 'type':
        scope.space('type').push({ sort: 'type', type: this.#type(definition.type, scope, offset) })
        break
      case 'canon':
        this.#canon(definition, scope)
        break
      case 'import':
        this.#import(definition.name, definition.type, scope, args, offset)
        break
      case 'export':
        this.#export(definition.name, definition.sort, definition.index, scope, exports, offset)
        break
    }
  }

  #count(offset: number): void {
    if (++this.#instances > INSTANCES_MAX) throw new Malformed('too-large', offset, `expected at most ${INSTANCES_MAX} instances, got more`)
  }

  #inline(args: readonly Named[], scope: Scope, offset: number): Map<string, Item> {
    const out = new Map<string, Item>()
    for (const { name, sort, index } of args) {
      this.#step(offset)
      if (out.has(name)) throw new Malformed('malformed', offset, `expected distinct names, got ${JSON.stringify(name)} twice`)
      out.set(name, scope.get(sort, index, offset))
    }
    return out
  }

  #coreInstance(module: number | undefined, args: readonly Named[], scope: Scope, offset: number): Item {
    this.#count(offset)
    const named = this.#inline(args, scope, offset)
    if (module === undefined) return { sort: 'core-instance', instance: undefined, exports: named }
    const of = scope.get('core-module', module, offset)
    if (of.sort !== 'core-module') throw new Malformed('malformed', offset, 'expected a core module')
    const ordinal = this.coreInstances.length
    this.coreInstances.push({ ordinal, start: of.start, end: of.end })
    return { sort: 'core-instance', instance: ordinal, exports: undefined }
  }

  #instance(component: number | undefined, args: readonly Named[], scope: Scope, offset: number): Item {
    this.#count(offset)
    const named = this.#inline(args, scope, offset)
    if (component === undefined) return { sort: 'instance', exports: named }
    const of = scope.get('component', component, offset)
    if (of.sort !== 'component' || of.body === undefined)
      throw new Malformed('unsupported-import', offset, 'expected a component of this file, got an imported one')
    return { sort: 'instance', exports: this.run(of.body, of.scope, named) }
  }

  #alias(alias: Alias, scope: Scope, offset: number): Item {
    if (alias.from === 'outer') {
      let target: Scope | undefined = scope
      for (let i = 0; i < alias.depth && target !== undefined; i++) target = target.outer
      if (target === undefined)
        throw new Malformed('malformed', offset, `expected an enclosing component ${alias.depth} levels up, got none`)
      return target.get(alias.sort, alias.index, offset)
    }
    const of = scope.get(alias.from, alias.instance, offset)
    if (of.sort === 'core-instance' && of.exports === undefined)
      return coreExport(alias.sort, { instance: of.instance, name: alias.name }, offset)
    const item = of.sort === 'instance' || of.sort === 'core-instance' ? of.exports?.get(alias.name) : undefined
    if (item === undefined || item.sort !== alias.sort) {
      throw new Malformed('malformed', offset, `expected an export ${JSON.stringify(alias.name)} of sort ${alias.sort}, got none`)
    }
    return item
  }

  #canon(definition: Definition & { kind: 'canon' }, scope: Scope): void {
    const { offset } = definition
    if (definition.operation === 'resource') {
      scope.space('core-func').push({ sort: 'core-func', core: HOST })
      return
    }
    if (definition.operation === 'lower') {
      scope.get('func', definition.func, offset)
      scope.space('core-func').push({ sort: 'core-func', core: HOST })
      return
    }
    const core = (sort: Sort, index: number | undefined): CoreItem | undefined => {
      if (index === undefined) return undefined
      const item = scope.get(sort, index, offset)
      return 'core' in item ? item.core : undefined
    }
    const { memory, realloc, postReturn, encoding } = definition.options
    const type = scope.get('type', definition.type, offset)
    scope.space('func').push({
      sort: 'func',
      type: type.sort === 'type' ? type.type : undefined,
      lift: {
        func: core('core-func', definition.func) ?? HOST,
        memory: core('core-memory', memory),
        realloc: core('core-func', realloc),
        postReturn: core('core-func', postReturn),
        encoding,
      },
    })
  }

  #import(name: string, of: ExternType, scope: Scope, args: ReadonlyMap<string, Item> | undefined, offset: number): void {
    const space = scope.space(of.sort)
    if (args !== undefined) {
      const item = args.get(name)
      if (item === undefined || item.sort !== of.sort)
        throw new Malformed('malformed', offset, `expected an argument ${JSON.stringify(name)} of sort ${of.sort}, got none`)
      space.push(item)
      return
    }
    const type = this.#externType(of, scope, offset)
    this.imports.push({ name, offset, sort: of.sort, type })
    space.push(itemOf({ sort: of.sort, type }))
  }

  #export(name: string, sort: Sort, index: number, scope: Scope, exports: Map<string, Item>, offset: number): void {
    const item = scope.get(sort, index, offset)
    if (exports.has(name)) throw new Malformed('malformed', offset, `expected distinct exports, got ${JSON.stringify(name)} twice`)
    exports.set(name, item)
    scope.space(sort).push(item)
  }

  // ---- types

  #externType(of: ExternType, scope: Scope, offset: number): Type | undefined {
    if (of.sort === 'value' || of.sort === 'core-module') return undefined
    if (of.sort === 'type' && of.equals === undefined) return { kind: 'resource' }
    const index = of.sort === 'type' ? of.equals : of.type
    const item = scope.get('type', index!, offset)
    return item.sort === 'type' ? item.type : undefined
  }

  #value(ref: ValueRef, scope: Scope, offset: number): number {
    if (typeof ref === 'string') return this.types.primitive(ref)
    const item = scope.get('type', ref, offset)
    if (item.sort !== 'type' || item.type.kind !== 'value')
      throw new Malformed('malformed', offset, `expected type ${ref} to be a value type`)
    return item.type.id
  }

  #type(def: TypeDef, scope: Scope, offset: number): Type {
    this.#step(offset)
    if (def.form === 'resource') return { kind: 'resource' }
    if (def.form === 'instance') return { kind: 'instance', exports: this.#declarations(def.declarations, scope, offset) }
    if (def.form === 'component') return { kind: 'component' }
    if (def.form === 'function') {
      const params = def.params.map(({ label, type }) => ({ label, id: this.#value(type, scope, offset) }))
      const result = def.result === undefined ? undefined : this.#value(def.result, scope, offset)
      return { kind: 'func', id: this.types.of({ isAsync: def.isAsync, params, result }) }
    }
    const parts = def.parts.map(({ label, type }) => ({ label, id: type === undefined ? undefined : this.#value(type, scope, offset) }))
    if (def.shape === 'same') return { kind: 'value', id: parts[0]!.id! }
    return { kind: 'value', id: this.types.of({ shape: def.shape, parts }) }
  }

  #declarations(declarations: readonly Declaration[], outer: Scope, offset: number): Map<string, Extern> {
    const scope = new Scope(outer)
    const exports = new Map<string, Extern>()
    for (const declaration of declarations) {
      this.#step(offset)
      if (declaration.kind === 'core-type') scope.space('core-type').push({ sort: 'core-type', core: HOST })
      else if (declaration.kind === 'type') scope.space('type').push({ sort: 'type', type: this.#type(declaration.type, scope, offset) })
      else if (declaration.kind === 'alias') scope.space(declaration.sort).push(this.#alias(declaration, scope, offset))
      else {
        const type = this.#externType(declaration.type, scope, offset)
        const extern: Extern = { sort: declaration.type.sort, type }
        exports.set(declaration.name, extern)
        scope.space(extern.sort).push(itemOf(extern))
      }
    }
    return exports
  }
}

function coreExport(sort: Sort, core: CoreItem, offset: number): Item {
  switch (sort) {
    case 'core-func':
    case 'core-table':
    case 'core-memory':
    case 'core-global':
      return { sort, core }
    default:
      throw new Malformed('malformed', offset, `expected a function, table, memory or global of a core instance, got a ${sort}`)
  }
}

/** An item that the host supplies, known by its type alone. */
function itemOf({ sort, type }: Extern): Item {
  switch (sort) {
    case 'type':
      return { sort, type: type ?? { kind: 'resource' } }
    case 'func':
      return { sort, type, lift: undefined }
    case 'component':
      return { sort, body: undefined, scope: undefined }
    case 'core-module':
      return { sort, start: 0, end: 0 }
    case 'value':
      return { sort, core: HOST }
    case 'instance': {
      const exports = new Map<string, Item>()
      if (type?.kind === 'instance') for (const [name, extern] of type.exports) exports.set(name, itemOf(extern))
      return { sort, exports }
    }
  }
}

/**
 * Follows a decoded component.
 * @throws Malformed where something refers to what is not there, or beyond the bounds above.
 */
export function evaluateComponent(body: ComponentBody): Evaluated {
  const evaluator = new Evaluator()
  const exports = evaluator.run(body, undefined, undefined)
  return { types: evaluator.types, imports: evaluator.imports, exports, coreInstances: evaluator.coreInstances }
}
