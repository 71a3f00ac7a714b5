import type { Highs } from 'highs';
import type { Instant } from '../../src/domain/calendar/interval';
import { groupBy } from '../../src/domain/groupBy';
import type { Kind } from './clientKinds';
import { linearProgram } from './linearProgram';
import { stepsFrom } from './simulatedDesk';

/** A consultation at its start. */
export interface Placed {
  readonly start: Instant;
  readonly kind: Kind;
}

/**
 * Gives as many consultations as possible an advisor, each at its start, by an integer program. No advisor has two at a time. Among those
 * of one kind and start the first in the list get one.
 *
 * @returns the index of the advisor, for each consultation that has one
 */
export function mostSeated<Each extends Placed>(highs: Highs, consultations: readonly Each[]): Map<Each, number> {
  return seated(highs, consultations, 'most') as Map<Each, number>;
}

/** Does the same for all consultations; returns undefined if there is no room for all. */
export function allSeated<Each extends Placed>(
  highs: Highs,
  consultations: readonly Each[],
): Map<Each, number> | undefined {
  return seated(highs, consultations, 'all');
}

function seated<Each extends Placed>(
  highs: Highs,
  consultations: readonly Each[],
  who: 'all' | 'most',
): Map<Each, number> | undefined {
  const program = linearProgram(highs);
  const rows = new Map<string, number>();
  const oneAt = (advisor: number, step: Instant) => {
    const key = `${advisor} ${step}`;
    const row = rows.get(key) ?? program.row(1);
    rows.set(key, row);
    return row;
  };
  const alike = groupBy(consultations, ({ start, kind }) => `${start} ${kind.able} ${kind.steps}`);
  const seats = [...alike.values()].flatMap((waiting) => {
    const [{ start, kind }] = waiting as [Each];
    const placed = program.row(waiting.length, who === 'all' ? waiting.length : 0);
    return kind.able.map((advisor) => {
      const steps = stepsFrom(start, kind.steps).map((step) => oneAt(advisor, step));
      program.variable({ cost: -1, rows: [placed, ...steps] });
      return { waiting, advisor };
    });
  });
  const isUsed = program.cheapestWhole();
  if (!isUsed) return undefined;
  return new Map(
    seats.flatMap(({ waiting, advisor }, i) => {
      const next = isUsed[i] === 1 ? waiting.shift() : undefined;
      return next ? [[next, advisor] as const] : [];
    }),
  );
}
