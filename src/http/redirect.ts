/** Where an answer points to. Only within the origin may a credential go along. */
export type Redirect =
  | { readonly sameOrigin: true; readonly target: URL }
  | { readonly sameOrigin: false; readonly target: URL | undefined };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Reads the redirect out of an answer, if it is one.
 *
 * `fetch` is told not to follow any; one that did all the same is believed only as far as its own origin.
 */
export function redirectOf(response: Response, url: string): Redirect | undefined {
  if (response.redirected && URL.canParse(response.url) && new URL(response.url).origin !== new URL(url).origin)
    return { sameOrigin: false, target: new URL(response.url) };
  if (response.type === 'opaqueredirect') return { sameOrigin: false, target: undefined };
  if (!REDIRECTS.has(response.status)) return undefined;

  const location = response.headers.get('location') ?? '';
  if (location === '' || !URL.canParse(location, url)) return { sameOrigin: false, target: undefined };
  const target = new URL(location, url);
  const sameOrigin = target.origin === new URL(url).origin && target.username === '' && target.password === '';
  return { sameOrigin, target };
}
