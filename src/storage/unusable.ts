/** The database cannot be used as it is; `message` says in one line what to do. */
export class UnusableDatabase extends Error {}
