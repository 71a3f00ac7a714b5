/** What the operator asked for cannot be done, and nothing was changed; `message` says in one line why, and what to do. */
export class OperationRefused extends Error {}
