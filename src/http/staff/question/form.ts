import type { Question } from '../../../domain/booking/questions';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader } from '../../../presentation/texts';
import { type CellError, type Cells, filled } from '../../parts/cells';
import { QUESTION_CELLS, QUESTION_TEXTS } from '../../parts/questionCells';
import type { Fields, FormError } from '../forms';
import type { CellWords } from '../partView';

const CELLS = [...QUESTION_TEXTS.flatMap((field) => CLIENT_LOCALES.map((tag) => `${field}.${tag}`)), ...QUESTION_CELLS];

/** What a new question begins with. */
export const NEW_QUESTION: Cells = { kind: 'text', keepDays: '30', audience: 'client' };

/**
 * Returns the cells that the form says. A question that there is keeps its kind: its answers are of that kind.
 *
 * @param before the question as it is; undefined: a new one
 */
export function typedQuestion(fields: Fields, before: Question | undefined): Cells {
  const typed = CELLS.map((cell) => [cell, fields[cell]?.replace(/\r\n?/g, '\n')]);
  return filled({ ...Object.fromEntries(typed), ...(before && { kind: before.kind }) });
}

/** How the cells of a question are called, and told. */
export function questionWords({ t, locale }: Reader): CellWords {
  return {
    name(cell) {
      const [field = '', language] = cell.split('.');
      const name = t(`parts.question.field.${field}`);
      return language ? t('parts.inLanguage', { field: name, language: languageName(locale, language) }) : name;
    },
    say(cell, text) {
      if (cell === 'required') return t('parts.yes');
      return cell === 'kind' || cell === 'audience' ? t(`parts.question.${cell}.${text}`) : text;
    },
  };
}

/** Tells what is wrong in a field, beside it. */
export function questionError({ cell }: CellError, cells: Cells, { t }: Reader): FormError {
  const [field = '', language] = cell.split('.');
  const href = `#${cell === 'questions' ? 'label.de' : cell}`;
  if (field === 'choices') {
    const isOther = language !== 'de' && cells.kind === 'choice';
    const key = cells.kind !== 'choice' ? 'choicesOfKind' : isOther ? 'choicesInLanguage' : 'choices';
    return { href, text: t(`parts.question.wrong.${key}`) };
  }
  if (language) return { href, text: t(`parts.question.wrong.${cells[cell] ? 'text' : 'missing'}`) };
  return { href, text: t(`parts.question.wrong.${field}`) };
}
