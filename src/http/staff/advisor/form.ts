import { type Advisor, type Desk, MODES, type Mode } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import type { Fields, FormError } from '../forms';
import type { CellWords } from '../partView';

/** The weekdays as rules name them. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
/** The cells that have one field each, of the same name. */
const PLAIN = ['name', 'email', 'door', 'videoLink', 'from', 'until'] as const;
/** Rows of the form that are there at least, and rows that are there beyond those that are filled in. */
const MIN_LANGUAGE_ROWS = 4;
const MIN_TIME_ROWS = 3;
const SPARE_ROWS = 2;
/** More rows than anybody fills in. */
const MAX_ROWS = 40;

/** Working hours as people tell them: on which weekdays, from when to when. */
interface TimeRow {
  readonly days: readonly string[];
  readonly start: string;
  readonly end: string;
}

/** A rule that a row of the form can say; what is not filled in yet is empty. */
const SIMPLE_RULE = /^FREQ=(?:WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*))? (\S*?)-(\S*)$/;

/** Returns the rows of a form, and the rules that are no such rows, as they are written. */
export function timeRows(workingRules: string | undefined): { rows: TimeRow[]; others: string } {
  const rows: TimeRow[] = [];
  const others: string[] = [];
  for (const line of (workingRules ?? '').split('\n').filter(Boolean)) {
    const [said, days, start = '', end = ''] = SIMPLE_RULE.exec(line) ?? [];
    if (said) rows.push({ days: days?.split(',') ?? [], start, end });
    else others.push(line);
  }
  const none: TimeRow = { days: [], start: '', end: '' };
  while (rows.length < MIN_TIME_ROWS || rows.slice(-1).some(({ days }) => days.length > 0)) rows.push(none);
  return { rows, others: others.join('\n') };
}

/** Returns the languages of a form with their levels; the last ones are empty. */
export function languageRows(languages: string | undefined): { tag: string; level: string }[] {
  const spoken = (languages ?? '').split(' ').filter(Boolean);
  const rows = spoken.map((word) => word.split(':')).map(([tag = '', level = '']) => ({ tag, level }));
  const length = Math.max(MIN_LANGUAGE_ROWS, rows.length + SPARE_ROWS);
  return Array.from({ length }, (_, i) => rows[i] ?? { tag: '', level: '' });
}

/** Returns the cells that the form says. */
export function typedAdvisor(fields: Fields, topics: readonly { readonly id: string }[]): Cells {
  const plain = PLAIN.map((cell): [string, string] => [cell, fields[cell] ?? '']);
  const rows = Array.from({ length: MAX_ROWS }, (_, i) => i);
  const spoken = rows.flatMap((i) => {
    const [tag, level] = [fields[`language.${i}`], fields[`level.${i}`]];
    return tag ? [level ? `${tag}:${level}` : tag] : [];
  });
  const rules = rows.flatMap((i) => {
    const days = WEEKDAYS.filter((day) => fields[`rule.${i}.${day}`]);
    const [start = '', end = ''] = [fields[`rule.${i}.start`], fields[`rule.${i}.end`]];
    if (days.length === 0 && start === '' && end === '') return [];
    return [`${days.length > 0 ? `FREQ=WEEKLY;BYDAY=${days.join(',')}` : 'FREQ='} ${start}-${end}`];
  });
  const others = (fields.rules ?? '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim());
  const asRows = {
    languages: [...new Set(spoken)].join(' '),
    topics: topics
      .map(({ id }) => id)
      .filter((id) => fields[`topic.${id}`])
      .join(' '),
    modes: limitedTo(MODES.filter((mode) => fields[`mode.${mode}`])),
    workingRules: [...rules, ...others.filter(Boolean)].join('\n'),
  };
  const asCells = {
    languages: fields.languages ?? '',
    topics: fields.topics ?? '',
    modes: fields.modes ?? '',
    workingRules: (fields.workingRules ?? '').replace(/\r\n?/g, '\n'),
  };
  const all = { ...Object.fromEntries(plain), ...(fields.as === 'cells' ? asCells : asRows) };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''));
}

/** Returns the cell of the modes that were ticked; all of them are no limit, as none is. */
function limitedTo(modes: readonly Mode[]): string {
  return modes.length < MODES.length ? modes.join(' ') : '';
}

/** How the cells of an advisor are called, and told. */
export function advisorWords(desk: Desk, { t, locale }: Reader): CellWords {
  const topic = (id: string) => {
    const found = desk.topics.find((each) => each.id === id);
    return found ? inLanguage(found.name, locale) : id;
  };
  return {
    name: (cell) => t(`parts.advisor.field.${cell}`),
    say(cell, text) {
      const words = text.split(' ');
      if (cell === 'topics') return words.map(topic).join(', ');
      if (cell === 'modes') return words.map((mode) => t(`staff.mode.${mode}`)).join(', ');
      if (cell === 'languages')
        return words
          .map((word) => word.split(':'))
          .map(([tag = '', level]) => languageName(locale, tag) + (level ? ` (${t(`parts.level.${level}`)})` : ''))
          .join(', ');
      return cell === 'workingRules'
        ? text
            .split('\n')
            .map((line) => ruleText(line, t))
            .join('; ')
        : text;
    },
  };
}

/** Tells a rule of working hours: "Mo, Di 09:00–12:00"; another one as it is written. */
function ruleText(line: string, t: Reader['t']): string {
  const [, days, start, end] = SIMPLE_RULE.exec(line) ?? [];
  if (!days) return line;
  return `${days
    .split(',')
    .map((day) => t(`parts.weekday.${day}`))
    .join(', ')} ${start}–${end}`;
}

const AT: Readonly<Record<string, string>> = {
  languages: 'language.0',
  modes: 'mode.in_person',
  workingRules: 'rule.0.start',
};

/** Tells what is wrong in a field, beside it. */
export function advisorError({ cell }: CellError, desk: Desk, { t }: Reader): FormError {
  const [first] = desk.topics;
  const at = cell === 'topics' ? `topic.${first?.id}` : (AT[cell] ?? cell);
  return { href: `#${at}`, text: t(`parts.advisor.wrong.${cell}`) };
}

/** Returns the id of a new advisor. It says no name, because it stands in addresses. */
export function advisorIdAfter(taken: readonly Pick<Advisor, 'id'>[]): string {
  const numbers = taken.flatMap(({ id }) => (/^a\d{1,6}$/.test(id) ? [Number(id.slice(1))] : []));
  return `a${Math.max(0, ...numbers) + 1}`;
}
