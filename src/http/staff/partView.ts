import type { DeskChange } from '../../app/desks/changeDesk';
import { allOf } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';
import type { CellError, Cells } from '../parts/cells';
import { type Digests, digestsOf, type MergedParts } from '../parts/merge';
import { carried, type FormError } from './forms';
import { bookingLine } from './line';
import { TAKE } from './sentPart';
import { wordsOf } from './words';

/** How a cell is called, and how its text is told, for people. */
export interface CellWords {
  readonly name: (cell: string) => string;
  readonly say: (cell: string, text: string) => string;
}

/** Returns the errors of a form, for the summary and beside the fields; an error is told once for each field. */
export function errorsOf(errors: readonly CellError[], tell: (error: CellError) => FormError): FormError[] {
  const told = errors.map(tell);
  return told.filter(({ href }, i) => told.findIndex((each) => each.href === href) === i);
}

/** Returns the hidden fields by which a form says what it began with. */
export function begunWith(version: number | undefined, cells: Cells): { name: string; value: string }[] {
  return seenFields(version, digestsOf(cells));
}

function seenFields(version: number | undefined, digests: Digests) {
  return [...(version === undefined ? [] : [{ name: 'version', value: String(version) }]), seen(digests)];
}

const seen = (digests: Digests) => ({ name: 'seen', value: JSON.stringify(digests) });

/** The step by which a form sends cells instead of what was typed into fields. */
const AS_CELLS = { name: 'as', value: 'cells' };

/** Returns what a form carries on from a page that shows it no more. */
export function carriedCells(cells: Cells): { name: string; value: string }[] {
  return [AS_CELLS, ...carried(cells, Object.keys(cells))];
}

/** More bookings are folded, so that the button stays in sight. */
const MAX_UNFOLDED_BOOKINGS = 6;

/** Returns what a change would do to bookings, for `partials/staff/partPreview`. */
export function changeView({ desk, affected, unreachable }: DeskChange, reader: Reader) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  return {
    affected: affected.map((booking) => bookingLine(booking, desk, { words })),
    isLong: affected.length > MAX_UNFOLDED_BOOKINGS,
    affectedText: affected.length > 0 ? t('staff.hours.affected', { count: affected.length }) : t('parts.unaffected'),
    unreachable: unreachable > 0 ? t('staff.hours.unreachable', { count: unreachable }) : undefined,
  };
}

/** Returns what was changed, for `partials/staff/partPreview`; or that nothing was. */
export function changesView(before: Cells, after: Cells, words: CellWords, reader: Reader) {
  const changes = cellChanges(before, after, words, reader);
  return { changes, unchanged: changes.length === 0 ? reader.t('parts.same') : undefined };
}

/** Returns what was changed, cell by cell. */
function cellChanges(before: Cells, after: Cells, words: CellWords, { t }: Reader) {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return all
    .filter((cell) => (before[cell] ?? '') !== (after[cell] ?? ''))
    .map((cell) => ({
      name: words.name(cell),
      before: before[cell] ? words.say(cell, before[cell]) : t('parts.nothing'),
      after: after[cell] ? words.say(cell, after[cell]) : t('parts.nothing'),
    }));
}

/** Returns the page on which two changes of the same part become one, for `partials/staff/merge`. */
export function mergeView(
  { cells, conflicts, taken }: MergedParts,
  { version, theirs, words }: { version: number; theirs: Cells; words: CellWords },
  { t, locale }: Reader,
) {
  const told = (cell: string, text: string) => (text ? words.say(cell, text) : t('parts.nothing'));
  return {
    taken: taken.length > 0 ? t('parts.taken', { fields: allOf(locale, taken.map(words.name)) }) : undefined,
    conflicts: conflicts.map(({ cell, mine, theirs: other }) => ({
      id: `${TAKE}${cell}`,
      legend: words.name(cell),
      options: [
        { id: `${TAKE}${cell}`, value: 'mine', text: t('parts.mine'), hint: told(cell, mine), checked: true },
        { id: `${TAKE}${cell}-theirs`, value: 'theirs', text: t('parts.theirs'), hint: told(cell, other) },
      ],
    })),
    hidden: [...seenFields(version, digestsOf(theirs)), ...carriedCells(cells)],
  };
}
