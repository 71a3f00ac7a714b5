import type { Instant } from '../../domain/calendar/interval';

/** The time now. Tests stop it. */
export type Clock = () => Instant;

/** Resolves after so many milliseconds, or as soon as `signal` is aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;
