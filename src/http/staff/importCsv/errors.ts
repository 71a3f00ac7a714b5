import { MAX_QUESTIONS } from '../../../domain/booking/questions';
import type { DomainError, FieldError } from '../../../domain/errors';
import { faultOf } from '../../../domain/notifications/textFaults';
import { wordableText } from '../../../domain/wordableTexts';
import { tidied } from '../../../fields/plainText';
import { CLIENT_LOCALES, type Reader } from '../../../presentation/texts';
import { type CsvFault, type CsvLine, readCsv } from '../../csv/csv';
import { ABSENCE_COLUMNS, EXCEPTION_COLUMNS } from '../../csv/hoursCsv';
import type { CsvList } from '../../csv/lists';
import { ADVISOR_COLUMNS, PARTNER_COLUMNS } from '../../csv/partsCsv';
import { QUESTION_COLUMNS } from '../../csv/questionsCsv';
import { MAX_LINES } from '../../csv/rows';
import { TOPIC_NUMBERS, TOPIC_TEXTS } from '../../parts/topicCells';
import type { FormError } from '../forms';
import { partnerError } from '../partner/form';
import { questionError } from '../question/form';
import { faultText } from '../text/view';

/** What must stand in the first line of each list. */
const NEEDED: Readonly<Record<CsvList, string>> = {
  topics: 'id',
  partners: 'id',
  advisors: 'id',
  questions: 'topic, id',
  exceptions: 'id',
  absences: 'id',
  reserves: 'startsPerDay, releaseWorkingDays',
  texts: 'key, language, text',
};
const TOPIC_CELLS: readonly string[] = [...TOPIC_NUMBERS, 'modes', 'searchWords', 'forEmployers', 'partners'];

/** Tells what is wrong with a CSV, each with its line and column. */
export function csvErrors({ details }: DomainError, list: CsvList, csv: string, reader: Reader): FormError[] {
  const { t } = reader;
  const errors = (details.errors ?? []) as readonly FieldError[];
  const fault = details.csvFault as CsvFault | undefined;
  const lines = fault ? [] : readCsv(csv, []);
  return errors.map(({ pointer }) => {
    const [, line = '', column] = pointer.split('/');
    const found = lines.find((each) => String(each.line) === line);
    const reason = fault
      ? faultReason(fault, list, t)
      : cellReason(list, { column, cells: found?.cells ?? {} }, reader);
    return { href: '#csv', text: t(column ? 'parts.csv.at' : 'parts.csv.atLine', { line, column, reason }) };
  });
}

function faultReason(fault: CsvFault, list: CsvList, t: Reader['t']): string {
  return t(`parts.csv.wrong.${fault}`, { needed: NEEDED[list], most: MAX_LINES });
}

interface Cell {
  /** Absent: the line as a whole is wrong. */
  readonly column: string | undefined;
  readonly cells: CsvLine['cells'];
}

function cellReason(list: CsvList, { column = '', cells }: Cell, reader: Reader): string {
  const { t } = reader;
  if (column === 'version') return t('parts.csv.wrong.version');
  if (list === 'reserves') return t('parts.reserves.wrong.reserve');
  if (list === 'texts') return wordingReason({ column, cells }, reader);
  if (list === 'exceptions' || list === 'absences') return hoursReason(list, column, t);
  if (column === 'id') return t('parts.csv.wrong.id');
  if (list === 'questions') return questionReason({ column, cells }, reader);
  if (list === 'advisors')
    return t(`parts.${ADVISOR_COLUMNS.includes(column) ? `advisor.wrong.${column}` : 'csv.wrong.cell'}`);
  if (list === 'partners') {
    const typed = { [column]: cells[column.toLowerCase()] ?? '' };
    return PARTNER_COLUMNS.includes(column)
      ? partnerError({ cell: column, detail: '' }, typed, reader).text
      : t('parts.csv.wrong.cell');
  }
  const [field = ''] = column.split('.');
  if (TOPIC_TEXTS.some((each) => each === field)) {
    const isThere = !!cells[column.toLowerCase()];
    return t(`parts.topic.wrong.${isThere ? (field === 'shortName' ? 'shortName' : 'text') : 'missing'}`);
  }
  return t(TOPIC_CELLS.includes(field) ? `parts.topic.wrong.${field}` : 'parts.csv.wrong.cell');
}

function hoursReason(list: 'exceptions' | 'absences', column: string, t: Reader['t']): string {
  if (column === '') return t(`parts.csv.wrong.${list}.same`);
  if (column === 'id' || column === 'withdrawn') return t('parts.csv.wrong.entry');
  const [field = ''] = column.split('.');
  const columns = list === 'exceptions' ? EXCEPTION_COLUMNS : ABSENCE_COLUMNS;
  return t(`parts.csv.wrong.${columns.includes(column) ? `${list}.${field}` : 'cell'}`);
}

function questionReason({ column = '', cells }: Cell, reader: Reader): string {
  const { t } = reader;
  if (column === 'topic') return t('parts.csv.wrong.topic', { most: MAX_QUESTIONS });
  if (column === 'kind') return t('parts.csv.wrong.kind');
  if (!QUESTION_COLUMNS.includes(column)) return t('parts.csv.wrong.cell');
  const typed = Object.fromEntries(QUESTION_COLUMNS.map((each) => [each, cells[each.toLowerCase()] ?? '']));
  return questionError({ cell: column, detail: '' }, typed, reader).text;
}

function wordingReason({ column, cells }: Cell, reader: Reader): string {
  const wordable = wordableText(cells.key ?? '');
  const fault = wordable && column === 'text' && faultOf(wordable, tidied(cells.text ?? ''));
  if (wordable && fault) return faultText(fault, wordable, reader);
  return reader.t(`parts.csv.wrong.${column === 'language' ? 'language' : 'key'}`, {
    languages: CLIENT_LOCALES.join(', '),
  });
}
