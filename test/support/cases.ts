/** How many Jest projects share the generated cases of a test: those of the process zones do (see jest.config.cjs). */
const CASE_PARTS = (globalThis as { PARTS_OF_CASES?: number }).PARTS_OF_CASES ?? 1;
/**
 * The share of its generated cases that a test tries; each run tries other cases. `npm run test:long` tries all of
 * them.
 */
const CASE_SHARE = process.env.CASES === 'all' ? 1 : 0.2;

/**
 * Returns how many generated cases a test tries in one project. All projects that share the cases together try as many
 * as one project alone would (rounded up).
 */
export function cases(all: number): number {
  return Math.ceil((all * CASE_SHARE) / CASE_PARTS);
}
