/** Tables that use every kind of constraint, for the conformance suites. */
import type { Table } from '@foldb/abi'

/** Teams; units that belong to a team, follow a leader and stand on a cell of their own; and one column of every type. */
export const SAMPLE_TABLES: readonly Table[] = [
  {
    name: 'teams',
    columns: [
      { name: 'name', type: 'text', nullable: false },
      { name: 'motto', type: 'text', nullable: true },
    ],
    primaryKey: [0],
    indexes: [],
    checks: [],
    foreignKeys: [],
  },
  {
    name: 'units',
    columns: [
      { name: 'id', type: 'integer', nullable: false },
      { name: 'team', type: 'text', nullable: false },
      { name: 'x', type: 'smallint', nullable: true },
      { name: 'y', type: 'smallint', nullable: true },
      { name: 'hp', type: 'integer', nullable: true },
      { name: 'leader', type: 'integer', nullable: true },
    ],
    primaryKey: [0],
    indexes: [
      { name: 'units_cell', columns: [2, 3], unique: true, where: [] },
      { name: 'units_team', columns: [1], unique: false, where: [] },
      { name: 'units_leader', columns: [5], unique: false, where: [] },
      {
        name: 'units_champion',
        columns: [1],
        unique: true,
        where: [{ column: 4, comparison: 'greater', operand: { constant: 100 } }],
      },
    ],
    checks: [
      { name: 'hp_positive', all: [{ column: 4, comparison: 'greater-or-equal', operand: { constant: 0 } }] },
      { name: 'a_board', all: [{ column: 2, comparison: 'less', operand: { constant: 8 } }] },
    ],
    foreignKeys: [
      { name: 'units_team_fk', columns: [1], references: 'teams' },
      { name: 'units_leader_fk', columns: [5], references: 'units' },
    ],
  },
  {
    name: 'samples',
    columns: [
      { name: 'word', type: 'text', nullable: false },
      { name: 'number', type: 'smallint', nullable: false },
      { name: 'flag', type: 'boolean', nullable: true },
      { name: 'large', type: 'bigint', nullable: true },
      { name: 'real', type: 'double-precision', nullable: true },
      { name: 'price', type: { numeric: { precision: 8, scale: 2 } }, nullable: true },
      { name: 'bytes', type: 'bytea', nullable: true },
      { name: 'token', type: 'uuid', nullable: true },
      { name: 'day', type: 'date', nullable: true },
      { name: 'moment', type: 'timestamptz', nullable: true },
      { name: 'data', type: 'jsonb', nullable: true },
    ],
    primaryKey: [1, 0],
    indexes: [{ name: 'samples_real', columns: [4, 3], unique: false, where: [] }],
    checks: [],
    foreignKeys: [],
  },
]
