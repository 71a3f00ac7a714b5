/** Hides a text in another one that only this program can open: for what a browser keeps for us. */
export interface Sealer {
  /** @param about what it belongs to; it opens only where the same is said. The result is safe in a cookie. */
  seal(text: string, about: string): string;
  /** The text; undefined if it was not sealed here, was changed, or is about something else. */
  open(sealed: string, about: string): string | undefined;
}
