import { expect, test } from 'vitest';
import { FakeAtlassian } from '../fake-atlassian.js';

/** Calls as JavaScript has them, without types. */
const MISSPELT: readonly (readonly [words: string, call: (fake: FakeAtlassian) => unknown])[] = [
  ['addUser of the fake has no "mail". Did you mean "email"?', (fake) => fake.addUser(untyped({ mail: 'x' }))],
  ['addAccount of the fake has no "state". Did you mean "status"?', (fake) => fake.addAccount(untyped({ state: 'x' }))],
  [
    'addGroup of the fake has no "member". Did you mean "members"?',
    (fake) => fake.addGroup(untyped({ name: 'crew', member: [] })),
  ],
  [
    'addDomain of the fake has no "claim". Did you mean',
    (fake) => fake.addDomain('acme.com', untyped({ claim: true })),
  ],
  ['addKey of the fake has no "scope". Did you mean "scopes"?', (fake) => fake.addKey(untyped({ scope: [] }))],
  [
    'addProduct of the fake has no "zzzzzz". It has key, site,',
    (fake) => fake.addSite('acme', [untyped({ key: 'confluence', zzzzzz: 1 })]),
  ],
  [
    'addJiraProject of the fake has no "Lead". Did you mean "lead"?',
    (fake) => fake.addJiraProject(untyped({ key: 'DOCK', Lead: 'x' })),
  ],
  [
    'addConfluenceSpace of the fake has no "role". Did you mean "roles"?',
    (fake) => fake.addConfluenceSpace(untyped({ key: 'TIDES', role: {} })),
  ],
  [
    'addRepository of the fake has no "grant". Did you mean "grants"?',
    (fake) => fake.addRepository(untyped({ project: 'OPS', name: 'api', grant: {} })),
  ],
  [
    'changeUser of the fake has no "titel". Did you mean "title"?',
    (fake) => fake.changeUser('rosa@acme.com', untyped({ titel: 'x' })),
  ],
  [
    'failNext of the fake has no "stauts". Did you mean "status"?',
    (fake) => fake.failNext('scim.users.get', untyped({ stauts: 500 })),
  ],
  ['fail of the fake has no "time". Did you mean "times"?', (fake) => fake.fail('*', untyped({ time: 2 }))],
  [
    '`switches` of the fake has no "readdMembr". Did you mean "readdMember"?',
    () => new FakeAtlassian({ switches: untyped({ readdMembr: 409 }) }),
  ],
  [
    '`lags` of the fake has no "roleRead". Did you mean "roleReadMs"?',
    () => new FakeAtlassian({ lags: untyped({ roleRead: 1 }) }),
  ],
  [
    'The constructor of the fake has no "switch". Did you mean "switches"?',
    () => new FakeAtlassian(untyped({ switch: {} })),
  ],
];

function untyped(value: object): never {
  return value as never;
}

test.for(MISSPELT)('a misspelt name is refused: %s', ([words, call]) => {
  const fake = new FakeAtlassian();

  expect(() => call(fake)).toThrow(words);
});

test('a misspelt switch or lag that is set later is refused too', () => {
  const fake = new FakeAtlassian();

  expect(() => Object.assign(fake.switches, { readdMembr: 409 })).toThrow(TypeError);
  expect(() => Object.assign(fake.lags, { roleRead: 1 })).toThrow(TypeError);
});
