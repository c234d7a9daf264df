/** Writes vectors/manifest.json and vectors/invalid/manifest.json: node --conditions=@foldb/source packages/conformance/scripts/manifest.ts */
import { hex, oracle, tagged, writeVectors } from './vector-file.ts'

const column = (name: string, type: unknown, nullable = false): Record<string, unknown> => ({ name, type, nullable })
const param = (name: string, type: string, nullable = false): Record<string, unknown> => ({ name, type, nullable })
const compare = (at: number, comparison: string, constant: unknown): Record<string, unknown> => ({
  column: at,
  comparison,
  operand: { constant },
})

const base = {
  name: 'skirmish',
  version: '1.0.0',
  tables: [
    {
      name: 'teams',
      columns: [column('id', 'integer'), column('name', 'text')],
      'primary-key': [0],
      indexes: [{ name: 'teams_name', columns: [1], unique: true, where: [] }],
      checks: [],
      'foreign-keys': [],
    },
    {
      name: 'units',
      columns: [
        column('id', 'bigint'),
        column('team', 'integer'),
        column('hp', 'smallint'),
        column('alive', 'boolean'),
        column('gold', { numeric: { precision: 10, scale: 2 } }, true),
        column('speed', 'double-precision', true),
        column('token', 'uuid', true),
        column('born', 'date', true),
        column('seen', 'timestamptz', true),
        column('picture', 'bytea', true),
        column('data', 'jsonb', true),
        column('note', 'text', true),
        column('hp_max', 'smallint'),
        column('rank', 'integer', true),
      ],
      'primary-key': [0],
      indexes: [
        { name: 'units_team', columns: [1, 5], unique: false, where: [] },
        { name: 'units_token', columns: [6], unique: true, where: [compare(3, 'equal', true)] },
      ],
      checks: [
        { name: 'units_hp', all: [compare(2, 'greater-or-equal', 0), { column: 2, comparison: 'less-or-equal', operand: { column: 12 } }] },
      ],
      'foreign-keys': [{ name: 'units_of_team', columns: [1], references: 'teams' }],
    },
    {
      name: 'winner',
      columns: [column('id', 'integer'), column('team', 'integer')],
      'primary-key': [0],
      indexes: [],
      checks: [],
      'foreign-keys': [],
    },
  ],
  views: [{ name: 'alive_units', query: 'SELECT * FROM units WHERE alive' }],
  genesis: [param('seed', 'bytes'), param('title', 'text', true)],
  messages: [
    { name: 'move', params: [param('unit', 'integer'), param('x', 'integer'), param('y', 'integer')] },
    { name: 'end-turn', params: [] },
  ],
  verdict: 'winner',
}

type Path = readonly (string | number)[]
/** Sets `value` at a path, removes what is there when there is no value, or puts an array of `times` items with `%` counted up. */
interface Edit {
  readonly path: Path
  readonly value?: unknown
  readonly times?: number
}

function copies(times: number, item: unknown): unknown[] {
  const parts = JSON.stringify(item).split('%')
  return JSON.parse(`[${Array.from({ length: times }, (_, i) => parts.join(String(i))).join(',')}]`) as unknown[]
}

function apply(edits: readonly Edit[]): typeof base {
  const copy = structuredClone(base) as unknown as Record<string | number, unknown>
  for (const { path, value, times } of edits) {
    let at = copy
    for (const step of path.slice(0, -1)) at = at[step] as typeof at
    const last = path.at(-1)!
    if (times !== undefined) at[last] = copies(times, value)
    else if (value === undefined) Reflect.deleteProperty(at, last)
    else at[last] = value
  }
  return copy as unknown as typeof base
}

const set = (path: Path, value: unknown): Edit => ({ path, value })
const drop = (path: Path): Edit => ({ path })
const many = (path: Path, times: number, value: unknown): Edit => ({ path, times, value })
const UNITS = ['tables', 1] as const
const name = (length: number): string => 'n'.repeat(length)

