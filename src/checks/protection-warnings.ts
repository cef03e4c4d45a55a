import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { IdMapper } from '../identity/id-mapper.js';
import type { IdentityRef } from '../model/identity.js';
import type { Capability, ConfigurationReport } from './configuration-report.js';

/** The lists of the guard, as configured. */
export interface ProtectedLists {
  readonly identities: readonly IdentityRef[];
  readonly groups: readonly string[];
}

/**
 * Adds to a report which entries of `guard.protect` are found nowhere: a slip in one protects nobody, in silence.
 *
 * An entry is named by its place in the list, for it is personal data. What cannot be looked up is not warned of.
 *
 * @throws `aborted` when the caller's signal ended it, and nothing else.
 */
export async function withProtectionWarnings(
  report: ConfigurationReport,
  { identities, groups }: ProtectedLists,
  mapper: IdMapper,
  call: CallOptions,
): Promise<ConfigurationReport> {
  const works = (capability: Capability): boolean =>
    report.capabilities.some((check) => check.capability === capability && check.status === 'works');
  const placeOf = (best: Capability): Capability | undefined => [best, 'scim.read' as const].find(works);
  const forPeople = identities.length === 0 ? undefined : placeOf('users.search');
  const forGroups = groups.length === 0 ? undefined : placeOf('groups.search');

  const people = forPeople === undefined ? [] : await orNone(mapper.observeMany(identities, call));
  const found =
    forGroups === undefined
      ? []
      : await orNone(
          mapper.resolveGroups(
            groups.map((name) => ({ name })),
            call,
          ),
        );
  const warnings = [
    ...people.flatMap(({ status }, index) =>
      status === 'not_found' ? [[forPeople, nobody('identities', index, 'nobody')] as const] : [],
    ),
    ...found.flatMap((one, index) =>
      one.status !== 'resolved' && one.error.code === 'group_not_found'
        ? [[forGroups, nobody('groups', index, 'no group')] as const]
        : [],
    ),
  ];
  return {
    ...report,
    capabilities: report.capabilities.map((check) => ({
      ...check,
      warnings: [
        ...check.warnings,
        ...warnings.filter(([capability]) => capability === check.capability).map(([, warning]) => warning),
      ],
    })),
  };
}

/** A check reports, and does not fail: what cannot be read by now is left open. */
async function orNone<Found>(looking: Promise<readonly Found[]>): Promise<readonly Found[]> {
  try {
    return await looking;
  } catch (error) {
    if (isProvisionerError(error) && error.code !== 'aborted') return [];
    throw error;
  }
}

function nobody(list: 'identities' | 'groups', index: number, what: string): string {
  return `\`guard.protect.${list}[${String(index)}]\` names ${what} that is to be found, so it protects nothing: check it for a slip.`;
}
