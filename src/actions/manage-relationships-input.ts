import { z } from 'zod';
import { ProvisionerError } from '../errors/provisioner-error.js';
import { foldCase } from '../identity/identity-ref.js';
import type { IdentityRef } from '../model/identity.js';
import type { JsonObject } from '../model/json.js';
import { groupChoiceSchema, identityRefSchema, withoutUndefined, type GroupChoice } from './input-schemas.js';
import { parseInput } from './parse-input.js';
import { lazySchema } from '../model/lazy-schema.js';

/** Groups to put a person into and to take them out of. */
export interface ManageRelationshipsInput {
  readonly identity: IdentityRef;
  /** Names, or names and ids with a route. Groups must exist; none is created. */
  readonly add?: readonly (string | GroupChoice)[] | undefined;
  readonly remove?: readonly (string | GroupChoice)[] | undefined;
  /** `true` refuses a group that is not both in the SCIM directory and in the organization. Default `false`. */
  readonly requireBoth?: boolean | undefined;
}

/** The part of the input that is about groups, checked. */
export interface CheckedGroups {
  readonly add: readonly (GroupChoice & JsonObject)[];
  readonly remove: readonly (GroupChoice & JsonObject)[];
  readonly requireBoth?: boolean;
}

/** An input that was checked: JSON, in its one form. */
export type CheckedRelationshipsInput = CheckedGroups & { readonly identity: IdentityRef & JsonObject } & JsonObject;

/** A list of groups, or none. */
export const groupListSchema = lazySchema(() =>
  z.array(groupChoiceSchema()).max(1000, 'must be at most 1,000 groups').optional(),
);

/** Fields about groups, for every input that holds them. */
export const groupFields = lazySchema(() => ({
  add: groupListSchema(),
  remove: groupListSchema(),
  requireBoth: z.boolean().optional(),
}));

const inputSchema = lazySchema(() => z.strictObject({ identity: identityRefSchema(), ...groupFields() }));

/** Checks an input of manageRelationships. Throws `request_invalid` naming the fields. */
export function parseManageRelationships(input: unknown): CheckedRelationshipsInput {
  const { identity, ...groups } = parseInput('manageRelationships', inputSchema(), input);
  return { identity, ...checkedGroups('manageRelationships', groups) };
}

/** Brings the lists of groups into their one form: no group twice, none in both. */
export function checkedGroups(
  action: string,
  groups: { add?: GroupChoice[] | undefined; remove?: GroupChoice[] | undefined; requireBoth?: boolean | undefined },
): CheckedGroups {
  const add = distinct(groups.add ?? []);
  const remove = distinct(groups.remove ?? []);
  const both = remove.find((choice) => add.some((other) => keyOf(other) === keyOf(choice)));
  if (both !== undefined)
    throw new ProvisionerError(
      'request_invalid',
      `${action}: "${both.name ?? both.scimGroupId ?? both.orgGroupId ?? ''}" is in both add and remove`,
      {
        advice: 'Leave it in one of the two.',
      },
    );
  return withoutUndefined({ add, remove, requireBoth: groups.requireBoth }) as unknown as CheckedGroups;
}

function distinct(choices: readonly GroupChoice[]): GroupChoice[] {
  const byKey = new Map(choices.map((choice) => [`${keyOf(choice)} ${choice.route ?? ''}`, withoutUndefined(choice)]));
  return [...byKey.values()];
}

function keyOf({ name, scimGroupId, orgGroupId }: GroupChoice): string {
  // An id of the one side can look like one of the other, and means another group there.
  if (name !== undefined) return `name:${foldCase(name)}`;
  return scimGroupId === undefined ? `organization:${orgGroupId ?? ''}` : `scim:${scimGroupId}`;
}
