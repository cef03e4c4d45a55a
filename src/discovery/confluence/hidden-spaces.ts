import type { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';
import type { ConfluenceEntity } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import { gap } from '../reading/gap-of-error.js';
import type { ReadSession } from '../reading/read-session.js';

/** Grants on the spaces that were listed are not among it: those were read. */
const HIDDEN_SPACES = { name: 'hidden spaces', hides: ['confluence.space'] } as const;

/**
 * Says that spaces may be hidden from the user of the token, unless an admin key was good to the end of the reading.
 *
 * Nothing else shows that all were listed: an administrator too is told of no space that they may not view (documented).
 * At the gateway a key was seen to do nothing.
 */
export async function* hiddenSpaces(
  client: ConfluenceClient,
  session: ReadSession<'confluence'>,
): AsyncGenerator<ConfluenceEntity | Gap, void, undefined> {
  const why = await whyHidden(client, session.call);
  if (why === undefined) return;
  yield gap('confluence', HIDDEN_SPACES, {
    what: 'not-shown',
    reason: 'truncated',
    message: `${why}: spaces that the user of the token may not view are in no list`,
    advice:
      'On Premium and Enterprise, turn the admin key on, and read with `ConfluenceClient.withAdminKey` on the host of the site.',
  });
}

async function whyHidden(client: ConfluenceClient, call: CallOptions): Promise<string | undefined> {
  if (!client.usesAdminKey) return 'Confluence was read without an admin key';
  if (client.isAtGateway) return 'Confluence was read through the gateway, where an admin key was seen to do nothing';
  try {
    const key = await client.instance.findAdminKey(call);
    return key === undefined ? 'The admin key was not on when Confluence had been read' : undefined;
  } catch (error) {
    if (!isProvisionerError(error) || error.code === 'aborted') throw error;
    return 'Whether the admin key was on could not be read';
  }
}
