/**
 * Whether a pattern of a branch restriction matches a branch.
 *
 * `*` stands for any run of characters, an empty one too (documented), and slashes included (assumed: no exception is
 * documented). All else stands for itself: there is no `?`, no `[…]`, and `**` is `*`. Case counts (assumed).
 */
export function matchesBranchGlob(pattern: string, branch: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return branch === pattern;
  if (!branch.startsWith(start) || !branch.endsWith(end) || branch.length < start.length + end.length) return false;

  // What is between stars is found leftmost first: no later choice could leave more room for what follows.
  let from = start.length;
  for (const part of rest) {
    const at = branch.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= branch.length - end.length;
}
