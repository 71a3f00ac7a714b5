import { type Desk, MODES, topicsOnOffer } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import { reserveCell, reserveIn } from '../../parts/roomCells';
import type { Fields, FormError } from '../forms';
import type { CellWords } from '../partView';

const MAX_ROWS = 40;
const SPARE_ROWS = 2;
const RESERVE = /^reserve\./;

/** A reserve as it stands in the form; texts, because they may be wrong. */
interface ReserveRow {
  readonly language: string;
  readonly topic: string;
  readonly urgent: boolean;
  readonly starts: string;
  readonly days: string;
}

/** Returns the rows of the form; the last ones are empty. */
export function reserveRows(cells: Cells): ReserveRow[] {
  const rows = Object.entries(cells)
    .filter(([cell]) => RESERVE.test(cell))
    .map(([cell, text]): ReserveRow => {
      const { language, topic, urgent } = reserveIn(cell, text);
      const [starts = '', days = ''] = text.split(' ');
      return { language: language ?? '', topic: topic ?? '', urgent, starts, days };
    });
  const none: ReserveRow = { language: '', topic: '', urgent: false, starts: '', days: '' };
  return [...rows, ...Array.from({ length: SPARE_ROWS }, () => none)];
}

/** Returns the cells that the form says. A row without a number of starts is none. */
export function typedRooms(fields: Fields): Cells {
  const own = Object.entries(fields).filter(([name]) => name.startsWith('capacity.'));
  const asCells = Object.entries(fields).filter(([name]) => RESERVE.test(name));
  const asRows = Array.from({ length: MAX_ROWS }, (_, i) => `row.${i}.`).flatMap((row) => {
    const starts = fields[`${row}starts`];
    if (!starts) return [];
    const language = fields[`${row}language`] || null;
    const cell = reserveCell({
      language,
      topicId: fields[`${row}topic`] || null,
      urgent: fields[`${row}urgent`] === 'true',
    });
    return [[cell, `${starts} ${fields[`${row}days`] || '0'}`]];
  });
  const all = [...own, ...(fields.as === 'cells' ? asCells : asRows)];
  return Object.fromEntries(all.filter(([, text]) => text !== ''));
}

/** How reserves and capacities are called, and told. */
export function roomWords(desk: Desk, { t, locale }: Reader): CellWords {
  return {
    name(cell) {
      if (!RESERVE.test(cell)) return t(`staff.mode.${cell.split('.')[1]}`);
      const { language, topic, urgent } = reserveIn(cell, '');
      const found = topicsOnOffer(desk).find(({ id }) => id === topic);
      const parts = [
        urgent && t('parts.reserves.urgent'),
        language && languageName(locale, language),
        topic && (found ? inLanguage(found.name, locale) : topic),
      ];
      return parts.filter(Boolean).join(' · ');
    },
    say(cell, text) {
      if (!RESERVE.test(cell)) return t('parts.reserves.atOnce', { count: Number(text) });
      const [count, days] = text.split(' ').map(Number);
      return t('parts.reserves.kept', { count, until: t('parts.reserves.until', { count: days }) });
    },
  };
}

/** Tells what is wrong, at the row or the mode that it is about. */
export function roomError({ cell }: CellError, cells: Cells, { t }: Reader): FormError {
  const at = Object.keys(cells)
    .filter((each) => RESERVE.test(each))
    .indexOf(cell);
  if (cell.startsWith('capacity.') && MODES.some((mode) => cell.endsWith(mode)))
    return { href: `#${cell}`, text: t('parts.reserves.wrong.capacity') };
  return { href: `#row.${Math.max(at, 0)}.language`, text: t('parts.reserves.wrong.reserve') };
}
