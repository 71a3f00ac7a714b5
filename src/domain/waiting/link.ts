/** The secret link of an entry: its id, and what only SECRET makes of it, so that nothing of it is stored. */
interface WaitingLink {
  readonly entryId: string;
  /** To be checked against `linkIdOf(entryId)`. */
  readonly secret: string;
}

/** Returns under which name the secret of an entry is made; no booking has it. */
export function linkIdOf(entryId: string): string {
  return `waiting ${entryId}`;
}

/** @param tokenFor makes the secret of a name */
export function waitTokenOf(entryId: string, tokenFor: (name: string) => string): string {
  return `${entryId}.${tokenFor(linkIdOf(entryId))}`;
}

/** Splits a token; undefined: it is none. */
export function parseWaitToken(token: string): WaitingLink | undefined {
  const [, entryId, secret] = /^([0-9a-z-]{1,64})\.([\w-]{1,100})$/.exec(token) ?? [];
  return entryId === undefined || secret === undefined ? undefined : { entryId, secret };
}
