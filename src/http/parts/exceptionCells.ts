import { addDays } from '../../domain/calendar/dates';
import { type HoursException, type LocalWindow, WINDOW_KINDS } from '../../domain/calendar/hours';
import { assertException } from '../../domain/calendar/openingHours';
import { unwrapped } from '../../domain/calendar/ruleText';
import { daysBetween } from '../../domain/calendar/zone';
import { DomainError } from '../../domain/errors';
import { date, line } from '../../fields/schemas';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { type CellError, type CellForm, filled } from './cells';
import { textCells, textIn } from './textCells';

/** What an exception does to its days. */
const KINDS = ['closed', 'open', 'pause'] as const;

/** A longer exception should be a change of the rules, and would be expensive to expand. */
export const MAX_EXCEPTION_DAYS = 1_100;
const MAX_REASON_LENGTH = 200;
const MAX_RRULE_LENGTH = 300;
const MAX_WINDOWS = 10;

/**
 * An exception as cells. Its last day counts; windows are one a line, `09:00-12:00`, with `walk_in` or `phone` behind
 * those that are not by appointment.
 */
export const exceptionForm: CellForm<HoursException> = {
  cells({ closed, from, to, rrule, windows, pauses, reason }) {
    return filled({
      ...{ kind: closed ? 'closed' : pauses ? 'pause' : 'open', from, last: addDays(to, -1), rrule },
      windows: (pauses ?? windows).map(windowLine).join('\n'),
      ...Object.fromEntries(textCells('reason', reason)),
    });
  },

  read(id, cells, before) {
    const { kind, from = '', last = from, rrule } = cells;
    const lines = (cells.windows ?? '').split(/\n|;/).flatMap((each) => each.trim() || []);
    const windows = lines.map(windowIn);
    const reason = textIn(cells, 'reason', before?.reason) ?? {};
    const errors: CellError[] = [
      ...(KINDS.some((each) => each === kind) ? [] : [{ cell: 'kind', detail: `expected one of ${KINDS.join(', ')}` }]),
      ...(isDay(from) ? [] : [{ cell: 'from', detail: 'expected a day, such as 2026-12-24' }]),
      ...(isDay(last) && last >= from ? [] : [{ cell: 'last', detail: 'expected the last day that is meant' }]),
      ...(isDay(from) && isDay(last) && daysBetween(from, last) >= MAX_EXCEPTION_DAYS
        ? [{ cell: 'last', detail: `expected at most ${MAX_EXCEPTION_DAYS} days` }]
        : []),
      ...(windows.every((window) => window !== undefined) && windows.length <= MAX_WINDOWS
        ? []
        : [{ cell: 'windows', detail: `expected at most ${MAX_WINDOWS} lines such as 09:00-12:00` }]),
      ...((rrule ?? '').length > MAX_RRULE_LENGTH ? [{ cell: 'rrule', detail: 'expected an RRULE' }] : []),
      ...wrongReasons(cells),
    ];
    if (errors.length > 0) return { errors };
    const own = windows.flatMap((window) => window ?? []);
    const part: HoursException = {
      ...{ id, from, to: addDays(last, 1), closed: kind === 'closed', windows: kind === 'pause' ? [] : own },
      ...(kind === 'pause' && { pauses: own }),
      ...(rrule && { rrule: unwrapped(rrule) }),
      reason,
    };
    const wrong = refusalOf(part);
    return wrong ? { errors: [wrong] } : { part };
  },
};

const isDay = (text: string) => date.safeParse(text).success;

function wrongReasons(cells: Readonly<Record<string, string>>): CellError[] {
  return CLIENT_LOCALES.flatMap((tag): CellError[] => {
    const text = cells[`reason.${tag}`] ?? '';
    const isMissing = text === '' && (tag === 'de' || tag === 'en');
    const isWrong = text !== '' && !line(MAX_REASON_LENGTH).safeParse(text).success;
    return isMissing || isWrong
      ? [{ cell: `reason.${tag}`, detail: `expected a text of at most ${MAX_REASON_LENGTH} characters` }]
      : [];
  });
}

/** Tells what of an exception the domain refuses. */
function refusalOf(part: HoursException): CellError | undefined {
  try {
    assertException(part);
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { part: at, reason } = error.details;
    const cell = CELL_OF[String(at)] ?? 'rrule';
    return { cell, detail: String(reason) };
  }
}

const CELL_OF: Readonly<Record<string, string>> = {
  from: 'from',
  to: 'last',
  windows: 'windows',
  pauses: 'windows',
  start: 'windows',
  end: 'windows',
};

function windowLine({ start, end, kind }: LocalWindow): string {
  return `${start}-${end}${kind ? ` ${kind}` : ''}`;
}

const WINDOW_LINE = /^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})(?:\s+([a-z_]+))?$/;

/** Reads a line as a window; undefined: it is none. */
function windowIn(text: string): LocalWindow | undefined {
  const [, start, end, word] = WINDOW_LINE.exec(text) ?? [];
  const kind = WINDOW_KINDS.find((each) => each === word);
  if (!start || !end || (word && !kind)) return undefined;
  const padded = (time: string) => time.padStart('09:00'.length, '0');
  return { start: padded(start), end: padded(end), ...(kind && kind !== 'appointment' && { kind }) };
}
