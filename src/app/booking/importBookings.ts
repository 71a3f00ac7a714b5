import type { Booking } from '../../domain/booking/booking';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { type Caller, SYSTEM } from '../../domain/staff/caller';
import { assertMayImport } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { ImportedBooking } from '../ports/bookingStore';
import type { Stores } from '../ports/storage';
import { type ImportCandidate, type ImportLine, type ImportOutcome, importPlan, occupied, TAKEN } from './importPlan';

interface Deps extends Omit<AppDeps, 'mailFacts' | 'turn' | 'unmet'> {
  /** A stopwatch, in milliseconds. */
  readonly elapsed: () => number;
  /** Lets others write between two batches. @param took milliseconds for which the last batch locked them out */
  readonly pause: (took: number) => Promise<void>;
}

/**
 * @param onProgress called with the number of lines that are decided, and the number of all lines
 * @returns an outcome for each of the lines, in their order
 */
export type ImportBookings = (
  { deskId, who }: { readonly deskId: string; readonly who: Caller },
  lines: readonly ImportLine[],
  onProgress: (decided: number, all: number) => void,
) => Promise<ImportOutcome[]>;

/** The milliseconds that a batch should take, because others wait for it. */
const BATCH_MS = 200;
/**
 * The least and the most lines of a batch. The first batch has the least, because the speed of the machine is not known
 * yet.
 */
const [MIN_BATCH_LINES, MAX_BATCH_LINES] = [100, 500];

/**
 * Imports the bookings of another system, each with its first event and without any mail. They need not follow grid,
 * lead time and horizon, and may be past, but must meet everything that `importPlan` checks.
 *
 * Each batch is one transaction. If an import is interrupted, every line is either imported or not, and the import can
 * be repeated.
 *
 * @throws DomainError `not-found` if there is no such desk, `forbidden`
 */
export function importBookings(deps: Deps): ImportBookings {
  const { storage, now, tokens, pause } = deps;
  return async ({ deskId, who }, lines, onProgress) => {
    assertMayImport(who, deskId);
    const desk = await deskOf(storage, deskId);
    const { outcomes, candidates } = await importPlan(storage, desk, lines, { now: now(), hash: tokens.hash });
    // Lines are sorted by time, so that a batch covers a short range and few bookings around it have to be read.
    const waiting = [...candidates].sort((a, b) => a.time.start - b.time.start || a.index - b.index);
    onProgress(outcomes.size, lines.length);
    for (let size = MIN_BATCH_LINES; waiting.length > 0; ) {
      const { decided, took } = await importBatch(deps, desk, waiting.splice(0, size));
      for (const [{ index }, outcome] of decided) outcomes.set(index, outcome);
      size = Math.round(
        Math.max(MIN_BATCH_LINES, Math.min(size * (BATCH_MS / Math.max(took, 1)), size * 2, MAX_BATCH_LINES)),
      );
      onProgress(outcomes.size, lines.length);
      await pause(took);
    }
    return lines.map((_, index) => outcomes.get(index) ?? []);
  };
}

type Decided = readonly [ImportCandidate, ImportOutcome][];

/**
 * Imports a batch. If the database refuses an overlap that the plan could not see, the line that overlaps is reported.
 */
async function importBatch(
  deps: Deps,
  desk: Desk,
  batch: readonly ImportCandidate[],
): Promise<{ decided: Decided; took: number }> {
  let begun = deps.elapsed();
  const work = (stores: Stores) => {
    // The time spent waiting for other writers does not count.
    begun = deps.elapsed();
    return importNow(deps, stores, desk, batch);
  };
  try {
    const decided = await deps.storage.write(work, { desk: desk.id });
    return { decided, took: deps.elapsed() - begun };
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const took = deps.elapsed() - begun;
    if (batch.length <= 1) return { decided: batch.map((candidate) => [candidate, [TAKEN]]), took };
    const decided: [ImportCandidate, ImportOutcome][] = [];
    for (const candidate of batch) decided.push(...(await importBatch(deps, desk, [candidate])).decided);
    return { decided, took };
  }
}

/** Writes a batch, after checking it again against what others have written since the plan was made. */
async function importNow(deps: Deps, stores: Stores, desk: Desk, batch: readonly ImportCandidate[]): Promise<Decided> {
  const { bookings } = stores;
  const at = deps.now();
  await bookings.lapseHolds(at, desk.id);
  const known = await bookings.importedKeys(
    desk.id,
    batch.map(({ key }) => key),
  );
  const range = hull(batch.map(({ time, blockedUntil }) => ({ start: time.start, end: blockedUntil })));
  const taken = occupied(await bookings.busy(desk.id, range, at));
  const decided = batch.map((candidate): [ImportCandidate, ImportOutcome] => {
    const { key, told, time, blockedUntil } = candidate;
    if (known.has(key)) return [candidate, 'present'];
    const isTaken = taken.find(told.advisorId, { start: time.start, end: blockedUntil }) !== undefined;
    return [candidate, isTaken ? [TAKEN] : 'imported'];
  });
  const fresh = decided.flatMap(([candidate, outcome]) => (outcome === 'imported' ? [candidate] : []));
  const references = await freeReferences(deps, stores, desk.id, fresh.length);
  await bookings.addImported(
    desk.id,
    fresh.map((candidate, i) => imported(deps, desk, candidate, { reference: references[i] ?? '', at })),
  );
  return decided;
}

async function freeReferences({ ids }: Deps, { bookings }: Stores, deskId: string, count: number): Promise<string[]> {
  const free = new Set<string>();
  while (free.size < count) {
    const drawn = Array.from({ length: count - free.size }, () => ids.reference());
    const taken = await bookings.takenReferences(deskId, drawn);
    for (const reference of drawn) if (!taken.has(reference)) free.add(reference);
  }
  return [...free];
}

function imported(
  { ids, sender, tokens }: Deps,
  desk: Desk,
  { told, topic, language, mode, time, blockedUntil, key, answers }: ImportCandidate,
  { reference, at }: { reference: string; at: Instant },
): ImportedBooking {
  const booking: Booking = {
    id: ids.uuid(),
    deskId: desk.id,
    reference,
    uid: ids.uuid(),
    organizer: sender(desk),
    status: 'confirmed',
    topicId: topic.id,
    language,
    mode,
    advisorId: told.advisorId,
    tied: false,
    urgent: false,
    videoLink: null,
    time,
    blockedUntil,
    source: 'import',
    sequence: 0,
    version: 1,
    createdAt: at,
    changedAt: at,
    client: told.client,
    attendees: 1,
    onBehalfOf: null,
    interpreting: null,
    lateMinutes: null,
    alarmMinutes: null,
    follows: null,
    outcome: null,
    people: [],
    support: [],
    note: null,
    answers,
  };
  return {
    booking,
    tokenHash: tokens.hash(tokens.tokenFor(booking.id)),
    importKey: key,
    event: { type: 'booked', bookingId: booking.id, at, by: SYSTEM, reason: null, from: null },
  };
}
