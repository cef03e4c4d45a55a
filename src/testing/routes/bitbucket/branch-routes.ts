import type { JsonObject } from '../../../model/json.js';
import type { AtlassianAccountId, OrgGroupId } from '../../../model/ids.js';
import { groupOfSlug } from '../../rules/bitbucket/bitbucket-groups.js';
import { accountOfRef } from '../../rules/bitbucket/bitbucket-people.js';
import { nextRuleId } from '../../rules/bitbucket/next-rule-id.js';
import type { BitbucketRepositoryRow, BranchingModelRow, BranchRuleRow } from '../../state/bitbucket-rows.js';
import { isJsonObject } from '../json-object.js';
import { json } from '../respond.js';
import { param, type FakeResponse, type Route } from '../route.js';
import { bitbucketRoute, workspaceOf, type BitbucketCall } from './admission.js';
import { noContent, refuseBitbucket } from './answers.js';
import { listPage } from './listing.js';
import { findOwnProject, findOwnRepository, findRepository } from './repository-of-path.js';
import { groupRef, userRef } from './views.js';

const RULES = '/2.0/repositories/:workspace/:repository/branch-restrictions';
const ADMIN = { oauth: ['repository:admin'], api: ['admin:repository:bitbucket'] };
const READ = { oauth: ['repository'], api: ['read:repository:bitbucket'] };
const TYPES: ReadonlySet<unknown> = new Set(['production', 'development', 'feature', 'bugfix', 'release', 'hotfix']);
/** The kinds that may exempt people and groups. */
const WITH_EXEMPTIONS: ReadonlySet<string> = new Set(['push', 'restrict_merges']);

/** Branch restrictions and branching models. */
export const BRANCH_ROUTES: readonly Route[] = [
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.list',
    method: 'GET',
    path: RULES,
    access: ADMIN,
    handle: (call) => {
      const { query } = call.context;
      const [kind, pattern] = [query.get('kind'), query.get('pattern')];
      return listPage(call.context, {
        items: rulesOf(call, findOwnRepository(call)).filter(
          (rule) => (kind === null || rule.kind === kind) && (pattern === null || rule.pattern === pattern),
        ),
        view: (rule) => ruleView(call, rule),
      });
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.create',
    method: 'POST',
    path: RULES,
    access: ADMIN,
    handle: (call) => {
      const repository = findOwnRepository(call);
      const { state } = call.context;
      const rule = readRule(call, repository, nextRuleId(state));
      refuseDuplicate(call, rule);
      state.bitbucket.rules.put(rule);
      return json(201, ruleView(call, rule));
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.get',
    method: 'GET',
    path: `${RULES}/:id`,
    access: ADMIN,
    handle: (call) => json(200, ruleView(call, findRule(call))),
  }),
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.update',
    method: 'PUT',
    path: `${RULES}/:id`,
    access: ADMIN,
    handle: (call) => {
      const rule = readRule(call, findOwnRepository(call), findRule(call).id);
      refuseDuplicate(call, rule);
      call.context.state.bitbucket.rules.put(rule);
      return json(200, ruleView(call, rule));
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.delete',
    method: 'DELETE',
    path: `${RULES}/:id`,
    access: ADMIN,
    handle: (call) => {
      call.context.state.bitbucket.rules.delete(findRule(call).id);
      return noContent();
    },
  }),
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.getModel',
    method: 'GET',
    path: '/2.0/repositories/:workspace/:repository/branching-model',
    access: READ,
    handle: (call) => modelAnswer(call, findRepository(call), 'branching_model', false),
  }),
  bitbucketRoute({
    operation: 'bitbucket.branchRestrictions.getEffectiveModel',
    method: 'GET',
    path: '/2.0/repositories/:workspace/:repository/effective-branching-model',
    access: READ,
    handle: (call) => modelAnswer(call, findRepository(call), 'effective_repo_branching_model', true),
  }),
  bitbucketRoute({
    operation: 'bitbucket.projects.getBranchingModel',
    method: 'GET',
    path: '/2.0/workspaces/:workspace/projects/:project/branching-model',
    access: { oauth: ['project:admin'], api: ['read:repository:bitbucket'] },
    handle: (call) => {
      const project = findOwnProject(call);
      const model = call.context.state.bitbucket.models.get(project.uuid) ?? standardModel(project.uuid);
      return json(200, { type: 'project_branching_model', ...modelView(model, null) });
    },
  }),
];

function rulesOf({ context: { state, switches } }: BitbucketCall, repository: BitbucketRepositoryRow): BranchRuleRow[] {
  const own = state.bitbucket.rules.findAll('placeUuid', repository.uuid);
  const inherits = !repository.overridesBranchRestrictions && switches.bitbucketProjectRules === 'shown';
  return inherits ? [...own, ...state.bitbucket.rules.findAll('placeUuid', repository.projectUuid)] : own;
}

function findRule(call: BitbucketCall): BranchRuleRow {
  const repository = findOwnRepository(call);
  const rule = call.context.state.bitbucket.rules.get(param(call.context, 'id'));
  return rule?.placeUuid === repository.uuid ? rule : refuseBitbucket(404, 'Not found');
}

