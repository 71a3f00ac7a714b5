import type { Instant } from '../../domain/calendar/interval';

/** The time now. Tests stop it. */
export type Clock = () => Instant;
