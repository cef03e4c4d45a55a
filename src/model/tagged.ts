declare const tag: unique symbol;

/** A `Base` that only code which names `Name` can make, so that ids of different things do not mix. */
export type Tagged<Base, Name extends string> = Base & { readonly [tag]: Readonly<Record<Name, never>> };
