/** Version of the package, for the `User-Agent`. A test holds it against `package.json`. */
export const PACKAGE_VERSION = '0.1.0';

/** What the SDK calls itself to servers. */
export const USER_AGENT = `atlassian-provisioner/${PACKAGE_VERSION}`;
