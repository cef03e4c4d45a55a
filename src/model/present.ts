/** The value with every `null` and `undefined` member left out, as our interfaces have it: absent is not known. */
export type Present<Wire> = {
  readonly [Key in keyof Wire as undefined extends Wire[Key] ? never : null extends Wire[Key] ? never : Key]: Wire[Key];
} & {
  readonly [
    Key in keyof Wire as undefined extends Wire[Key] ? Key : null extends Wire[Key] ? Key : never
  ]?: NonNullable<Wire[Key]>;
};

/** Leaves out every member that is `null` or `undefined`. */
export function present<Wire extends object>(wire: Wire): Present<Wire> {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wire)) if (value !== null && value !== undefined) known[name] = value;
  return known as Present<Wire>;
}
