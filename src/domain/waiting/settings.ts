import type { LocalTime } from '../calendar/hours';

/** How a desk offers what becomes free to those who wait. */
export interface WaitingListSettings {
  /** How long an offer stands; at least one. */
  readonly offerHours: number;
  /** From when to when nobody is written to, in the desk's time; the same time twice: never. */
  readonly quiet: readonly [from: LocalTime, to: LocalTime];
}

/** The default of a desk's file that does not set it. */
export const USUAL_WAITING_LIST: WaitingListSettings = { offerHours: 24, quiet: ['20:00', '08:00'] };
