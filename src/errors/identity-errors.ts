import type { GroupRef } from '../model/group.js';
import type { IdSource } from '../model/identity.js';
import type {
  AtlassianAccountId,
  OrgDirectoryId,
  OrgGroupId,
  ScimDirectoryId,
  ScimGroupId,
  ScimUserId,
} from '../model/ids.js';
import { ProvisionerError } from './provisioner-error.js';

/** One of several people that an id could mean, by ids alone. */
export interface IdentityCandidate {
  readonly scimUserId?: ScimUserId;
  /** Directory of the record, where a provisioning link named it. */
  readonly scimDirectoryId?: ScimDirectoryId;
  readonly accountId?: AtlassianAccountId;
  readonly foundIn: IdSource;
}

/** One of several groups that a name could mean. */
export interface GroupCandidate {
  readonly name: string;
  readonly scimGroupId?: ScimGroupId;
  readonly orgGroupId?: OrgGroupId;
  readonly orgDirectoryId?: OrgDirectoryId;
  readonly foundIn: 'scim' | 'organization';
}

/** The names of the ids a person can be looked up by. */
export type IdentityRefKind = 'email' | 'userName' | 'externalId' | 'scimUserId' | 'accountId';

/** No record and no account has the id. The message names the kind of id, and its value is not kept. */
export class IdentityNotFoundError extends ProvisionerError {
  override readonly name = 'IdentityNotFoundError';
  declare readonly code: 'identity_not_found';
  readonly refKind: IdentityRefKind;

  constructor(refKind: IdentityRefKind) {
    super('identity_not_found', `No record and no account has the given ${refKind}`, {
      advice:
        'Check the value and that the directory and the organization are the right ones; new people take a while.',
    });
    this.refKind = refKind;
  }
}

/** Two records or two accounts have the id; which one was meant is not guessed. */
export class IdentityAmbiguousError extends ProvisionerError {
  override readonly name = 'IdentityAmbiguousError';
  declare readonly code: 'identity_ambiguous';
  readonly candidates: readonly IdentityCandidate[];

  constructor(what: string, candidates: readonly IdentityCandidate[]) {
    super('identity_ambiguous', `${what}: ${candidates.map(describeIdentity).join('; ')}`, {
      advice: 'Name the person by a SCIM id or an account id, or correct one of the two.',
    });
    this.candidates = candidates;
  }
}

/** Neither the directory nor the organization has the group. */
export class GroupNotFoundError extends ProvisionerError {
  override readonly name = 'GroupNotFoundError';
  declare readonly code: 'group_not_found';
  readonly ref: GroupRef;

  constructor(ref: GroupRef, searched: readonly ('scim' | 'organization')[]) {
    const places = searched.map((place) => (place === 'scim' ? 'the SCIM directory' : 'the organization'));
    super('group_not_found', `${describeGroupRef(ref)} is not in ${places.join(' and not in ')}`, {
      advice: 'Groups are not created: check the name, and wait if the group is new.',
    });
    this.ref = ref;
  }
}

/** Two groups have the name; which one was meant is not guessed. */
export class GroupAmbiguousError extends ProvisionerError {
  override readonly name = 'GroupAmbiguousError';
  declare readonly code: 'group_ambiguous';
  readonly ref: GroupRef;
  readonly candidates: readonly GroupCandidate[];

  constructor(ref: GroupRef, candidates: readonly GroupCandidate[]) {
    super('group_ambiguous', `${describeGroupRef(ref)} can be ${candidates.map(describeGroup).join(' or ')}`, {
      advice: 'Name the group by its id, or rename one of the two.',
    });
    this.ref = ref;
    this.candidates = candidates;
  }
}

function describeIdentity({ scimUserId, scimDirectoryId, accountId, foundIn }: IdentityCandidate): string {
  return [
    ...(scimUserId === undefined ? [] : [`SCIM record ${scimUserId}`]),
    ...(scimDirectoryId === undefined ? [] : [`of directory ${scimDirectoryId}`]),
    ...(accountId === undefined ? [] : [`account ${accountId}`]),
    `(${foundIn})`,
  ].join(' ');
}

function describeGroupRef(ref: GroupRef): string {
  if ('name' in ref) return `Group "${ref.name}"`;
  return 'scimGroupId' in ref ? `SCIM group ${ref.scimGroupId}` : `Group ${ref.orgGroupId}`;
}

function describeGroup({ scimGroupId, orgGroupId, orgDirectoryId }: GroupCandidate): string {
  const scim = scimGroupId === undefined ? [] : [`SCIM group ${scimGroupId}`];
  const directory = orgDirectoryId === undefined ? '' : ` of directory ${orgDirectoryId}`;
  const organization = orgGroupId === undefined ? [] : [`group ${orgGroupId}${directory}`];
  return [...scim, ...organization].join(' and ');
}
