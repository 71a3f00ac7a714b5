import { inLanguage } from '../../../domain/text';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import { PARTNER_CONTACTS, PARTNER_TEXTS } from '../../parts/partnerCells';
import type { Fields, FormError } from '../forms';
import type { CellWords } from '../partView';
import type { OtherDesk } from './view';

const CELLS = [
  ...PARTNER_TEXTS.flatMap((field) => CLIENT_LOCALES.map((tag) => `${field}.${tag}`)),
  ...PARTNER_CONTACTS,
];

/** Returns the cells that the form says. */
export function typedPartner(fields: Fields): Cells {
  const all = CELLS.map((cell): [string, string] => [cell, (fields[cell] ?? '').replace(/\r\n?/g, '\n').trim()]);
  return Object.fromEntries(all.filter(([, text]) => text !== ''));
}

/** How the cells of a partner are called, and told. */
export function partnerWords(desks: readonly OtherDesk[], { t, locale }: Reader): CellWords {
  return {
    name(cell) {
      const [field = '', language] = cell.split('.');
      const name = t(`parts.partner.field.${field}`);
      return language ? t('parts.inLanguage', { field: name, language: languageName(locale, language) }) : name;
    },
    say(cell, text) {
      const desk = cell === 'bookingDesk' ? desks.find(({ id }) => id === text) : undefined;
      return desk ? inLanguage(desk.name, locale) : text;
    },
  };
}

/** Tells what is wrong in a field, beside it. */
export function partnerError({ cell }: CellError, cells: Cells, { t }: Reader): FormError {
  return { href: `#${cell}`, text: t(`parts.partner.wrong.${reasonOf(cell, cells)}`) };
}

function reasonOf(cell: string, cells: Cells): string {
  const [field = ''] = cell.split('.');
  if (!PARTNER_TEXTS.some((each) => each === field)) return field;
  return cells[cell] ? 'text' : 'missing';
}
