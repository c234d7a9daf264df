/** Steps over core instructions and knows which ones a profile may allow: WebAssembly §5.4. An unknown instruction is a refusal. */
import { Malformed, type Reader } from '../component/reader.ts'

/** What a function's code uses beyond the first version of WebAssembly. */
export type Feature = 'sign-extension' | 'nontrapping-float-to-int' | 'bulk-memory' | 'reference-types' | 'tail-call'

/** What scanning code gathers. */
export interface CodeFacts {
  readonly features: Map<Feature, number>
  /** Some instruction changes what neither memory nor a global shows: a table, or a dropped segment. */
  keepsState: boolean
}

const FAMILIES: Readonly<Record<number, string>> = { 0xfb: 'garbage collection', 0xfd: 'SIMD', 0xfe: 'threads' }

function unsupported(at: number, code: number): Malformed {
  const exceptions = (code >= 0x06 && code <= 0x0a) || code === 0x18 || code === 0x19 || code === 0x1f
  const family = FAMILIES[code] ?? (exceptions ? 'exceptions' : code === 0x14 || code === 0x15 ? 'typed references' : 'this proposal')
  return new Malformed(
    'unsupported-feature',
    at,
    `expected an instruction that the profile allows, got 0x${code.toString(16)}: build it without ${family}`,
  )
}

function need(facts: CodeFacts, feature: Feature, at: number): void {
  if (!facts.features.has(feature)) facts.features.set(feature, at)
}

function memoryArgument(reader: Reader): void {
  const at = reader.position
  if (reader.u32() > 0x3f)
    throw new Malformed('unsupported-feature', at, 'expected an access to the one memory, got another: build it without multi-memory')
  reader.u32()
}

function prefixed(reader: Reader, facts: CodeFacts, at: number): void {
  const code = reader.u32()
  if (code <= 7) return need(facts, 'nontrapping-float-to-int', at)
  if (code > 17) throw unsupported(at, 0xfc00 + code)
  need(facts, code >= 15 ? 'reference-types' : 'bulk-memory', at)
  if (code === 9 || code === 12 || code === 13 || code === 14 || code === 15 || code === 17) facts.keepsState = true
  reader.u32()
  if (code === 8 || code === 10 || code === 12 || code === 14) reader.u32()
}

function control(reader: Reader, code: number, at: number): void {
  switch (code) {
    case 0x02:
    case 0x03:
    case 0x04:
      return reader.skipSigned(33)
    case 0x0c:
    case 0x0d:
    case 0x10:
      return void reader.u32()
    case 0x0e:
      for (let left = reader.count() + 1; left > 0; left--) reader.u32()
      return
    case 0x11:
      reader.u32()
      return void reader.u32()
    case 0x1c:
      return reader.skip(reader.count())
    case 0x00:
    case 0x01:
    case 0x05:
    case 0x0b:
    case 0x0f:
    case 0x1a:
    case 0x1b:
      return
    default:
      throw unsupported(at, code)
  }
}

/** Steps over one instruction and gives its opcode. */
export function skipInstruction(reader: Reader, facts: CodeFacts): number {
  const at = reader.position
  const code = reader.byte()
  if (code >= 0x20 && code <= 0x24) reader.u32()
  else if (code >= 0x45 && code <= 0xbf) return code
  else if (code >= 0x28 && code <= 0x3e) memoryArgument(reader)
  else if (code === 0x41) reader.skipSigned(32)
  else if (code === 0x42) reader.skipSigned(64)
  else if (code === 0x43) reader.skip(4)
  else if (code === 0x44) reader.skip(8)
  else if (code === 0x3f || code === 0x40) reader.u32()
  else if (code >= 0xc0 && code <= 0xc4) need(facts, 'sign-extension', at)
  else if (code === 0x25 || code === 0x26) {
    need(facts, 'reference-types', at)
    if (code === 0x26) facts.keepsState = true
    reader.u32()
  } else if (code >= 0xd0 && code <= 0xd2) {
    need(facts, 'reference-types', at)
    if (code === 0xd0) reader.skipSigned(33)
    else if (code === 0xd2) reader.u32()
  } else if (code === 0x12 || code === 0x13) {
    need(facts, 'tail-call', at)
    reader.u32()
    if (code === 0x13) reader.u32()
  } else if (code === 0xfc) prefixed(reader, facts, at)
  else control(reader, code, at)
  return code
}

/** Steps over a constant expression, its end included. */
export function skipConstant(reader: Reader): void {
  const facts: CodeFacts = { features: new Map(), keepsState: false }
  while (skipInstruction(reader, facts) !== 0x0b);
}

/** Scans the code section: every instruction of every function. */
export function scanCode(reader: Reader, facts: CodeFacts): void {
  for (let left = reader.count(); left > 0; left--) {
    const body = reader.slice(reader.u32())
    for (let groups = body.count(); groups > 0; groups--) {
      body.u32()
      const at = body.position
      const type = body.byte()
      if (type < 0x6f || (type > 0x70 && type < 0x7c) || type > 0x7f)
        throw new Malformed('unsupported-feature', at, `expected a number or reference type, got 0x${type.toString(16)}`)
    }
    while (!body.done) skipInstruction(body, facts)
  }
  reader.finish('core code section')
}
