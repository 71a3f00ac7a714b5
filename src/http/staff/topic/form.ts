import { type Desk, MODES } from '../../../domain/desk';
import { partnersTold } from '../../../domain/partner';
import { inLanguage } from '../../../domain/text';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import { TOPIC_NUMBERS, TOPIC_TEXTS } from '../../parts/topicCells';
import type { Fields, FormError } from '../forms';
import type { CellWords } from '../partView';

/** The cells that have one field each, of the same name. */
const PLAIN = [
  ...TOPIC_TEXTS.flatMap((field) => CLIENT_LOCALES.map((tag) => `${field}.${tag}`)),
  ...TOPIC_NUMBERS,
  'forEmployers',
  'searchWords',
];

/** Returns the cells that the form says. */
export function typedTopic(fields: Fields, desk: Pick<Desk, 'partners'>): Cells {
  const isCells = fields.as === 'cells';
  const modes = isCells ? fields.modes : MODES.filter((mode) => fields[`mode.${mode}`]).join(' ');
  const ticked = partnersTold(desk).filter(({ id }) => fields[`partner.${id}`]);
  const partners = isCells ? fields.partners : ticked.map(({ id }) => id).join(' ');
  const plain = PLAIN.map((cell): [string, string] => [cell, (fields[cell] ?? '').replace(/\r\n?/g, '\n')]);
  const all = [...plain, ['modes', modes ?? ''] as const, ['partners', partners ?? ''] as const];
  return Object.fromEntries(all.filter(([, text]) => text !== ''));
}

/** How the cells of a topic are called, and told. */
export function topicWords({ partners }: Pick<Desk, 'partners'>, { t, locale }: Reader): CellWords {
  const partner = (id: string) => inLanguage(partners.find((each) => each.id === id)?.name ?? { de: id }, locale);
  return {
    name(cell) {
      const [field = '', language] = cell.split('.');
      const name = t(`parts.topic.field.${field}`);
      return language ? t('parts.inLanguage', { field: name, language: languageName(locale, language) }) : name;
    },
    say(cell, text) {
      if (cell === 'modes')
        return text
          .split(' ')
          .map((mode) => t(`staff.mode.${mode}`))
          .join(', ');
      if (cell === 'partners') return text.split(' ').map(partner).join(', ');
      return cell === 'forEmployers' ? t('parts.yes') : text;
    },
  };
}

/** Tells what is wrong in a field, beside it. */
export function topicError(
  { cell }: CellError,
  { cells, desk }: { readonly cells: Cells; readonly desk: Pick<Desk, 'partners'> },
  { t }: Reader,
): FormError {
  const [partner] = partnersTold(desk);
  const first: Readonly<Record<string, string>> = { modes: `mode.${MODES[0]}`, partners: `partner.${partner?.id}` };
  const [field = ''] = cell.split('.');
  const isText = TOPIC_TEXTS.some((each) => each === field);
  const ofText = field === 'shortName' || field === 'phrases' ? field : 'text';
  const key = isText ? (cells[cell] || field === 'phrases' ? ofText : 'missing') : field;
  return { href: `#${first[cell] ?? cell}`, text: t(`parts.topic.wrong.${key}`) };
}

/** What a new topic begins with. */
export const NEW_TOPIC: Cells = { durationMinutes: '30', bufferMinutes: '0', maxPeople: '1', modes: 'in_person phone' };
