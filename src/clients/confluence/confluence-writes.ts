import type { RequestHeaders } from '../../http/transport.js';

/** A write of version 1 without it was seen to be refused with 403 `XSRF check failed`. Version 2 does not need it. */
export const WRITE_HEADERS: RequestHeaders = { 'x-atlassian-token': 'no-check' };
