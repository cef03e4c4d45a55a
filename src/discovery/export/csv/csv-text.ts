/** One line of the file, with its end (RFC 4180: CRLF). An absent value is an empty cell, an empty text a quoted one. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);

  const text = defused(Array.isArray(value) ? joined(value) : textOf(value));
  return text === '' || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180, and what separates cells where the comma is in numbers: unquoted, what follows it would start one. */
const NEEDS_QUOTES = /[",;\t\r\n]/;

/** Spreadsheets take such a text for a formula, some of them the full-width signs too. */
const FORMULA = /^['=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** An apostrophe goes before it, and before a text that has one already: one less gives the text back. */
function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Joins by `;`. A `;` or `\` within an item has a `\` before it, and an item without a character is `\-`. */
function joined(items: readonly unknown[]): string {
  return items.map((item) => (item === '' ? '\\-' : textOf(item).replaceAll(/[;\\]/g, '\\$&'))).join(';');
}

/** What a version that does not know the attribute yet cannot flatten stays readable as JSON. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
