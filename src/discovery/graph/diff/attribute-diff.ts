import { canonicalJson } from '../../../model/canonical-json.js';
import type { Entity } from '../../entities/entity.js';
import type { EntityType } from '../../entities/entity-type.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { hiddenBy, mayHideAccess } from '../gap-index.js';
import type { AttributeDifference } from './snapshot-diff.js';

/** The attributes of one entity that differ, and those that may differ for a gap. */
interface AttributesDiff {
  readonly changed: AttributeDifference[];
  readonly open: AttributeDifference[];
}

type DiffAttributes = (before: Entity, after: Entity, hiddenBefore: boolean, hiddenAfter: boolean) => AttributesDiff;

/** Tells whether a snapshot can lack things of a kind. */
export type Hiding = (snapshot: AccessSnapshot, type: EntityType) => (entity: Entity) => boolean;

/** Absent means "not read" for these, whatever the gaps say: it is no value that they could change to or from. */
const ABSENT_IS_UNREAD = new Set([
  'memberIds',
  'groupIds',
  'actors',
  'permissionSchemeId',
  'access',
  'anonymousAccess',
  'unlicensedAccess',
  'private',
  'defaultBranchProtected',
  'allowAutoMergeWhenBuildsPass',
  'requirePassingBuildsToMerge',
  'enforceMergeChecks',
  'requireApprovalsToMerge',
  'requireDefaultReviewerApprovalsToMerge',
  'requireTasksToBeCompleted',
  'createdAt',
  'lastLoginAt',
  'deactivatedAt',
  'changedAt',
  'email',
]);

/** As good as absent. */
const UNREAD_IF_UNKNOWN = new Set(['origin', 'writableBy', 'accountType', 'accountStatus']);

/** How a thing was read, which is nothing of the thing. */
const HOW_IT_WAS_READ = new Map<EntityType, ReadonlySet<string>>([
  ['bitbucket.repository', new Set(['grants'])],
  ['bitbucket.grant', new Set(['basis'])],
]);

/** Attributes that come of which of several lists something is in: one list that is not read makes another value. */
const FROM_LISTS = new Map<EntityType, ReadonlySet<string>>([['confluence.group', new Set(['access'])]]);

/** Attributes that are filled from things of another kind, so that another value comes where those were not read. */
const FILLED_FROM = new Map<EntityType, { readonly attributes: ReadonlySet<string>; readonly source: EntityType }>([
  ['admin.group', { attributes: new Set(['scimGroupId']), source: 'scim.user' }],
  ['jira.user', { attributes: new Set(['createdAt']), source: 'admin.user' }],
  ['bitbucket.user', { attributes: new Set(['email', 'active', 'deleted']), source: 'admin.user' }],
]);

/** Compares entities of two snapshots, attribute by attribute. What a gap of either may have brought about is left open. */
export function attributeDiff(before: AccessSnapshot, after: AccessSnapshot, hiding: Hiding): DiffAttributes {
  const lacking = new Map<EntityType, (id: string) => boolean>();
  const isFilledOtherwise = ({ type, id }: Entity, attribute: string): boolean => {
    const filled = FILLED_FROM.get(type);
    if (filled?.attributes.has(attribute) !== true) return false;
    const { source } = filled;
    const lacks = lacking.get(source) ?? lackingIn([before, after], source, hiding);
    lacking.set(source, lacks);
    return lacks(id);
  };

  return (earlier, later, hiddenBefore, hiddenAfter) => {
    const diff: AttributesDiff = { changed: [], open: [] };
    const from = new Map<string, unknown>(Object.entries(earlier));
    const to = new Map<string, unknown>(Object.entries(later));
    const { type } = later;
    for (const attribute of new Set([...from.keys(), ...to.keys()])) {
      const old = from.get(attribute);
      const now = to.get(attribute);
      if (old === now || attribute === 'type' || attribute === 'id') continue;
      if (HOW_IT_WAS_READ.get(type)?.has(attribute) === true) continue;
      if (Array.isArray(old) && Array.isArray(now)) {
        const added = without(now, old);
        const removed = without(old, now);
        // Where nothing says how a role is held, it is not known.
        const isUntold = attribute === 'obtained' && (old.length === 0 || now.length === 0);
        const sure = { added: hiddenBefore || isUntold ? [] : added, removed: hiddenAfter || isUntold ? [] : removed };
        if (sure.added.length + sure.removed.length > 0) diff.changed.push({ attribute, ...sure });
        const open = { added: sure.added === added ? [] : added, removed: sure.removed === removed ? [] : removed };
        if (open.added.length + open.removed.length > 0) diff.open.push({ attribute, ...open });
        continue;
      }
      if (canonicalJson(old ?? null) === canonicalJson(now ?? null)) continue;
      const isOpen =
        (isUnread(attribute, now) && (hiddenAfter || now !== undefined || ABSENT_IS_UNREAD.has(attribute))) ||
        (isUnread(attribute, old) && (hiddenBefore || old !== undefined || ABSENT_IS_UNREAD.has(attribute))) ||
        isOtherLevel(earlier, later, attribute) ||
        ((hiddenBefore || hiddenAfter) && FROM_LISTS.get(type)?.has(attribute) === true) ||
        isFilledOtherwise(later, attribute);
      const list = isOpen ? diff.open : diff.changed;
      list.push({ attribute, ...(old !== undefined && { from: old }), ...(now !== undefined && { to: now }) });
    }
    return diff;
  };
}

/** An effective level is the highest of all ways to it: it differs from an explicit one without any change. */
function isOtherLevel(before: Entity, after: Entity, attribute: string): boolean {
  const isGrant = before.type === 'bitbucket.grant' && after.type === 'bitbucket.grant';
  return isGrant && attribute === 'level' && before.basis !== after.basis;
}

function isUnread(attribute: string, value: unknown): boolean {
  return value === undefined || (value === 'unknown' && UNREAD_IF_UNKNOWN.has(attribute));
}

/** Whether either snapshot can lack what tells of the thing with an id. */
function lackingIn(snapshots: readonly AccessSnapshot[], source: EntityType, hiding: Hiding): (id: string) => boolean {
  // A record has an id of its own, and any of those that were not read may be the one.
  if (source === 'scim.user') {
    const isLacking = snapshots.some(
      ({ products, gaps }) => !products.includes('admin') || gaps.some((gap) => hiddenBy(gap).includes(source)),
    );
    return () => isLacking;
  }
  // Neither billing nor the time of a deactivation is among what is filled in.
  const tests = snapshots.map((one) => hiding({ ...one, gaps: one.gaps.filter(mayHideAccess) }, source));
  // People are told by their kind and id.
  return (id) => tests.some((isHidden) => isHidden({ type: source, id } as Entity));
}

/** What only the first list has. Order means nothing in the lists of a snapshot. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const keys = new Set(other.map(keyOf));
  return list.filter((item) => !keys.has(keyOf(item)));
}

function keyOf(item: unknown): string {
  return typeof item === 'string' ? item : canonicalJson(item);
}
