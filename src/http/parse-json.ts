/** A text that is no JSON. */
export class NotJson {
  /** What it is instead, as far as that can be said without quoting it. */
  readonly looksLike: 'HTML' | 'text';

  constructor(looksLike: 'HTML' | 'text') {
    this.looksLike = looksLike;
  }
}

/**
 * Parses a body: `undefined` for an empty one, {@link NotJson} for one that is none.
 *
 * Drops what could reach a prototype once it is copied: members named `__proto__`, and `constructor` members that hold a
 * `prototype`. No Atlassian attribute has such a name.
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (POLLUTING.some((sign) => text.includes(sign))) dropPolluting(value);
    return value;
  } catch {
    return new NotJson(/^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text) ? 'HTML' : 'text');
  }
}

/** Signs that a body may hold such names; a letter of them may be escaped, as in `"\u005f_proto__"`. */
const POLLUTING = ['__proto__', '"constructor"', String.raw`\u00`];

/** Without recursion: a hostile body nests deeper than the stack. */
function dropPolluting(root: unknown): void {
  const pending = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      if (key === '__proto__' || (key === 'constructor' && holdsPrototype(member))) Reflect.deleteProperty(value, key);
      else pending.push(member);
    }
  }
}

function holdsPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
