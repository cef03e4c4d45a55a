/** The literals known today, with completion for them, and any other string a server may send tomorrow. */
export type LiteralUnion<Literal extends string, Base extends string = string> =
  Literal | (Base & Record<never, never>);
