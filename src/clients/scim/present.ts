/** What is left of a record when its empty properties are dropped. */
export type Present<Properties> = { [Name in keyof Properties]?: NonNullable<Properties[Name]> };

/** Drops properties that are `null` or `undefined`: on the wire both mean "not set". */
export function present<Properties extends object>(properties: Properties): Present<Properties> {
  const entries = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as Present<Properties>;
}
