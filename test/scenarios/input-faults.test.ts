import { describe, expect } from 'vitest';
import { test } from './support.js';

/** An input that does not fit, and the words by which its message must name each fault. */
interface Fault {
  readonly action: 'syncIdentity' | 'manageRelationships' | 'onboard' | 'changeRole';
  readonly what: string;
  readonly input: unknown;
  readonly named: readonly string[];
}

const identity = { email: 'rosa@acme.com' };
const CONTROL = 'a\u0000b';

const FAULTS: readonly Fault[] = [
  { action: 'syncIdentity', what: 'nothing', input: undefined, named: ['input:'] },
  { action: 'syncIdentity', what: 'no object', input: 'rosa@acme.com', named: ['input:'] },
  { action: 'syncIdentity', what: 'no email', input: {}, named: ['email:'] },
  { action: 'syncIdentity', what: 'an empty email', input: { email: ' ' }, named: ['email: must not be empty'] },
  { action: 'syncIdentity', what: 'no address', input: { email: 'rosa' }, named: ['email: must be one email address'] },
  {
    action: 'syncIdentity',
    what: 'two addresses',
    input: { email: 'a@acme.com,b@acme.com' },
    named: ['email: must be one email address'],
  },
  ...[
    ['a zero-width space', 'q\u200b@acme.com', 'must not hold invisible characters'],
    ['a mark that turns the direction', '\u202eq@acme.com', 'must not hold invisible characters'],
    ['two dots in a domain', 'q@acme..com', 'must end in a domain'],
    ['a hyphen at the start of a domain', 'q@-acme.com', 'must end in a domain'],
    ['no dot in a domain', 'q@acme', 'must end in a domain'],
    ['a dot at the start', '.q@acme.com', 'must not begin or end with a dot'],
    ['two dots before the @', 'q..r@acme.com', 'must not begin or end with a dot'],
    ['a Cyrillic letter in a Latin domain', 'q@\u0430cme.com', 'must not mix alphabets'],
  ].flatMap(([what = '', email = '', named = '']): Fault[] => [
    { action: 'syncIdentity', what: `an email with ${what}`, input: { email }, named: [`email: ${named}`] },
    { action: 'onboard', what: `an email with ${what}`, input: { email }, named: [`email: ${named}`] },
  ]),
  {
    action: 'syncIdentity',
    what: 'a field in another case',
    input: { email: 'rosa@acme.com', displayname: 'Rosa' },
    named: ['"displayname" is not known; did you mean "displayName"?'],
  },
  {
    action: 'manageRelationships',
    what: 'no identity, in words',
    input: { requireBoth: 'yes', add: 'berth-crew' },
    named: ['requireBoth: must be a boolean', 'add: must be an array'],
  },
  { action: 'syncIdentity', what: 'null as email', input: { email: null }, named: ['email:'] },
  {
    action: 'syncIdentity',
    what: 'many faults at once',
    input: {
      email: 'rosa',
      name: 1,
      displayName: '',
      givenName: CONTROL,
      familyName: ['Quell'],
      jobTitle: true,
      department: {},
      organization: '   ',
      timezone: 'x'.repeat(1025),
      preferredLanguage: Number.NaN,
      nickname: '\n',
      externalId: '',
      createAllowed: 'no',
      reactivate: 1,
      allowUnclaimedDomain: null,
      identity: {},
    },
    named: [
      'email:',
      'name:',
      'displayName: must not be empty',
      'givenName: must not hold control characters',
      'familyName:',
      'jobTitle:',
      'department:',
      'organization: must not be empty',
      'timezone: must be at most 1,024 characters',
      'preferredLanguage:',
      'nickname: must not be empty',
      'externalId: must not be empty',
      'createAllowed:',
      'reactivate:',
      'allowUnclaimedDomain:',
      'identity: must hold exactly one of email, userName, externalId, scimUserId, accountId',
    ],
  },
  {
    action: 'syncIdentity',
    what: 'an unknown field',
    input: { email: 'rosa@acme.com', jobTitel: 'Lead' },
    named: ['jobTitel'],
  },
  { action: 'syncIdentity', what: 'active', input: { email: 'rosa@acme.com', active: true }, named: ['`active`'] },
  {
    action: 'syncIdentity',
    what: 'an identity of two ids',
    input: { email: 'rosa@acme.com', identity: { email: 'a@acme.com', externalId: 'e-1' } },
    named: ['identity: must hold exactly one of'],
  },
  {
    action: 'manageRelationships',
    what: 'no identity, and lists that are none',
    input: { add: 'berth-crew', remove: {} },
    named: ['identity:', 'add:', 'remove:'],
  },
  {
    action: 'manageRelationships',
    what: 'groups that are none',
    input: { identity, add: ['', 5, { name: '' }, {}, { name: 'a', scimGroupId: 'b' }, { orgGroupId: 'a b' }] },
    named: ['add.0:', 'add.1:', 'add.2.name:', 'add.3:', 'add.4:', 'add.5.orgGroupId:'],
  },
  {
    action: 'manageRelationships',
    what: 'a route that is none',
    input: { identity, add: [{ name: 'berth-crew', route: 'jira' }] },
    named: ['add.0:'],
  },
  {
    action: 'manageRelationships',
    what: 'too many groups',
    input: { identity, add: Array.from({ length: 1001 }, (_, index) => `g-${String(index)}`) },
    named: ['add: must be at most 1,000 groups'],
  },
  {
    action: 'manageRelationships',
    what: 'an unknown field and a flag that is none',
    input: { identity, groups: ['berth-crew'], requireBoth: 'yes' },
    named: ['groups', 'requireBoth:'],
  },
  {
    action: 'onboard',
    what: 'faults of the person and of the groups at once',
    input: { email: 'rosa', jobTitle: 1, groups: [''], requireBoth: 1, add: [] },
    named: ['email:', 'jobTitle:', 'groups.0:', 'requireBoth:', 'add'],
  },
  {
    action: 'onboard',
    what: 'active and an unknown field',
    input: { email: 'rosa@acme.com', active: true, jobTitel: 'Lead' },
    named: ['`active` is not an input', '"jobTitel"'],
  },
  {
    action: 'changeRole',
    what: 'faults of the attributes and of the groups at once',
    input: { identity: {}, attributes: { jobTitle: '', email: 'a@acme.com' }, add: [7], remove: 'x' },
    named: ['identity:', 'attributes.jobTitle:', 'attributes: `email` is not an attribute here', 'add.0:', 'remove:'],
  },
  {
    action: 'changeRole',
    what: 'active among the attributes',
    input: { identity, attributes: { active: false } },
    named: ['attributes: `active` is not an input'],
  },
];

