/** No room of a video service has a longer address. */
export const MAX_LINK_LENGTH = 500;

/**
 * The link of a video room that somebody typed, as calendars and mails can carry it.
 *
 * @returns undefined for anything else than one https address without a user name or password in it
 */
export function readVideoLink(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^https:\/\/[^\s\p{C}]+$/iu.test(text) || !URL.canParse(text)) return undefined;
  const { username, password, href } = new URL(text);
  return username === '' && password === '' && href.length <= MAX_LINK_LENGTH ? href : undefined;
}
