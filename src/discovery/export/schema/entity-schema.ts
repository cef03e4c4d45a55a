import { z } from 'zod';

/** The schema of an attribute: one that may be absent is `exactOptional`, since JSON has no `undefined`. */
type Attribute<Entity, Key extends keyof Entity> =
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- true where the attribute may be absent
  Record<never, never> extends Pick<Entity, Key>
    ? z.ZodExactOptional<z.ZodType<Exclude<Entity[Key], undefined>>>
    : z.ZodType<Entity[Key]>;

/** One schema for each attribute of an entity: one too many or too few does not compile. */
export type Shape<Entity> = { readonly [Key in keyof Entity]-?: Attribute<Entity, Key> };

/** An object that keeps members it does not know: a later version may have added them. */
export function objectOf<Entity extends object>(shape: Shape<Entity>): z.ZodType<Entity> {
  return z.looseObject(shape) as unknown as z.ZodType<Entity>;
}

/** An entity of one kind. */
export function entityOf<Entity extends { readonly type: string }>(
  type: Entity['type'],
  shape: Omit<Shape<Entity>, 'type'>,
): z.ZodType<Entity> {
  return objectOf({ type: z.literal(type), ...shape } as unknown as Shape<Entity>);
}

/** A string, marked as an id of some kind. */
export function id<Id extends string = string>(): z.ZodType<Id> {
  return z.string() as unknown as z.ZodType<Id>;
}

/** A word of which some are known today. Another one is no fault. */
export function word<Words extends string>(...known: readonly string[]): z.ZodType<Words> {
  return z.string().meta({ examples: [...known] }) as unknown as z.ZodType<Words>;
}

/** An attribute that may be absent. */
export function optional<Value>(schema: z.ZodType<Value>): z.ZodExactOptional<z.ZodType<Value>> {
  return z.exactOptional(schema);
}

/** Any number of them. */
export function many<Value>(schema: z.ZodType<Value>): z.ZodType<readonly Value[]> {
  return z.array(schema);
}

/** Any string. */
export const text = (): z.ZodType<string> => z.string();
/** An instant of ISO 8601, with its offset. */
export const instant = (): z.ZodType<string> => z.iso.datetime({ offset: true });
/** Text that may be absent. */
export const optionalText = (): z.ZodExactOptional<z.ZodType<string>> => optional(text());
/** A flag that may be absent, which is not the same as false. */
export const optionalFlag = (): z.ZodExactOptional<z.ZodType<boolean>> => optional(z.boolean());
/** A number that may be absent. */
export const optionalNumber = (): z.ZodExactOptional<z.ZodType<number>> => optional(z.number());
