import { z } from 'zod';
import { lazySchema } from '../../../model/lazy-schema.js';
import type {
  BitbucketGrant,
  BitbucketGroup,
  BitbucketProject,
  BitbucketRepository,
  BitbucketUser,
  BitbucketWorkspace,
} from '../../entities/bitbucket-entities.js';
import { entityOf, id, many, optional, optionalFlag, optionalText, text, word } from './entity-schema.js';
import { principalSchema } from './principal-schema.js';

/** The kinds of Bitbucket. */
export const bitbucketSchemas = lazySchema(() => ({
  'bitbucket.workspace': entityOf<BitbucketWorkspace>('bitbucket.workspace', {
    id: text(),
    slug: text(),
    name: text(),
    private: optionalFlag(),
    forkingMode: optionalText(),
  }),
  'bitbucket.user': entityOf<BitbucketUser>('bitbucket.user', {
    id: id(),
    key: id(),
    uuid: optionalText(),
    email: optionalText(),
    name: text(),
    displayName: optionalText(),
    active: z.boolean(),
    deleted: z.boolean(),
    addedAt: optionalText(),
    lastAccessedAt: optionalText(),
  }),
  'bitbucket.group': entityOf<BitbucketGroup>('bitbucket.group', {
    id: text(),
    name: text(),
    defaultPermission: optional(word('read', 'write', 'admin')),
    memberIds: optional(many(id())),
  }),
  'bitbucket.project': entityOf<BitbucketProject>('bitbucket.project', {
    id: text(),
    key: text(),
    name: text(),
    description: optionalText(),
    private: optionalFlag(),
    hasPubliclyVisibleRepositories: optionalFlag(),
  }),
  'bitbucket.repository': entityOf<BitbucketRepository>('bitbucket.repository', {
    id: text(),
    slug: text(),
    fullName: text(),
    name: text(),
    description: optionalText(),
    private: optionalFlag(),
    projectKey: optionalText(),
    forkPolicy: optional(word('allow_forks', 'no_public_forks', 'no_forks')),
    mainBranch: optionalText(),
    inheritsRules: optionalFlag(),
    grants: z.enum(['explicit', 'effective', 'unread']),
    defaultBranchProtected: optionalFlag(),
    allowAutoMergeWhenBuildsPass: optionalFlag(),
    requirePassingBuildsToMerge: optionalFlag(),
    enforceMergeChecks: optionalFlag(),
    requireApprovalsToMerge: optionalFlag(),
    requireDefaultReviewerApprovalsToMerge: optionalFlag(),
    requireTasksToBeCompleted: optionalFlag(),
  }),
  'bitbucket.grant': entityOf<BitbucketGrant>('bitbucket.grant', {
    id: text(),
    principal: principalSchema(),
    on: z.enum(['workspace', 'project', 'repository']),
    resourceId: text(),
    level: word('read', 'write', 'create-repo', 'admin', 'owner', 'member', 'collaborator'),
    basis: z.enum(['explicit', 'effective']),
    projectKey: optionalText(),
  }),
}));
