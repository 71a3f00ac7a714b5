/** The greatest length of a link; no video service has longer addresses of its rooms. */
export const MAX_LINK_LENGTH = 500;

/**
 * Reads the link of a video room that somebody typed, and returns it in a form that calendars and mails can carry.
 *
 * @returns undefined for anything else than one https address without a user name or password in it
 */
export function readVideoLink(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^https:\/\/[^\s\p{C}]+$/iu.test(text) || !URL.canParse(text)) return undefined;
  const { username, password, href } = new URL(text);
  return username === '' && password === '' && href.length <= MAX_LINK_LENGTH ? href : undefined;
}
