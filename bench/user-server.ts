/** A directory with one user, in a process of its own, so that only the client's CPU is measured. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const user = JSON.stringify({
  schemas: [
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:scim:schemas:extension:atlassian-external:1.0',
  ],
  id: 'user-1',
  externalId: 'hr-1',
  userName: 'rosa@acme.com',
  active: true,
  displayName: 'Rosa Quell',
  name: { formatted: 'Rosa Quell', givenName: 'Rosa', familyName: 'Quell' },
  title: 'Planner',
  timezone: 'Europe/Lisbon',
  preferredLanguage: 'en-GB',
  emails: [{ value: 'rosa@acme.com', type: 'work', primary: true }],
  phoneNumbers: [],
  groups: Array.from({ length: 10 }, (_, index) => ({
    value: `group-${String(index)}`,
    display: `Crew ${String(index)}`,
  })),
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Harbour', organization: 'Acme' },
  'urn:scim:schemas:extension:atlassian-external:1.0': { atlassianAccountId: '712020:1' },
  meta: { resourceType: 'User', created: '2026-01-05T09:00:00Z', lastModified: '2026-01-05T09:00:00Z', location: '' },
});

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(user) });
  response.end(user);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
