import type { Instant } from '../../domain/calendar/interval';

/** A background job as all processes see it. */
export interface JobState {
  readonly name: string;
  /** The process that runs it; null: nobody. */
  readonly holder: string | null;
  /**
   * Rises with every sign of life of the holder. Others take over when it stands still for a while by *their own* clock, so no
   * clock of another machine is believed, and none that was set back makes a lease eternal.
   */
  readonly beat: number;
  readonly runs: number;
  readonly failures: number;
  readonly lastRunAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
}

/** What a process did of a job since its last sign of life. */
export interface JobProgress {
  readonly runs: number;
  readonly failures: number;
  /** Null: as they were. */
  readonly lastRunAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
}

/** Which process runs which background job, and how it goes. */
export interface JobStore {
  /** By name. */
  list(): Promise<JobState[]>;
  /** Makes the job known; does nothing if it is. */
  register(name: string): Promise<void>;
  /** Takes the job, if its beat is still the one that was seen. @returns whether it is the taker's now */
  take(name: string, holder: string, seenBeat: number): Promise<boolean>;
  /** A sign of life, with what was done. @returns false if somebody else has taken the job */
  beat(name: string, holder: string, progress: JobProgress): Promise<boolean>;
  /** Gives all jobs of this process back, so that another takes them at once. */
  release(holder: string): Promise<void>;
}
