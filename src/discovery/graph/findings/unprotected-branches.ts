import type { GraphIndexes } from '../access-graph.js';
import { nodeOf } from '../node-of.js';
import type { Finding } from './finding.js';

/** Repositories whose default branch no rule protects. Where the rules were not read, nothing is said. */
export function* unprotectedBranches(graph: GraphIndexes): Generator<Finding, void, undefined> {
  for (const repository of graph.snapshot.entities['bitbucket.repository']) {
    const { defaultBranchProtected, mainBranch, inheritsRules, fullName, id } = repository;
    // An empty repository has no branch to protect.
    if (defaultBranchProtected !== false || mainBranch === undefined) continue;
    const certain = inheritsRules === false;
    const apply = inheritsRules === true ? 'apply' : 'may apply';
    const proviso = certain ? '' : ` of its own; rules of the project ${apply} too, and no public API shows them`;
    yield {
      id: `unprotected-branch:${id}`,
      kind: 'unprotected-branch',
      severity: repository.private === false ? 'high' : 'medium',
      subjects: [nodeOf(repository)],
      message: `The default branch ${mainBranch} of ${fullName} has no rule${proviso}`,
      evidence: [],
      certain,
    };
  }
}