const accepted: Record<string, Edit[]> = {
  'as it is': [],
  'no tables': [set(['tables'], []), set(['views'], []), set(['verdict'], '')],
  'a name of 128 bytes and a version of 1': [set(['name'], 'é'.repeat(64)), set(['version'], '1')],
  'a table of 58 bytes': [set(['tables', 2, 'name'], name(58)), set(['verdict'], name(58))],
  'a column of 62 bytes': [set([...UNITS, 'columns', 2, 'name'], name(62))],
  'a column of 63 bytes': [set([...UNITS, 'columns', 2, 'name'], name(63))],
  'an index of 63 bytes': [set([...UNITS, 'indexes', 0, 'name'], name(63))],
  'a kind of 64 bytes': [set(['messages', 0, 'name'], name(64))],
  'reserved words of SQL': [
    set(['tables', 2, 'name'], 'select'),
    set(['verdict'], 'select'),
    set([...UNITS, 'columns', 2, 'name'], 'user'),
    set([...UNITS, 'indexes', 0, 'name'], 'table'),
    set([...UNITS, 'checks', 0, 'name'], 'check'),
  ],
  'names that JavaScript knows': [
    set([...UNITS, 'columns', 2, 'name'], 'constructor'),
    set(['messages', 0, 'params', 0, 'name'], 'constructor'),
  ],
  'types as names': [set(['tables', 2, 'name'], 'integer'), set(['verdict'], 'integer')],
  'a reference to itself': [set([...UNITS, 'foreign-keys'], [{ name: 'units_leader', columns: [0], references: 'units' }])],
  'references in a circle': [
    set(['tables', 0, 'foreign-keys'], [{ name: 'teams_winner', columns: [0], references: 'winner' }]),
    set(['tables', 2, 'foreign-keys'], [{ name: 'winner_team', columns: [0], references: 'teams' }]),
  ],
  'checks with one name in two tables': [set(['tables', 2, 'checks'], [{ name: 'units_hp', all: [compare(0, 'equal', 1)] }])],
  'numeric(1,0)': [set([...UNITS, 'columns', 4, 'type'], { numeric: { precision: 1, scale: 0 } })],
  'numeric(1000,1000)': [set([...UNITS, 'columns', 4, 'type'], { numeric: { precision: 1000, scale: 1000 } })],
  'a constant of every type': [
    set(
      [...UNITS, 'checks', 0, 'all'],
      [
        compare(0, 'not-equal', { $integer: '9223372036854775807' }),
        compare(2, 'less', 32767),
        compare(3, 'equal', false),
        compare(4, 'greater', '-12345678.90'),
        compare(5, 'less-or-equal', 2.5),
        compare(6, 'not-equal', '00000000-0000-0000-0000-00000000000f'),
        compare(7, 'greater-or-equal', '2026-02-28'),
        compare(8, 'less', '2026-02-28 23:59:59.5+00'),
        compare(9, 'not-equal', { $bytes: 'AP8=' }),
        compare(10, 'is-not-null', null),
        compare(11, 'equal', 'é'),
        compare(13, 'is-null', null),
      ],
    ),
  ],
  'a whole float for double precision': [set([...UNITS, 'checks', 0, 'all'], [compare(5, 'less', 5)])],
  '1024 tables': [
    many(['tables'], 1024, {
      name: 't%',
      columns: [column('id', 'integer')],
      'primary-key': [0],
      indexes: [],
      checks: [],
      'foreign-keys': [],
    }),
    set(['verdict'], 't7'),
  ],
  '4096 kinds': [many(['messages'], 4096, { name: 'k%', params: [] })],
}

/** Tables as the digest has them: constants of JSON become values. */
function toValues(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toValues)
  const object = value as Record<string, unknown>
  if ('$integer' in object) return BigInt(object['$integer'] as string)
  if ('$bytes' in object) return new Uint8Array(Buffer.from(String(object['$bytes']), 'base64'))
  return Object.fromEntries(Object.entries(object).map(([key, one]) => [key, toValues(one)]))
}

const EDITS =
  'Each case begins with `base` and applies its edits in order: `value` is set at the path; without `value` what is there is removed; with `times` an array of that many copies is set, each with % replaced by its number from 0.'

