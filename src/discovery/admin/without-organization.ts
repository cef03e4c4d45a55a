/** What is missing of a snapshot without the organization. */
export const WITHOUT_ORGANIZATION =
  'The organization was not read: nothing ties the users of the products to accounts, to the identity provider, or to each other';
