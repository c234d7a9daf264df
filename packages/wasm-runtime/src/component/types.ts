/** Types by structure: two value or function types are the same if and only if they have the same number. */
import type { ExternType } from './model.ts'

export type Type =
  | { readonly kind: 'value' | 'func'; readonly id: number }
  | { readonly kind: 'resource' }
  | { readonly kind: 'instance'; readonly exports: ReadonlyMap<string, Extern> }
  | { readonly kind: 'component' }

/** What an instance type promises under a name. */
export interface Extern {
  readonly sort: ExternType['sort']
  readonly type: Type | undefined
}

export type Structure =
  | { readonly shape: string; readonly parts: readonly { readonly label: string; readonly id: number | undefined }[] }
  | {
      readonly isAsync: boolean
      readonly params: readonly { readonly label: string; readonly id: number }[]
      readonly result: number | undefined
    }

/** Numbers types so that equal structures get equal numbers. */
export class TypeTable {
  readonly #ids = new Map<string, number>()

  #intern(text: string): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    this.#ids.set(text, this.#ids.size)
    return this.#ids.size - 1
  }

  primitive(name: string): number {
    return this.#intern(name)
  }

  of(structure: Structure): number {
    const part = (label: string, id: number | undefined): string => `${label}:${id ?? '_'}`
    if ('shape' in structure) return this.#intern(`${structure.shape}(${structure.parts.map((p) => part(p.label, p.id)).join()})`)
    const { isAsync, params, result } = structure
    return this.#intern(`${isAsync ? 'async ' : ''}func(${params.map((p) => part(p.label, p.id)).join()})${result ?? '_'}`)
  }
}