writeVectors(
  'manifest',
  `Manifests that load under the default profile, and their schema digests: protocol §6. ${EDITS}`,
  Object.entries(accepted).map(([title, edits]) => ({
    name: title,
    edits,
    schemaDigest: hex(tagged('foldb/schema/v1', oracle(toValues(apply(edits).tables)))),
  })),
  base,
)

const check = (...conditions: unknown[]): Edit => set([...UNITS, 'checks', 0, 'all'], conditions)
const constant = (at: number, value: unknown): Edit[] => [check(compare(at, 'equal', value))]
const CONSTANT = 'tables[1].checks[0].all[0].operand.constant'

const refused: Record<string, [Edit[], string]> = {
  'a field missing': [[drop([...UNITS, 'checks'])], 'tables[1].checks'],
  'an unknown field': [[set([...UNITS, 'comment'], '')], 'tables[1]'],
  'primary_key for primary-key': [[drop([...UNITS, 'primary-key']), set([...UNITS, 'primary_key'], [0])], 'tables[1].primary-key'],
  'a name that is a number': [[set([...UNITS, 'name'], 5)], 'tables[1].name'],
  'tables as an object': [[set(['tables'], {})], 'tables'],
  'nullable as a text': [[set([...UNITS, 'columns', 0, 'nullable'], 'false')], 'tables[1].columns[0].nullable'],
  'a column number of 2^31': [[set([...UNITS, 'primary-key'], [2147483648])], 'tables[1].primary-key[0]'],
  'a column number of -1': [[set([...UNITS, 'primary-key'], [-1])], 'tables[1].primary-key[0]'],
  'a column number of 0.5': [[set([...UNITS, 'primary-key'], [0.5])], 'tables[1].primary-key[0]'],
  'an unknown type': [[set([...UNITS, 'columns', 0, 'type'], 'serial')], 'tables[1].columns[0].type'],
  'a type with another payload': [[set([...UNITS, 'columns', 0, 'type'], { varchar: 5 })], 'tables[1].columns[0].type.numeric'],
  'numeric without payload': [[set([...UNITS, 'columns', 4, 'type'], 'numeric')], 'tables[1].columns[4].type'],
  'an unknown comparison': [[check({ column: 0, comparison: 'like', operand: { constant: 1 } })], 'tables[1].checks[0].all[0].comparison'],
  'an unknown operand': [
    [check({ column: 0, comparison: 'equal', operand: { parameter: 1 } })],
    'tables[1].checks[0].all[0].operand.constant',
  ],
  'an operand of both': [
    [check({ column: 0, comparison: 'equal', operand: { constant: 1, column: 1 } })],
    'tables[1].checks[0].all[0].operand',
  ],

  'an empty name': [[set(['name'], '')], 'name'],
  'a name of 129 bytes': [[set(['name'], name(129))], 'name'],
  'a version with a newline': [[set(['version'], '1\n')], 'version'],
  'a table of 59 bytes': [[set(['tables', 2, 'name'], name(59))], 'tables[2].name'],
  'a column of 64 bytes': [[set([...UNITS, 'columns', 2, 'name'], name(64))], 'tables[1].columns[2].name'],
  'an index of 64 bytes': [[set([...UNITS, 'indexes', 0, 'name'], name(64))], 'tables[1].indexes[0].name'],
  'a view of 64 bytes': [[set(['views', 0, 'name'], name(64))], 'views[0].name'],
  'a check of 64 bytes': [[set([...UNITS, 'checks', 0, 'name'], name(64))], 'tables[1].checks[0].name'],
  'a foreign key of 64 bytes': [[set([...UNITS, 'foreign-keys', 0, 'name'], name(64))], 'tables[1].foreign-keys[0].name'],
  'a kind of 65 bytes': [[set(['messages', 0, 'name'], name(65))], 'messages[0].name'],
  'a table with a capital': [[set(['tables', 2, 'name'], 'Winner')], 'tables[2].name'],
  'a table with a hyphen': [[set(['tables', 2, 'name'], 'the-winner')], 'tables[2].name'],
  'a table beyond ASCII': [[set(['tables', 2, 'name'], 'gewinnér')], 'tables[2].name'],
  'a table with a quote': [[set(['tables', 2, 'name'], 'a"b')], 'tables[2].name'],
  'an empty table name': [[set(['tables', 2, 'name'], '')], 'tables[2].name'],
  '__proto__ as a column': [[set([...UNITS, 'columns', 2, 'name'], '__proto__')], 'tables[1].columns[2].name'],
  'a table of PostgreSQL': [[set(['tables', 2, 'name'], 'pg_class')], 'tables[2].name'],
  'an index of PostgreSQL': [[set([...UNITS, 'indexes', 0, 'name'], 'pg_x')], 'tables[1].indexes[0].name'],
  'a view of PostgreSQL': [[set(['views', 0, 'name'], 'pg_tables')], 'views[0].name'],
  ...Object.fromEntries(
    ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'].map((system): [string, [Edit[], string]] => [
      `the system column ${system}`,
      [[set([...UNITS, 'columns', 2, 'name'], system)], 'tables[1].columns[2].name'],
    ]),
  ),
  'two tables of one name': [[set(['tables', 2, 'name'], 'units')], 'tables[2].name'],
  'two columns of one name': [[set([...UNITS, 'columns', 2, 'name'], 'team')], 'tables[1].columns[2].name'],
  'two indexes of one name': [[set([...UNITS, 'indexes', 1, 'name'], 'units_team')], 'tables[1].indexes[1].name'],
  'indexes of one name in two tables': [[set([...UNITS, 'indexes', 0, 'name'], 'teams_name')], 'tables[1].indexes[0].name'],
  'an index with the name of a table': [[set([...UNITS, 'indexes', 0, 'name'], 'teams')], 'tables[1].indexes[0].name'],
  'a table with the name of an index before it': [[set(['tables', 2, 'name'], 'units_team')], 'tables[2].name'],
  'a table with the name of a primary key': [[set(['tables', 2, 'name'], 'units_pkey')], 'tables[2].name'],
  'an index with the name of a primary key': [[set([...UNITS, 'indexes', 0, 'name'], 'teams_pkey')], 'tables[1].indexes[0].name'],
  'a primary key with the name of an index before it': [[set(['tables', 0, 'indexes', 0, 'name'], 'units_pkey')], 'tables[1].name'],
  'a view with the name of a table': [[set(['views', 0, 'name'], 'units')], 'views[0].name'],
  'a view with the name of an index': [[set(['views', 0, 'name'], 'units_team')], 'views[0].name'],
  'a check with the name of an index': [[set([...UNITS, 'checks', 0, 'name'], 'units_team')], 'tables[1].checks[0].name'],
  'a check with the name of the primary key': [[set([...UNITS, 'checks', 0, 'name'], 'units_pkey')], 'tables[1].checks[0].name'],
  'a foreign key with the name of a check': [[set([...UNITS, 'foreign-keys', 0, 'name'], 'units_hp')], 'tables[1].foreign-keys[0].name'],
  'two kinds of one name': [[set(['messages', 1, 'name'], 'move')], 'messages[1].name'],
  'two parameters of one name': [[set(['messages', 0, 'params', 2, 'name'], 'x')], 'messages[0].params[2].name'],
  'two genesis parameters of one name': [[set(['genesis', 1, 'name'], 'seed')], 'genesis[1].name'],
  'a parameter with a capital': [[set(['messages', 0, 'params', 0, 'name'], 'Unit')], 'messages[0].params[0].name'],
  'a parameter of another type': [[set(['messages', 0, 'params', 0, 'type'], 'bigint')], 'messages[0].params[0].type'],
  'an empty view': [[set(['views', 0, 'query'], '')], 'views[0].query'],
  'a view with U+0000': [[set(['views', 0, 'query'], 'SELECT\u00001')], 'views[0].query'],

  'no columns': [[set(['tables', 2, 'columns'], [])], 'tables[2].columns'],
  'no primary key': [[set([...UNITS, 'primary-key'], [])], 'tables[1].primary-key'],
  'a primary key past the columns': [[set([...UNITS, 'primary-key'], [14])], 'tables[1].primary-key[0]'],
  'a primary key with a column twice': [[set([...UNITS, 'primary-key'], [0, 0])], 'tables[1].primary-key'],
  'a nullable primary key': [[set([...UNITS, 'primary-key'], [0, 11])], 'tables[1].primary-key[1]'],
  'a primary key of double precision': [
    [set([...UNITS, 'columns', 5, 'nullable'], false), set([...UNITS, 'primary-key'], [0, 5])],
    'tables[1].primary-key[1]',
  ],
  'a primary key of jsonb': [
    [set([...UNITS, 'columns', 10, 'nullable'], false), set([...UNITS, 'primary-key'], [0, 10])],
    'tables[1].primary-key[1]',
  ],
  'an index without columns': [[set([...UNITS, 'indexes', 0, 'columns'], [])], 'tables[1].indexes[0].columns'],
  'an index past the columns': [[set([...UNITS, 'indexes', 0, 'columns'], [1, 14])], 'tables[1].indexes[0].columns[1]'],
  'an index with a column twice': [[set([...UNITS, 'indexes', 0, 'columns'], [1, 2, 1])], 'tables[1].indexes[0].columns'],
  'an index of jsonb': [[set([...UNITS, 'indexes', 0, 'columns'], [1, 10])], 'tables[1].indexes[0].columns[1]'],
  'numeric(0,0)': [
    [set([...UNITS, 'columns', 4, 'type'], { numeric: { precision: 0, scale: 0 } })],
    'tables[1].columns[4].type.numeric.precision',
  ],
  'numeric(1001,0)': [
    [set([...UNITS, 'columns', 4, 'type'], { numeric: { precision: 1001, scale: 0 } })],
    'tables[1].columns[4].type.numeric.precision',
  ],
  'numeric(3,4)': [
    [set([...UNITS, 'columns', 4, 'type'], { numeric: { precision: 3, scale: 4 } })],
    'tables[1].columns[4].type.numeric.scale',
  ],

  'a reference to no table': [[set([...UNITS, 'foreign-keys', 0, 'references'], 'guilds')], 'tables[1].foreign-keys[0].references'],
  'a reference to a view': [[set([...UNITS, 'foreign-keys', 0, 'references'], 'alive_units')], 'tables[1].foreign-keys[0].references'],
  'a reference of another type': [[set([...UNITS, 'foreign-keys', 0, 'columns'], [0])], 'tables[1].foreign-keys[0].columns[0]'],
  'a reference of too many columns': [[set([...UNITS, 'foreign-keys', 0, 'columns'], [1, 2])], 'tables[1].foreign-keys[0].columns'],
  'a reference of too few columns': [[set(['tables', 0, 'primary-key'], [0, 1])], 'tables[1].foreign-keys[0].columns'],
  'a reference without an index': [[set([...UNITS, 'foreign-keys', 0, 'columns'], [13])], 'tables[1].foreign-keys[0].columns'],
  'a reference with a partial index': [
    [set([...UNITS, 'indexes', 0, 'where'], [compare(3, 'equal', true)])],
    'tables[1].foreign-keys[0].columns',
  ],
  'a reference that does not begin its index': [[set([...UNITS, 'indexes', 0, 'columns'], [5, 1])], 'tables[1].foreign-keys[0].columns'],
  'a reference of numeric with another scale': [
    [
      set(['tables', 0, 'columns', 0, 'type'], { numeric: { precision: 10, scale: 0 } }),
      set([...UNITS, 'columns', 1, 'type'], { numeric: { precision: 10, scale: 2 } }),
    ],
    'tables[1].foreign-keys[0].columns[0]',
  ],
  'a reference without columns': [[set([...UNITS, 'foreign-keys', 0, 'columns'], [])], 'tables[1].foreign-keys[0].columns'],

  'a check without conditions': [[check()], 'tables[1].checks[0].all'],
  'a condition past the columns': [[check(compare(14, 'equal', 1))], 'tables[1].checks[0].all[0].column'],
  'a condition on a column past the columns': [
    [check({ column: 0, comparison: 'equal', operand: { column: 14 } })],
    'tables[1].checks[0].all[0].operand.column',
  ],
  'a condition on columns of two types': [
    [check({ column: 1, comparison: 'equal', operand: { column: 2 } })],
    'tables[1].checks[0].all[0].operand.column',
  ],
  'jsonb compared': [constant(10, '{}'), 'tables[1].checks[0].all[0].comparison'],
  'is-null with a constant': [[check(compare(5, 'is-null', 1))], 'tables[1].checks[0].all[0].operand'],
  'is-null with a column': [[check({ column: 5, comparison: 'is-null', operand: { column: 5 } })], 'tables[1].checks[0].all[0].operand'],
  'equal to null': [constant(2, null), CONSTANT],
  'a text for smallint': [constant(2, '5'), CONSTANT],
  'a fraction for smallint': [constant(2, 2.5), CONSTANT],
  '32768 for smallint': [constant(2, 32768), CONSTANT],
  '1 for boolean': [constant(3, 1), CONSTANT],
  'numeric without its scale': [constant(4, '1'), CONSTANT],
  'numeric as a number': [constant(4, 1), CONSTANT],
  'numeric that overflows': [constant(4, '123456789.00'), CONSTANT],
  'numeric -0': [constant(4, '-0.00'), CONSTANT],
  'an integer beyond 2^53 for double precision': [constant(5, { $integer: '9007199254740993' }), CONSTANT],
  'an uuid in capitals': [constant(6, '00000000-0000-0000-0000-00000000000F'), CONSTANT],
  'a date that is none': [constant(7, '2026-02-29'), CONSTANT],
  'a timestamp in another zone': [constant(8, '2026-02-28 23:59:59+01'), CONSTANT],
  'a text for bytea': [constant(9, 'AA'), CONSTANT],
  'text with U+0000': [constant(11, 'a\u0000'), CONSTANT],
  $float: [constant(5, { $float: 'NaN' }), CONSTANT],
  'a small $integer': [constant(2, { $integer: '5' }), CONSTANT],
  'a partial index with a constant of another type': [
    [set([...UNITS, 'indexes', 1, 'where', 0, 'operand', 'constant'], 'yes')],
    'tables[1].indexes[1].where[0].operand.constant',
  ],

  'a verdict that is no table': [[set(['verdict'], 'alive_units')], 'verdict'],
  '1025 tables': [
    [many(['tables'], 1025, { name: 't%', columns: [], 'primary-key': [], indexes: [], checks: [], 'foreign-keys': [] })],
    'tables',
  ],
  '1025 columns': [[many(['tables', 2, 'columns'], 1025, column('c%', 'integer'))], 'tables[2].columns'],
  '33 indexes': [[many(['tables', 2, 'indexes'], 33, { name: 'i%', columns: [0], unique: false, where: [] })], 'tables[2].indexes'],
  '129 checks': [[many(['tables', 2, 'checks'], 129, { name: 'c%', all: [compare(0, 'equal', 1)] })], 'tables[2].checks'],
  '33 foreign keys': [
    [many(['tables', 2, 'foreign-keys'], 33, { name: 'f%', columns: [0], references: 'teams' })],
    'tables[2].foreign-keys',
  ],
  '65 conditions': [[many([...UNITS, 'checks', 0, 'all'], 65, compare(2, 'equal', 1))], 'tables[1].checks[0].all'],
  '33 columns in an index': [
    [
      many(['tables', 2, 'columns'], 40, column('c%', 'integer')),
      set(['tables', 2, 'indexes'], [{ name: 'wide', columns: Array.from({ length: 33 }, (_, i) => i), unique: false, where: [] }]),
    ],
    'tables[2].indexes[0].columns',
  ],
  '257 parameters': [[many(['messages', 0, 'params'], 257, param('p%', 'integer'))], 'messages[0].params'],
  '257 genesis parameters': [[many(['genesis'], 257, param('p%', 'integer'))], 'genesis'],
  '4097 kinds': [[many(['messages'], 4097, { name: 'k%', params: [] })], 'messages'],
  '1 000 000 kinds': [[many(['messages'], 1_000_000, { name: 'k%', params: [] })], 'messages'],
  '257 views': [[many(['views'], 257, { name: 'v%', query: 'SELECT 1' })], 'views'],
}

writeVectors(
  'invalid/manifest',
  `Manifests that do not load under the default profile, and the path that is refused first: protocol §6. ${EDITS}`,
  Object.entries(refused).map(([title, [edits, path]]) => ({ name: title, edits, path })),
  base,
)
