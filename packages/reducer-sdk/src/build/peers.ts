/** The tools that build a component: optional peers, loaded when they are needed. */
import { FoldbError } from '@foldb/abi'

type Rolldown = typeof import('rolldown')
type Componentize = typeof import('componentize-qjs')

async function load<T>(name: string, loading: () => Promise<T>): Promise<T> {
  try {
    return await loading()
  } catch (cause) {
    const text = `building a reducer needs ${name}, which cannot be loaded: install it with npm install --save-dev rolldown componentize-qjs`
    throw new FoldbError('missing-peer', text, { fields: { peer: name }, cause })
  }
}

/** @throws FoldbError `missing-peer` when it is not installed. */
export function loadRolldown(loading: () => Promise<Rolldown> = () => import('rolldown')): Promise<Rolldown> {
  return load('rolldown', loading)
}

/** @throws FoldbError `missing-peer` when it is not installed. */
export function loadComponentize(loading: () => Promise<Componentize> = () => import('componentize-qjs')): Promise<Componentize> {
  return load('componentize-qjs', loading)
}
