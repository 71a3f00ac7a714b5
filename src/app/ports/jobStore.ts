import type { Instant } from '../../domain/calendar/interval';

/** A background job as all processes see it. */
export interface JobState {
  readonly name: string;
  /** The process that runs the job; null if none does. */
  readonly holder: string | null;
  /**
   * A number that rises with every heartbeat of the holder. Another process takes over when it has not risen for a
   * while by *its own* clock. So the clocks of two machines are never compared, and a clock that is set back cannot
   * make a lease eternal.
   */
  readonly beat: number;
  readonly runs: number;
  readonly failures: number;
  readonly lastRunAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
}

/** The runs of a job since the last heartbeat of its holder. */
export interface JobProgress {
  readonly runs: number;
  readonly failures: number;
  /** Null leaves the stored value unchanged. */
  readonly lastRunAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
}

/** Stores which process runs which background job, and the results of the runs. */
export interface JobStore {
  /** Returns all jobs, by name. */
  list(): Promise<JobState[]>;
  /** Adds a job; does nothing if it exists. */
  register(name: string): Promise<void>;
  /** Takes the job if its beat is still `seenBeat`. @returns `true` if `holder` has the job now */
  take(name: string, holder: string, seenBeat: number): Promise<boolean>;
  /** Writes a heartbeat and the runs since the last. @returns `false` if another process has taken the job */
  beat(name: string, holder: string, progress: JobProgress): Promise<boolean>;
  /** Releases all jobs of this process, so that another can take them at once. */
  release(holder: string): Promise<void>;
}
