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
  return Object.fromEntries(
    Object.entries(wire).filter(([, value]) => value !== null && value !== undefined),
  ) as Present<Wire>;
}
