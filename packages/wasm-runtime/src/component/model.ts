/** What a component's bytes say, before anything is resolved: component model binary format. Indices count in definition order. */

/** A type in a value position: the name of a primitive, or an index into the types. */
export type ValueRef = string | number

export type TypeDef =
  | {
      readonly form: 'defined'
      readonly shape: string
      readonly parts: readonly { readonly label: string; readonly type: ValueRef | undefined }[]
    }
  | {
      readonly form: 'function'
      readonly isAsync: boolean
      readonly params: readonly { readonly label: string; readonly type: ValueRef }[]
      readonly result: ValueRef | undefined
    }
  | { readonly form: 'instance'; readonly declarations: readonly Declaration[] }
  | { readonly form: 'component'; readonly declarations: readonly Declaration[] }
  | { readonly form: 'resource' }

/** Entries of an instance type or a component type. */
export type Declaration =
  | { readonly kind: 'core-type' }
  | { readonly kind: 'type'; readonly type: TypeDef }
  | Alias
  | { readonly kind: 'import' | 'export'; readonly name: string; readonly type: ExternType }

export type Sort = 'func' | 'value' | 'type' | 'component' | 'instance' | CoreSort
export type CoreSort = 'core-func' | 'core-table' | 'core-memory' | 'core-global' | 'core-type' | 'core-module' | 'core-instance'

export type ExternType =
  | { readonly sort: 'core-module' | 'func' | 'component' | 'instance'; readonly type: number }
  | { readonly sort: 'value' }
  | { readonly sort: 'type'; readonly equals: number | undefined }

export interface Named {
  readonly name: string
  readonly sort: Sort
  readonly index: number
}

export type Alias =
  | {
      readonly kind: 'alias'
      readonly sort: Sort
      readonly from: 'instance' | 'core-instance'
      readonly instance: number
      readonly name: string
    }
  | { readonly kind: 'alias'; readonly sort: Sort; readonly from: 'outer'; readonly depth: number; readonly index: number }

export interface CanonOptions {
  readonly encoding: 'utf8' | 'utf16' | 'latin1+utf16'
  readonly isAsync: boolean
  readonly memory?: number
  readonly realloc?: number
  readonly postReturn?: number
}

export type Definition = { readonly offset: number } & (
  | { readonly kind: 'core-module'; readonly start: number; readonly end: number }
  | { readonly kind: 'core-instance'; readonly module?: number; readonly args: readonly Named[] }
  | { readonly kind: 'core-type' }
  | { readonly kind: 'component'; readonly body: ComponentBody }
  | { readonly kind: 'instance'; readonly component?: number; readonly args: readonly Named[] }
  | Alias
  | { readonly kind: 'type'; readonly type: TypeDef }
  | { readonly kind: 'canon'; readonly operation: 'lift'; readonly func: number; readonly options: CanonOptions; readonly type: number }
  | { readonly kind: 'canon'; readonly operation: 'lower'; readonly func: number; readonly options: CanonOptions }
  | { readonly kind: 'canon'; readonly operation: 'resource' }
  | { readonly kind: 'import'; readonly name: string; readonly type: ExternType }
  | { readonly kind: 'export'; readonly name: string; readonly sort: Sort; readonly index: number }
)

export interface ComponentBody {
  readonly definitions: readonly Definition[]
}
