import { contains, overlaps, union } from './calendar/interval';
import type { Absence } from './desk';

/**
 * Returns the absence inside which another one lies, so that it changes nothing; of several that only together cover it,
 * the first. Undefined: it changes something.
 */
export function coveringAbsence(
  absences: readonly Absence[],
  { id, advisorId, time }: Pick<Absence, 'id' | 'advisorId' | 'time'>,
): Absence | undefined {
  const there = absences.filter(
    (other) => other.advisorId === advisorId && other.id !== id && overlaps(other.time, time),
  );
  if (!union(there.map((other) => other.time)).some((away) => contains(away, time))) return undefined;
  return there.find((other) => contains(other.time, time)) ?? there[0];
}
