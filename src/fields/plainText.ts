/** Control characters other than tab and line feed: never part of what people write. */
const CONTROLS = /[^\P{Cc}\t\n]/u;
/** Half a character: JSON can carry it, UTF-8 cannot. */
const LONE_SURROGATE = /\p{Cs}/u;

/** Text of several lines as it is kept: without spaces around it, its line ends `\n`. */
export function tidied(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

/** Whether the text can be stored and printed: it has no control characters other than tab and line feed, and no half characters. */
export function isPlain(text: string): boolean {
  return !CONTROLS.test(text) && !LONE_SURROGATE.test(text);
}

/** The length in code points, so that 200 letters are 200 letters in every script. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
