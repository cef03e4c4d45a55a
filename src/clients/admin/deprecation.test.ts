/* eslint-disable @typescript-eslint/no-deprecated -- that they warn and still work is what is tested */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { all, organization } from './org-test-server.js';

test('the lists that end in 2027 warn once in a process each, and still work', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const { admin, calls } = organization({ data: [] }, { data: [] }, { data: [] }, { data: [] });

  const told = once(process, 'warning');
  await all(admin.users.list({ limit: 10 }));
  await admin.users.listPage();
  await all(admin.groups.list());
  await admin.groups.listPage();
  await told;

  process.off('warning', note);
  expect(warnings).toMatchObject([
    {
      name: 'DeprecationWarning',
      code: 'ATLASSIAN_PROVISIONER_USERS_LIST',
      message: 'admin.users.list calls a list that Atlassian ends on 2027-06-30; use admin.users.search',
    },
    { name: 'DeprecationWarning', code: 'ATLASSIAN_PROVISIONER_GROUPS_LIST' },
  ]);
  expect(calls).toHaveLength(4);
});
