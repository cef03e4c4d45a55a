import type { OpenQuestion } from './access-path.js';
import { doubtAbout, type Evaluation, STANDING_UNREAD } from './evaluation.js';
import type { PeopleReach } from './people-reach.js';

/** What leaves open who has one of these levels on a resource, besides those who are known to. */
export function openOn(
  evaluation: Evaluation,
  resource: number,
  reach: PeopleReach,
  bits: number,
  administrators: boolean,
): OpenQuestion[] {
  const asked = evaluation
    .questionsOn(resource)
    .filter(({ mask, administration }) => (mask & bits) !== 0 && (administrators || !administration))
    .map(({ open }) => open);
  const doubts = new Map<string, OpenQuestion>();
  for (const edge of evaluation.doubtfulOn(resource, administrators)) {
    if ((edge.maybe & ~edge.mask & bits) === 0) continue;
    const doubt = doubtAbout(edge);
    doubts.set(`${doubt.message} ${doubt.about?.id ?? ''}`, doubt);
  }
  const suspended = reach.hasDoubtful(bits) ? [STANDING_UNREAD] : [];
  return [...new Set([...asked, ...doubts.values(), ...suspended])];
}
