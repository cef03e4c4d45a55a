import { describe, expect, test } from 'vitest';
import { baseUrlFault, normalizeBaseUrl } from './base-url.js';

describe('a base URL', () => {
  test.for([
    ['https://api.atlassian.com', 'https://api.atlassian.com'],
    ['https://api.atlassian.com/', 'https://api.atlassian.com'],
    ['HTTPS://API.Atlassian.com:443//', 'https://api.atlassian.com'],
    ['https://gateway.acme.com/atlassian/v1/', 'https://gateway.acme.com/atlassian/v1'],
    ['https://10.0.0.1:8443/x%20y/', 'https://10.0.0.1:8443/x%20y'],
    ['http://localhost:3000/scim/', 'http://localhost:3000/scim'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
  ] as const)('%s becomes %s', ([value, normal]) => {
    const result = normalizeBaseUrl(value);

    expect(result).toBe(normal);
  });

  test.for([
    ['http://api.atlassian.com', 'https'],
    ['http://localhost.evil.test', 'https'],
    ['http://127.0.0.1.evil.test', 'https'],
    ['http://127.evil.test', 'https'],
    ['http://0.0.0.0', 'https'],
    ['http://192.168.0.1', 'https'],
    ['http://[::ffff:127.0.0.1]', 'https'],
    ['http://localhost@evil.test', 'user name'],
    ['https://rosa:token@api.atlassian.com', 'user name'],
    ['https://api.atlassian.com?token=x', 'query'],
    ['https://api.atlassian.com/?', 'query'],
    ['https://api.atlassian.com/#', 'query'],
    ['ftp://api.atlassian.com', 'https://'],
    ['file:///etc/passwd', 'https://'],
    ['api.atlassian.com', 'https://'],
    ['https://', 'https://'],
    ['', 'https://'],
    [' https://api.atlassian.com', 'white space'],
    ['https://api.atlas\nsian.com', 'white space'],
  ] as const)('%s is refused', ([value, why]) => {
    const fault = baseUrlFault(value);

    expect(fault).toContain(why);
  });

  test('that is refused is named by its path and not repeated', () => {
    expect(() => normalizeBaseUrl('https://rosa:hidden@acme.com', 'scim.url')).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        faults: [{ path: 'scim.url', message: 'must not hold a user name or password' }],
        message: 'The configuration is not valid: scim.url: must not hold a user name or password',
      }),
    );
  });
});
