/**
 * Rows in a batch of work that goes over a whole table while clients book. A batch takes some ten milliseconds, which
 * they do not notice.
 */
export const ROWS_PER_BATCH = 200;
/**
 * The pause between two batches. SQLite gives its lock to the process that asks first, so others need a pause to get
 * it.
 */
export const PAUSE_BETWEEN_BATCHES_MS = 20;
