/** Puts what came back and what to do into one message. */
export function withAdvice(what: string, advice: string | undefined): string {
  if (advice === undefined) return what;
  return `${/[.!?…]$/.test(what) ? what : `${what}.`} ${advice}`;
}
