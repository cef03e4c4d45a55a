import { z, type ZodType } from 'zod';
import { lazySchema } from '../../model/lazy-schema.js';
import type { LiteralUnion } from '../../model/literal-union.js';
import { present } from '../../model/present.js';
import { mapped } from '../scim/answers.js';
import type { BitbucketUserRef, BitbucketUuid } from './bitbucket-ids.js';
import { bitbucketUserSchema, type BitbucketUser } from './bitbucket-user.js';

/** What can be given on a repository. */
export type RepositoryLevel = 'read' | 'write' | 'admin';

/** What can be given on a project. All but the right to create hold for each of its repositories. */
export type ProjectLevel = RepositoryLevel | 'create-repo';

/** A level as an answer names it. `none`: no grant, in the answer about one principal. */
export type GrantedLevel = LiteralUnion<ProjectLevel | 'none'>;

/** What is granted to one person explicitly, on one repository or project. */
export interface BitbucketUserGrant {
  readonly permission: GrantedLevel;
  readonly user: BitbucketUser;
}

/** What is granted to one group explicitly, on one repository or project. */
export interface BitbucketGroupGrant {
  readonly permission: GrantedLevel;
  readonly group: {
    readonly slug: string;
    readonly name?: string;
  };
}

/** What one person can do in one repository in the end, in whatever way they came to it. */
export interface BitbucketEffectivePermission {
  /** The highest of their own, of their groups', of the project's, and of an administrator of the workspace. */
  readonly permission: LiteralUnion<RepositoryLevel>;
  readonly user: BitbucketUser;
  readonly repository: {
    readonly uuid: BitbucketUuid;
    readonly fullName?: string;
  };
}

/** An explicit grant to a person. */
export const userGrantSchema = lazySchema(() =>
  z
    .looseObject({ permission: z.string(), user: bitbucketUserSchema() })
    .transform(({ permission, user }): BitbucketUserGrant => ({ permission, user })),
);

/** An explicit grant to a group. */
export const groupGrantSchema = lazySchema(() =>
  z
    .looseObject({
      permission: z.string(),
      group: z.looseObject({ slug: z.string(), name: z.string().nullish() }),
    })
    .transform(({ permission, group }): BitbucketGroupGrant => ({
      permission,
      group: present({ slug: group.slug, name: group.name }),
    })),
);

/** The grant of one person. An answer about another one is refused: what is done next would be done to somebody else. */
export function grantOfUser(ref: BitbucketUserRef): ZodType<BitbucketUserGrant> {
  return mapped(
    userGrantSchema().refine(({ user }) => user.accountId === ref || user.uuid === ref, { path: ['user'] }),
  );
}

/** The grant of one group. An answer about another one is refused. */
export function grantOfGroup(slug: string): ZodType<BitbucketGroupGrant> {
  return mapped(groupGrantSchema().refine(({ group }) => group.slug === slug, { path: ['group', 'slug'] }));
}

/** A row of the lists of effective permissions. */
export const effectivePermissionSchema = lazySchema(() =>
  z
    .looseObject({
      permission: z.string(),
      user: bitbucketUserSchema(),
      repository: z.looseObject({ uuid: z.string(), full_name: z.string().nullish() }),
    })
    .transform(({ permission, user, repository }): BitbucketEffectivePermission => ({
      permission,
      user,
      repository: present({ uuid: repository.uuid as BitbucketUuid, fullName: repository.full_name }),
    })),
);
