/** How many projects share the generated cases of a test: the process zones do, see jest.config.cjs. */
const CASE_PARTS = (globalThis as { PARTS_OF_CASES?: number }).PARTS_OF_CASES ?? 1;
/** In the gate a test tries this share, and each run of the gate tries others. `npm run test:long` tries all. */
const CASE_SHARE = process.env.CASES === 'all' ? 1 : 0.2;

/** How many generated cases a test tries here: all projects that share them try as many as one alone. */
export function cases(all: number): number {
  return Math.ceil((all * CASE_SHARE) / CASE_PARTS);
}
