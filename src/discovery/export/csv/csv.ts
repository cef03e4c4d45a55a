import { valueAt } from '../../../http/response-faults.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { csvLine } from './csv-text.js';
import { csvColumns, partOf, type CsvTable } from './csv-tables.js';

/**
 * Writes one table as CSV (RFC 4180, CRLF), line by line, the names of the columns first.
 *
 * - A column is an attribute, `principal.type` one within another. What is absent is an empty cell, never `false`; an empty
 *   text is `""`.
 * - A list of words is joined by `;`. Within an item `;` and `\` have a `\` before them, and an empty item is `\-`.
 * - A list of things is a table of its own, such as `jira.projectRole.actors`, with the id of its owner in `of`.
 * - A text that a spreadsheet would take for a formula has an apostrophe before it, and so has one that begins with an
 *   apostrophe: to read a cell, drop one.
 * - UTF-8 without a byte order mark. Excel needs one: write `\uFEFF` before the first line.
 *
 * Attributes that this version does not know are in the JSON and not here.
 */
export function* toCsv(snapshot: AccessSnapshot, table: CsvTable): Generator<string, void, undefined> {
  const columns = csvColumns(table);
  const paths = columns.map((column) => column.split('.'));

  yield csvLine(columns);
  for (const row of rowsOf(snapshot, table)) yield csvLine(paths.map((path) => valueAt(row, path)));
}

function* rowsOf(snapshot: AccessSnapshot, table: CsvTable): Generator<object, void, undefined> {
  const part = partOf(table);
  if (table === 'gap') yield* snapshot.gaps;
  else if (part === undefined) yield* snapshot.entities[table as keyof AccessSnapshot['entities']];
  else
    for (const whole of snapshot.entities[part.type]) {
      const items = (valueAt(whole, [part.list]) ?? []) as readonly object[];
      for (const item of items) yield { ...item, of: whole.id };
    }
}
