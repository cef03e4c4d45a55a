import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Who did something. */
export interface OrgEventActor {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly authType?: LiteralUnion<
    'container-token' | 'api-token' | 'connect-token' | 'auth-token-for-2LO' | 'auth-token-for-3LO'
  >;
  readonly tokenId?: string;
  readonly tokenLabel?: string;
  /** The app that acted. */
  readonly appId?: string;
  /** For whom the actor acted. */
  readonly onBehalfOf?: { readonly id: string; readonly name?: string; readonly email?: string };
}

/** Something that an event is about. */
export interface OrgEventObject {
  readonly id: string;
  readonly type?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Where an event came from. */
export interface OrgEventLocation {
  readonly ip?: string;
  readonly city?: string;
  readonly regionName?: string;
  readonly countryName?: string;
}

/** One entry of the organization's audit log. */
export interface OrgEvent {
  readonly id: string;
  /** ISO 8601 instant at which it happened. */
  readonly time: string;
  /** ISO 8601 instant at which it reached the log; in the stream only, which is ordered by it. */
  readonly processedAt?: string;
  /** An id of {@link OrgEventAction}. */
  readonly action: string;
  readonly actor: OrgEventActor;
  readonly context: readonly OrgEventObject[];
  readonly container: readonly OrgEventObject[];
  readonly location?: OrgEventLocation;
  /** The event in words; described as encrypted. */
  readonly message?: { readonly content?: string; readonly format?: string };
}

/** A kind of event. Its id is what the `action` filter takes. */
export interface OrgEventAction {
  readonly id: string;
  readonly displayName?: string;
  readonly groupDisplayName?: string;
}

const actorSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      name: z.string().nullish(),
      email: z.string().nullish(),
      auth: z
        .looseObject({
          authType: z.string().nullish(),
          tokenId: z.string().nullish(),
          tokenLabel: z.string().nullish(),
        })
        .nullish(),
      app: z.looseObject({ id: z.string() }).nullish(),
      onBehalfOf: z
        .looseObject({ id: z.string(), name: z.string().nullish(), email: z.string().nullish() })
        .transform(({ id, name, email }) => present({ id, name, email }))
        .nullish(),
    })
    .transform((wire): OrgEventActor =>
      present({
        id: wire.id,
        name: wire.name,
        email: wire.email,
        authType: wire.auth?.authType,
        tokenId: wire.auth?.tokenId,
        tokenLabel: wire.auth?.tokenLabel,
        appId: wire.app?.id,
        onBehalfOf: wire.onBehalfOf,
      }),
    ),
);

const objectSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      type: z.string().nullish(),
      attributes: z.record(z.string(), z.unknown()).nullish(),
    })
    .transform((wire): OrgEventObject => present({ id: wire.id, type: wire.type, attributes: wire.attributes ?? {} })),
);

const locationSchema = lazySchema(() =>
  z
    .looseObject({
      ip: z.string().nullish(),
      city: z.string().nullish(),
      regionName: z.string().nullish(),
      countryName: z.string().nullish(),
    })
    .transform(({ ip, city, regionName, countryName }): OrgEventLocation =>
      present({ ip, city, regionName, countryName }),
    ),
);

const messageSchema = lazySchema(() =>
  z
    .looseObject({ content: z.string().nullish(), format: z.string().nullish() })
    .transform(({ content, format }) => present({ content, format })),
);

/** One event, of the filtered list and of the stream. */
export const orgEventSchema = lazySchema(() =>
  z
    .looseObject({
      id: z.string(),
      attributes: z.looseObject({
        time: z.string(),
        processedAt: z.string().nullish(),
        action: z.string(),
        actor: actorSchema(),
        context: z.array(objectSchema()).nullish(),
        container: z.array(objectSchema()).nullish(),
        location: locationSchema().nullish(),
      }),
      message: messageSchema().nullish(),
    })
    .transform(({ id, attributes, message }): OrgEvent =>
      present({
        id,
        time: attributes.time,
        processedAt: attributes.processedAt,
        action: attributes.action,
        actor: attributes.actor,
        context: attributes.context ?? [],
        container: attributes.container ?? [],
        location: attributes.location,
        message,
      }),
    ),
);

/** Answer of `GET …/events/{eventId}`. */
export const orgEventAnswerSchema = lazySchema(() =>
  z.looseObject({ data: orgEventSchema() }).transform(({ data }) => data),
);

/** Answer of `GET …/event-actions`. */
export const orgEventActionsSchema = lazySchema(() =>
  z
    .looseObject({
      data: z.array(
        z
          .looseObject({
            id: z.string(),
            attributes: z
              .looseObject({ displayName: z.string().nullish(), groupDisplayName: z.string().nullish() })
              .nullish(),
          })
          .transform(({ id, attributes }): OrgEventAction =>
            present({
              id,
              displayName: attributes?.displayName,
              groupDisplayName: attributes?.groupDisplayName,
            }),
          ),
      ),
    })
    .transform(({ data }): readonly OrgEventAction[] => data),
);
