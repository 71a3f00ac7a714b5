import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { atLeast, nightly } from '../../src/jobs/schedule';

const at = (iso: string) => Date.parse(iso);
const TWO = at('2026-11-24T02:00:00Z');

describe('A nightly job', () => {
  const due = nightly(2);

  it('is due at the hour, to the millisecond, and then not until the next night', () => {
    const before = at('2026-11-23T02:00:07Z');
    expect(due(before, TWO - 1)).toBe(false);
    expect(due(before, TWO)).toBe(true);
    expect(due(TWO, TWO + 1)).toBe(false);
    expect(due(TWO + 7, TWO + 24 * HOUR - 1)).toBe(false);
    expect(due(TWO + 7, TWO + 24 * HOUR)).toBe(true);
  });

  it('is due at once if it never ran or the hour was missed', () => {
    expect(due(null, TWO + 9 * HOUR)).toBe(true);
    expect(due(at('2026-11-20T02:00:00Z'), TWO + 9 * HOUR)).toBe(true);
    expect(due(TWO - 1, TWO + 9 * HOUR)).toBe(true);
  });

  it('is due after a last run in the future, because the clock was set back', () => {
    expect(due(TWO + 48 * HOUR, TWO + HOUR)).toBe(true);
    expect(due(TWO + HOUR, TWO + 2 * HOUR)).toBe(false);
  });
});

describe('A job with a pause', () => {
  const due = atLeast(10 * MINUTE);

  it.each([
    ['never ran', null, true],
    ['ran just now', TWO, false],
    ['ran a moment less than the pause ago', TWO - 10 * MINUTE + 1, false],
    ['ran a pause ago', TWO - 10 * MINUTE, true],
    ['ran in the future: the clock was set back', TWO + 1, true],
  ])('is judged due or not due when it %s', (_, last, expected) => {
    expect(due(last, TWO)).toBe(expected);
  });
});
