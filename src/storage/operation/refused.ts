/** The operator's command cannot be done, and nothing was changed. `message` says in one line why, and what to do. */
export class OperationRefused extends Error {}
