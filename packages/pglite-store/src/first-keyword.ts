/** The word that tells which kind of statement a text is: PostgreSQL's grammar decides by it alone. */

/** The first word in lower case, past blanks, comments and opening parentheses; '' when there is none. */
export function firstKeyword(sql: string): string {
  let at = 0
  for (;;) {
    const rest = sql.slice(at, at + 2)
    if (rest === '--') at = lineEnd(sql, at)
    else if (rest === '/*') at = commentEnd(sql, at)
    else if (rest !== '' && ' \t\n\r\f\v('.includes(rest[0] as string)) at++
    else break
  }
  return (/^[A-Za-z_]+/.exec(sql.slice(at, at + 64))?.[0] ?? '').toLowerCase()
}

function lineEnd(sql: string, from: number): number {
  const found = sql.slice(from).search(/[\r\n]/)
  return found < 0 ? sql.length : from + found
}

/** Comments nest. */
function commentEnd(sql: string, from: number): number {
  let depth = 0
  let at = from
  while (at < sql.length) {
    const pair = sql.slice(at, at + 2)
    if (pair === '/*') depth++
    if (pair === '*/') depth--
    at += pair === '/*' || pair === '*/' ? 2 : 1
    if (depth === 0) return at
  }
  return at
}
