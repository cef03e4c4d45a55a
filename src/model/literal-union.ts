import type { LiteralUnion as WidenedUnion } from 'type-fest';

/** The literals known today, with completion for them, and any other string a server may send tomorrow. */
export type LiteralUnion<Literal extends string> = WidenedUnion<Literal, string>;
