import { tablesConformance } from './testing/tables-conformance.ts'
import { createTables } from './tables.ts'

tablesConformance('createTables', createTables)
