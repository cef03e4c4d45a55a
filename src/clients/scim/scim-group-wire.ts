import type { JsonObject } from '../../model/json.js';
import { z } from 'zod';
import type { ScimGroupId, ScimUserId } from '../../model/ids.js';
import { present } from '../../model/present.js';
import type { ScimGroup, ScimGroupInput } from './scim-group.js';
import { SCIM_GROUP_SCHEMA } from './scim-urns.js';
import { lazySchema } from '../../model/lazy-schema.js';

const text = lazySchema(() => z.string().nullish());

const wireGroupSchema = lazySchema(() =>
  z.looseObject({
    id: z.string().min(1),
    displayName: z.string(),
    externalId: text(),
    members: z
      .array(z.looseObject({ value: z.string().min(1), display: text(), type: text(), $ref: text() }))
      .nullish(),
    meta: z.looseObject({ created: text(), lastModified: text(), location: text() }).nullish(),
  }),
);

type WireGroup = z.infer<ReturnType<typeof wireGroupSchema>>;
type WireMember = NonNullable<WireGroup['members']>[number];

/** Schema of a Group that becomes a {@link ScimGroup}. */
export const scimGroupSchema = lazySchema((): z.ZodType<ScimGroup> => wireGroupSchema().transform(toScimGroup));

function toScimGroup(wire: WireGroup): ScimGroup {
  const members = wire.members ?? [];
  const nested = members.filter(isGroup);

  return {
    id: wire.id as ScimGroupId,
    displayName: wire.displayName,
    ...present({
      externalId: wire.externalId,
      createdAt: wire.meta?.created,
      lastModifiedAt: wire.meta?.lastModified,
      location: wire.meta?.location,
    }),
    members: members
      .filter((member) => !isGroup(member))
      .map(({ value, display }) => ({ id: value as ScimUserId, ...present({ display }) })),
    ...(nested.length > 0 && {
      nestedGroups: nested.map(({ value, display }) => ({ id: value as ScimGroupId, ...present({ display }) })),
    }),
  };
}

/** `type` is optional (RFC 7643 section 4.2); `$ref` tells where it is left out. */
function isGroup({ type, $ref }: WireMember): boolean {
  if (type !== null && type !== undefined) return type.toLowerCase() === 'group';
  return $ref?.includes('/Groups/') ?? false;
}

/** The body of a POST or PUT. `members` is left out where no ids are given at all. */
export function toWireGroup({ displayName, externalId, memberIds }: ScimGroupInput): JsonObject {
  const members = memberIds?.map((value) => ({ value }));
  return { schemas: [SCIM_GROUP_SCHEMA], displayName, ...present({ externalId, members }) };
}
