import { isProvisionerError } from '../errors/is-provisioner-error.js';

/**
 * Waits for the taking away of one thing, and takes a 404 for done where an earlier attempt of the same call got no clear
 * answer. That one may have taken it away, and either way it is not there.
 */
export async function goneByUs(removing: Promise<void>): Promise<void> {
  try {
    await removing;
  } catch (error) {
    if (!isProvisionerError(error, 'not_found') || !error.answerLost) throw error;
  }
}
