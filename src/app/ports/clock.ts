import type { Instant } from '../../domain/calendar/interval';

/** Returns the present time. Tests pass a stopped clock. */
export type Clock = () => Instant;

/** Resolves after so many milliseconds, or as soon as `signal` is aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;
