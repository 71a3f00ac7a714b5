/** How many process zones run the same tests: see test/zones.mjs. */
const ZONES = Number(process.env.TEST_ZONES ?? 1);
/** Each run of the gate tries others; `CASES=all` is the long form, by hand. */
const SHARE = process.env.CASES === 'all' ? 1 : 0.4;

/** How many generated cases a test tries here: each zone other cases, and all zones together as many as here alone. */
export function cases(all: number): number {
  return Math.ceil((all * SHARE) / ZONES);
}
