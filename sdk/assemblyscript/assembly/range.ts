/// The part of an index that a scan visits: `new Range().from(a).before(b).limited(10).reversed()`.
import { Values } from './value'

export enum Bound {
  open,
  inclusive,
  exclusive,
}

export class Range {
  lowerBound: Bound = Bound.open
  lower: Values | null = null
  upperBound: Bound = Bound.open
  upper: Values | null = null
  limit: u32 = 0
  descending: bool = false

  /// The rows whose index columns begin with these values.
  static of(prefix: Values): Range {
    return new Range().from(prefix).upTo(prefix)
  }

  from(values: Values): Range {
    this.lowerBound = Bound.inclusive
    this.lower = values
    return this
  }
  after(values: Values): Range {
    this.lowerBound = Bound.exclusive
    this.lower = values
    return this
  }
  upTo(values: Values): Range {
    this.upperBound = Bound.inclusive
    this.upper = values
    return this
  }
  before(values: Values): Range {
    this.upperBound = Bound.exclusive
    this.upper = values
    return this
  }
  /// At most this many rows, counted after the order is applied; 0 means all.
  limited(rows: u32): Range {
    this.limit = rows
    return this
  }
  /// The whole order backwards, the primary key included.
  reversed(): Range {
    this.descending = true
    return this
  }
}
