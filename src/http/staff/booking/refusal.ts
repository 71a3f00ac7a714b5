import { assertChangeable, type Booking } from '../../../domain/booking/booking';
import type { By } from '../../../domain/booking/change';
import { DomainError } from '../../../domain/errors';
import type { Reader } from '../../../presentation/texts';

/** Why an action was refused, with the status of the page that says so. */
export interface RefusalNotice {
  readonly status: number;
  readonly text: string;
}

/** Returns why a change is not possible in the booking's present state; undefined if the error has another reason. */
export function refusalOf(error: unknown, t: (key: string) => string): RefusalNotice | undefined {
  if (!(error instanceof DomainError) || !Object.hasOwn(STALE, error.code)) return undefined;
  const { why } = error.details;
  const text = t(`staff.refusal.${SAID.includes(why) ? why : error.code}`);
  return { status: STALE[error.code as keyof typeof STALE], text };
}

const STALE = { 'version-moved-on': 412, 'booking-not-changeable': 409, 'queue-not-changeable': 409 } as const;

/** The reasons with a text of their own; for all others the text is that somebody else was faster. */
const SAID: readonly unknown[] = ['not-started', 'too-early', 'another-day', 'over', 'not-referred'];

/** Returns why the booking can neither be moved nor cancelled by this person now; undefined: it can. */
export function refusalToChange(booking: Booking, by: By, { t }: Reader): RefusalNotice | undefined {
  try {
    assertChangeable(booking, by);
    return undefined;
  } catch (error) {
    return refusalOf(error, t);
  }
}
