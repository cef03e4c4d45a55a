/** The member `total` of a page, of what an answer says. It decides nothing, so that an answer without a sound one is read. */
export function totalOf(value: unknown): { readonly total?: number } {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? { total: value } : {};
}
