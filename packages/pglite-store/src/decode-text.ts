/** Result values of PostgreSQL's text format as JavaScript values, by the object id of their type. */
import { fromHex } from '@foldb/abi'
import { decodeArray } from './decode-array.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type Decode = (text: string) => unknown

const decodeInt8: Decode = (text) => {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

const DECODERS: ReadonlyMap<number, Decode> = new Map<number, Decode>([
  [16, (text) => text === 't'],
  [17, (text) => fromHex(text.slice(2))],
  [20, decodeInt8],
  [21, Number],
  [23, Number],
  [26, Number],
  [114, (text) => JSON.parse(text) as unknown],
  [700, Number],
  [701, Number],
  [3802, (text) => JSON.parse(text) as unknown],
])

/** Element type of the array types whose elements have a form of their own, or are texts. */
const ELEMENTS: ReadonlyMap<number, number> = new Map([
  [199, 114],
  [1000, 16],
  [1001, 17],
  [1005, 21],
  [1007, 23],
  [1009, 25],
  [1015, 1043],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [1115, 1114],
  [1182, 1082],
  [1185, 1184],
  [1231, 1700],
  [2951, 2950],
  [3807, 3802],
])

/** The decoder of one result column; what has no form of its own in JavaScript stays PostgreSQL's text. */
export function cellDecoder(oid: number): (bytes: Uint8Array) => unknown {
  const decode = textDecoder(oid)
  return decode === undefined ? (bytes) => decoder.decode(bytes) : (bytes) => decode(decoder.decode(bytes))
}

/** Whether a type is an array whose elements this package knows. */
export function isArrayOid(oid: number): boolean {
  return ELEMENTS.has(oid)
}

function textDecoder(oid: number): Decode | undefined {
  const element = ELEMENTS.get(oid)
  if (element === undefined) return DECODERS.get(oid)
  const decode = DECODERS.get(element) ?? ((text: string) => text)
  return (text) => decodeArray(text, decode)
}