function ruleView(call: BitbucketCall, rule: BranchRuleRow): JsonObject {
  const { context } = call;
  const workspace = workspaceOf(call);
  const { state, origin } = context;
  const path = `/2.0/repositories/${workspace.slug}/${param(context, 'repository')}/branch-restrictions/${rule.id}`;
  return {
    type: 'branchrestriction',
    id: Number(rule.id),
    kind: rule.kind,
    branch_match_kind: rule.matchKind,
    pattern: rule.pattern,
    ...(rule.branchType !== undefined && { branch_type: rule.branchType }),
    value: rule.value,
    users: rule.userIds.flatMap((id) => state.accounts.get(id) ?? []).map((account) => userRef(context, account)),
    groups: rule.groupIds
      .flatMap((id) => state.bitbucket.groups.get(id) ?? [])
      .map((group) => groupRef(context, workspace, group)),
    links: { self: { href: origin + path } },
  };
}

function readRule(call: BitbucketCall, { uuid }: BitbucketRepositoryRow, id: string): BranchRuleRow {
  const { body } = call.context;
  const given = body.kind === 'json' && isJsonObject(body.value) ? body.value : {};
  const matchKind = given.branch_match_kind === 'branching_model' ? 'branching_model' : 'glob';
  if (typeof given.kind !== 'string') return missing('kind');
  if (matchKind === 'glob' && typeof given.pattern !== 'string') return missing('pattern');
  if (matchKind === 'branching_model' && !TYPES.has(given.branch_type)) return missing('branch_type');
  const exempts = WITH_EXEMPTIONS.has(given.kind);
  return {
    id,
    placeUuid: uuid,
    kind: given.kind,
    matchKind,
    pattern: matchKind === 'glob' ? textOf(given.pattern) : '',
    ...(matchKind === 'branching_model' && { branchType: textOf(given.branch_type) }),
    value: typeof given.value === 'number' ? given.value : null,
    userIds: exempts ? usersOf(call, given.users) : [],
    groupIds: exempts ? groupsOf(call, given.groups) : [],
  };
}

function usersOf({ context: { state } }: BitbucketCall, given: unknown): AtlassianAccountId[] {
  return objectsOf(given).flatMap(({ account_id: accountId, uuid }) => {
    const account = accountOfRef(state, textOf(accountId ?? uuid));
    return account === undefined ? [] : [account.accountId];
  });
}

function groupsOf({ context }: BitbucketCall, given: unknown): OrgGroupId[] {
  return objectsOf(given).flatMap(({ slug }) => groupOfSlug(context, textOf(slug))?.row.groupId ?? []);
}

function objectsOf(given: unknown): JsonObject[] {
  return Array.isArray(given)
    ? given.filter((item) => isJsonObject(item as JsonObject)).map((item) => item as JsonObject)
    : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function missing(field: string): never {
  return refuseBitbucket(400, 'Bad request', { fields: { [field]: ['required key not provided'] } });
}

/** One rule a kind and pattern, or a kind and type of branch. */
function refuseDuplicate({ context: { state } }: BitbucketCall, rule: BranchRuleRow): void {
  const twin = state.bitbucket.rules
    .findAll('placeUuid', rule.placeUuid)
    .find(
      (one) =>
        one.id !== rule.id &&
        one.kind === rule.kind &&
        one.matchKind === rule.matchKind &&
        one.pattern === rule.pattern &&
        one.branchType === rule.branchType,
    );
  if (twin !== undefined) refuseBitbucket(409, 'A branch restriction of this kind and pattern exists already');
}

function modelAnswer(
  { context }: BitbucketCall,
  repository: BitbucketRepositoryRow,
  type: string,
  effective: boolean,
): FakeResponse {
  const { models } = context.state.bitbucket;
  const inherits = effective && !repository.overridesBranchingModel;
  const model = models.get(repository.uuid) ?? (inherits ? models.get(repository.projectUuid) : undefined);
  const { placeUuid: _place, ...view } = {
    placeUuid: '',
    ...modelView(model ?? standardModel(''), repository.mainBranch),
  };
  return json(200, { type, ...view });
}

/** What a repository has that nobody has configured. */
function standardModel(placeUuid: string): BranchingModelRow {
  const branchTypes = ['bugfix', 'feature', 'hotfix', 'release'].map((kind) => ({ kind, prefix: `${kind}/` }));
  return { placeUuid, development: { useMainBranch: true }, branchTypes };
}

function modelView({ development, production, branchTypes }: BranchingModelRow, mainBranch: string | null): JsonObject {
  const view = ({ name, useMainBranch = false }: BranchingModelRow['development']): JsonObject => {
    const shown = useMainBranch ? mainBranch : (name ?? null);
    return {
      name: shown,
      use_mainbranch: useMainBranch,
      ...(shown !== null && shown === mainBranch && { branch: { type: 'branch', name: shown } }),
    };
  };
  return {
    development: view(development),
    ...(production !== undefined && { production: view(production) }),
    branch_types: branchTypes.map(({ kind, prefix }) => ({ kind, prefix })),
  };
}
