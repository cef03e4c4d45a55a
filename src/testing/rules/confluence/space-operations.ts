/** Everything that classic permissions and roles can allow in a space, as `key/target`, with what it is called. */
export const SPACE_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['read/space', 'View space'],
  ['create/page', 'Create pages'],
  ['create/blogpost', 'Create blog posts'],
  ['create/comment', 'Create comments'],
  ['create/attachment', 'Create attachments'],
  ['delete/page', 'Delete pages'],
  ['delete/blogpost', 'Delete blog posts'],
  ['delete/comment', 'Delete comments'],
  ['delete/attachment', 'Delete attachments'],
  ['archive/page', 'Archive pages'],
  ['restrict_content/space', 'Restrict content'],
  ['export/space', 'Export space'],
  ['delete/space', 'Delete space'],
  ['administer/space', 'Administer space'],
]);

/** To see the space at all. Everything else needs it. */
export const READ = 'read/space';

/** To change who may do what in the space. */
export const ADMINISTER = 'administer/space';

/** All of them. */
export const EVERYTHING: readonly string[] = [...SPACE_OPERATIONS.keys()];
