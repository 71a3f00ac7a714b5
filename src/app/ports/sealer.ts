/** Encrypts texts that a browser or the database keeps for the program, so that only the program can read them. */
export interface Sealer {
  /** Seals a text; the result is safe in a cookie. @param about the purpose; `open` needs the same */
  seal(text: string, about: string): string;
  /** Returns the text; undefined if it was not sealed by this program, was changed, or has another purpose. */
  open(sealed: string, about: string): string | undefined;
}
