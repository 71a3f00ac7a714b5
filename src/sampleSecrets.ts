/** Parts of what is printed for everybody to read: in `.env.example`, in `docs/`, in other people's examples. */
const PRINTED = [
  'atleast32characters',
  'thatnobodyknows',
  'theoutputofopenssl',
  'opensslrandhex',
  'changeme',
  'changethis',
  'yoursecret',
  'example',
  'placeholder',
];
/** Of 32 random hexadecimal digits, fewer than this many different ones come once in some twenty million times. */
const MIN_DIFFERENT_CHARACTERS = 8;

/** Whether everybody could guess a secret: one that is printed somewhere, or a few characters again and again. */
export function isSampleSecret(secret: string): boolean {
  const letters = secret.toLowerCase().replace(/[^a-z0-9]/g, '');
  const isPrinted = PRINTED.some((part) => letters.includes(part));
  return (
    isPrinted ||
    new Set(secret).size < MIN_DIFFERENT_CHARACTERS ||
    /^(.+?)\1+.{0,8}$/s.test(secret) ||
    isSequence(secret)
  );
}

/** `0123456789abcdef…`: each character the one after, or before, the one before it, but for a few. */
function isSequence(secret: string): boolean {
  const codes = [...secret].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).filter((code, i) => Math.abs(code - (codes[i] ?? 0)) <= 1);
  return steps.length * 4 > codes.length * 3;
}
