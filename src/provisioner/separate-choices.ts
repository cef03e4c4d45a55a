/**
 * Takes what one action alone is told from the options of every action.
 *
 * What is no object of options is left as it is, for the check of the options to refuse.
 */
export function separate<Options extends object, Name extends keyof Options>(
  options: Options,
  ...names: readonly Name[]
): { readonly choices: Partial<Pick<Options, Name>>; readonly run: Omit<Options, Name> } {
  const given: unknown = options;
  if (given !== undefined && (typeof given !== 'object' || given === null)) return { choices: {}, run: options };
  const isChoice = (key: string): boolean => (names as readonly PropertyKey[]).includes(key);
  const entries = Object.entries(given ?? {});
  // The entries of an object, parted in two by their names.
  return {
    choices: Object.fromEntries(entries.filter(([key]) => isChoice(key))),
    run: Object.fromEntries(entries.filter(([key]) => !isChoice(key))),
  } as { choices: Partial<Pick<Options, Name>>; run: Omit<Options, Name> };
}
