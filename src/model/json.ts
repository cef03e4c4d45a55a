/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonObject | JsonValue[] | readonly JsonValue[];

/** A JSON object: names to {@link JsonValue}. Interfaces and literals of that shape fit it. */
export type JsonObject = { [Key in string]: JsonValue };
