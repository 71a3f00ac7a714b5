/**
 * Removes from a TEXT what it must not contain and the generator does not remove: control characters (RFC 5545 §3.3.11)
 * and lone surrogates.
 */
export function icsText(value: string): string {
  return (
    Buffer.from(value)
      .toString()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '')
  );
}