describe.for(FAULTS)('$action with $what', ({ action, input, named }) => {
  test('is refused with every fault by its field, and nothing is sent', async ({ fake, atlassian }) => {
    const call = atlassian[action].bind(atlassian) as (given: unknown) => Promise<unknown>;

    const refusal: unknown = await call(input).catch((error: unknown) => error);

    expect(refusal).toMatchObject({ code: 'request_invalid', message: expect.stringContaining(action) });
    for (const words of named) expect((refusal as Error).message).toContain(words);
    expect(fake.requests).toHaveLength(0);
  });

  test('is refused by plan in the same way', async ({ fake, atlassian }) => {
    const refusal = atlassian.plan(action, input as never);

    await expect(refusal).rejects.toMatchObject({ code: 'request_invalid' });
    expect(fake.requests).toHaveLength(0);
  });
});

test('a fault is told without the value that has it', async ({ atlassian }) => {
  const refusal = atlassian.syncIdentity({
    email: 'secret-address',
    jobTitle: `secret-title${CONTROL}`,
    identity: { email: 'secret' },
  });

  await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
});

test('white space around a value is cut off', async ({ fake, atlassian }) => {
  fake.addGroup({ name: 'berth-crew' });

  await atlassian.onboard({ email: ' rosa@acme.com ', displayName: ' Rosa Quell ', groups: [' berth-crew '] });

  expect(fake.user('rosa@acme.com')).toMatchObject({ displayName: 'Rosa Quell', groups: ['berth-crew'] });
});

test('undefined is as good as not given', async ({ fake, atlassian }) => {
  fake.addUser({ email: 'rosa@acme.com', title: 'Lead' });

  const result = await atlassian.syncIdentity({
    email: 'rosa@acme.com',
    jobTitle: undefined,
    identity: undefined,
    reactivate: undefined,
  });

  expect(result.outcome).toBe('unchanged');
});
