/** PostgreSQL's array text, `{1,"a b",NULL,{…}}`, as nested JavaScript arrays: https://www.postgresql.org/docs/18/arrays.html */

/** Reads a whole array; `decode` gets each element that is not null. */
export function decodeArray(text: string, decode: (element: string) => unknown): unknown[] {
  // Bounds that do not begin at 1 come first: `[0:1]={…}`.
  const reader = { text, at: text.indexOf('{') + 1 }
  return readElements(reader, decode)
}

interface Reader {
  readonly text: string
  at: number
}

/** PostgreSQL allows six dimensions, so the recursion is bounded. */
function readElements(reader: Reader, decode: (element: string) => unknown): unknown[] {
  const elements: unknown[] = []
  while (reader.text[reader.at] !== '}') {
    if (reader.text[reader.at] === ',') reader.at++
    elements.push(readElement(reader, decode))
  }
  reader.at++
  return elements
}

function readElement(reader: Reader, decode: (element: string) => unknown): unknown {
  const first = reader.text[reader.at]
  if (first === '{') {
    reader.at++
    return readElements(reader, decode)
  }
  if (first === '"') return decode(readQuoted(reader))
  const start = reader.at
  while (!',}'.includes(reader.text[reader.at] ?? '}')) reader.at++
  const element = reader.text.slice(start, reader.at)
  return element === 'NULL' ? null : decode(element)
}

function readQuoted(reader: Reader): string {
  let element = ''
  reader.at++
  while (reader.text[reader.at] !== '"') {
    if (reader.text[reader.at] === '\\') reader.at++
    element += reader.text[reader.at++]
  }
  reader.at++
  return element
}
