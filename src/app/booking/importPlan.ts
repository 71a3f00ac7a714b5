import { type Client, LONGEST_CONSULTATION_MS } from '../../domain/booking/booking';
import { type Answers, questionsFor, readAnswers } from '../../domain/booking/questions';
import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import { parseInstantIn } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { fitChecker, type Placed } from '../../domain/slots/fit';
import { type Occupancy, occupancy } from '../../domain/slots/occupancy';
import type { ManageTokens } from '../ports/manageTokens';
import type { Stores } from '../ports/storage';

/** A booking of another system. Its fields are valid by themselves; its ids have not been looked up. */
export interface ImportDetails {
  readonly advisorId: string;
  readonly topicId: string;
  readonly language: string;
  readonly mode: string;
  /** ISO 8601 text, see `parseInstantIn`. */
  readonly start: string;
  readonly client: Client;
  /** What the topic asks, by the ids of its questions, unread. */
  readonly answers?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Mail address and phone number as the file writes them, if they are stored in another form; absent if they are not.
   */
  readonly written?: Pick<Client, 'email' | 'phone'>;
}

/** One line of the file: the booking, or the reasons why it cannot be read. */
export interface ImportLine {
  /** The place where an operator finds it: `line 7`. */
  readonly place: string;
  readonly told: ImportDetails | readonly string[];
}

/** The result for a line; a list contains the reasons why it is not imported. */
export type ImportOutcome = 'imported' | 'present' | readonly string[];

/** A line that will be imported, unless its time is taken meanwhile. */
export interface ImportCandidate extends Placed {
  /** The index of the line, from 0. */
  readonly index: number;
  readonly key: string;
  readonly told: ImportDetails;
  readonly answers: Answers;
}

/** The plan of an import. `outcomes` has the results of all lines except the candidates, by index. */
interface ImportPlan {
  readonly outcomes: Map<number, ImportOutcome>;
  readonly candidates: readonly ImportCandidate[];
}

export const TAKEN = 'start: the advisor is taken then, by another booking or by somebody who is booking just now';

/**
 * Decides about every line by the present contents of the database. Of two lines that exclude each other the first is
 * imported.
 *
 * A line that was imported before is `present`, whatever happened to its booking since. It is recognised by a hash of
 * its contents, so spaces around fields, the format of the file and the notation of an instant or a phone number make
 * no difference.
 */
export async function importPlan(
  { desks, bookings }: Pick<Stores, 'desks' | 'bookings'>,
  desk: Desk,
  lines: readonly ImportLine[],
  { now, hash }: { now: Instant; hash: ManageTokens['hash'] },
): Promise<ImportPlan> {
  const read = lines.map(({ told }) => startAndKey(told, desk, hash));
  const starts = read.flatMap((line) => ('key' in line ? [line.start] : []));
  const range = hull(starts.map((start) => ({ start, end: start + LONGEST_CONSULTATION_MS })));
  const place = fitChecker(desk, await desks.absences(desk.id, range));
  const taken = occupied(await bookings.busy(desk.id, range, now));
  // The keys are read last, so that lines which another import has just added are seen as imported and not as
  // overlapping themselves.
  const known = await bookings.importedKeys(
    desk.id,
    read.flatMap((line) => ('key' in line ? line.keys : [])),
  );
  const seen = new Map<string, string>();

  const decide = (line: (typeof read)[number], index: number): ImportOutcome | ImportCandidate => {
    if (!('key' in line)) return line;
    const { told, start, key, keys } = line;
    const same = seen.get(key);
    if (same !== undefined) return [`the same as ${same}`];
    const here = lines[index]?.place ?? '';
    seen.set(key, here);
    if (keys.some((one) => known.has(one))) return 'present';
    const placed = place({ ...told, start });
    if (!('time' in placed)) return placed;
    // The other system asked what it wanted, so nothing is required.
    const asked = questionsFor(placed.topic, 'staff');
    const { answers, wrong } = readAnswers(asked, told.answers ?? {}, { complete: false });
    if (wrong.length > 0) return wrong.map(({ questionId, expected }) => `answers.${questionId}: ${expected}`);
    const whole = { start: placed.time.start, end: placed.blockedUntil };
    const by = taken.find(told.advisorId, whole);
    if (by !== undefined) return [by === IN_DATABASE ? TAKEN : `start: overlaps ${by}`];
    taken.take(told.advisorId, whole, here);
    return { ...placed, index, key, told, answers };
  };

  const outcomes = new Map<number, ImportOutcome>();
  const candidates: ImportCandidate[] = [];
  for (const [index, line] of read.entries()) {
    const decision = decide(line, index);
    if (typeof decision === 'object' && 'key' in decision) candidates.push(decision);
    else outcomes.set(index, decision);
  }
  return { outcomes, candidates };
}

const IN_DATABASE = '';

/** Builds the occupancy of the bookings and holds in the database. */
export function occupied(busy: readonly { advisorId: string; time: Interval }[]): Occupancy<string> {
  const taken = occupancy<string>();
  for (const { advisorId, time } of busy) taken.take(advisorId, time, IN_DATABASE);
  return taken;
}

function startAndKey(
  told: ImportLine['told'],
  desk: Desk,
  hash: ManageTokens['hash'],
): { told: ImportDetails; start: Instant; key: string; keys: readonly string[] } | readonly string[] {
  if (!('client' in told)) return told;
  try {
    const start = parseInstantIn(desk.hours.timeZone, told.start);
    const { advisorId, topicId, language, mode, client, written } = told;
    const keyOf = ({ email, phone }: Pick<Client, 'email' | 'phone'>) =>
      hash(JSON.stringify([advisorId, topicId, language, mode, start, client.name, email, phone]));
    const key = keyOf(client);
    // Earlier versions computed the key from mail address and number as written, so both keys are looked up.
    return { told, start, key, keys: written ? [key, keyOf(written)] : [key] };
  } catch (error) {
    if (!isRefusal(error, 'invalid-time')) throw error;
    return [`start: ${String(error.details.reason)}`];
  }
}
