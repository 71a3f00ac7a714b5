/** Control characters other than tab and line feed; no text that people write contains them. */
const CONTROLS = /[^\P{Cc}\t\n]/u;
/** Half of a surrogate pair. JSON can carry it, UTF-8 cannot. */
const LONE_SURROGATE = /\p{Cs}/u;

/** Returns text of several lines as it is stored: trimmed, with `\n` as line end. */
export function tidied(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

/**
 * Tells whether the text can be stored and printed: it has no control characters other than tab and line feed, and no
 * lone surrogates.
 */
export function isPlain(text: string): boolean {
  return !CONTROLS.test(text) && !LONE_SURROGATE.test(text);
}

/** Returns the length in code points, so that 200 letters are 200 letters in every script. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
