import type { ListedPart } from '../../app/desks/importParts';
import type { PartEntry } from '../../app/ports/deskStore';
import type { Advisor, Desk, Reserve, Topic } from '../../domain/desk';
import { unknownPartners, unusable } from '../../domain/deskParts';
import { DomainError, type FieldError } from '../../domain/errors';
import { type Partner, unbookable } from '../../domain/partner';
import { newSlug } from '../../fields/schemas';
import { Reserve as ReserveSchema } from '../../fields/schemas/reserve';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { type CellError, type CellForm, type Cells, numberIn } from '../parts/cells';
import { PARTNER_CONTACTS, PARTNER_TEXTS } from '../parts/partnerCells';
import { TOPIC_NUMBERS, TOPIC_TEXTS } from '../parts/topicCells';
import { type CsvFault, type CsvLine, csvOf, readCsv } from './csv';

/** The columns of topics, besides `id`, `retired` and `version`. */
export const TOPIC_COLUMNS = [
  ...TOPIC_TEXTS.flatMap((field) => CLIENT_LOCALES.map((tag) => `${field}.${tag}`)),
  ...[...TOPIC_NUMBERS, 'modes', 'forEmployers', 'searchWords', 'partners'],
];
/** The columns of partners, likewise. */
export const PARTNER_COLUMNS = [
  ...PARTNER_TEXTS.flatMap((field) => CLIENT_LOCALES.map((tag) => `${field}.${tag}`)),
  ...PARTNER_CONTACTS,
];
/** The columns of advisors, likewise. */
export const ADVISOR_COLUMNS = [
  ...['name', 'email', 'languages', 'topics', 'workingRules', 'door', 'videoLink', 'from', 'until'],
];
const RESERVE_COLUMNS = ['language', 'topic', 'urgent', 'startsPerDay', 'releaseWorkingDays'] as const;

/** An answer with more would help nobody. */
const MAX_ERRORS = 20;
export const MAX_LINES = 1_000;

type Part = { readonly id: string; readonly retired?: boolean };

/** Returns parts as CSV, a line each. */
export function partsCsv<T extends Part>(
  form: CellForm<T>,
  columns: readonly string[],
  entries: readonly PartEntry<T>[],
): string {
  const records = entries.map(({ part, version }) => {
    const cells = form.cells(part);
    return [part.id, ...columns.map((column) => cells[column] ?? ''), part.retired ? 'true' : '', version];
  });
  return csvOf(['id', ...columns, 'retired', 'version'], records);
}

/**
 * Reads parts from CSV. What the file has no column for stays as it is.
 *
 * @param wrongIn what is wrong with a part at this desk that is right in itself
 * @throws DomainError `invalid` that points at the lines and columns that are wrong
 */
export function listedParts<T extends Part>(
  form: CellForm<T>,
  columns: readonly string[],
  {
    csv,
    entries,
    wrongIn = () => [],
  }: { csv: string; entries: readonly PartEntry<T>[]; wrongIn?: (part: T) => readonly CellError[] },
): ListedPart<T>[] {
  const lines = bounded(readCsv(csv, ['id']));
  const errors: FieldError[] = [];
  const parts = lines.flatMap(({ line, cells }, i): ListedPart<T>[] => {
    const refuse = (column: string, detail: string): [] => {
      errors.push({ pointer: pointerTo(line, column), detail });
      return [];
    };
    const { id = '', version = '', retired } = cells;
    if (!newSlug.safeParse(id).success) return refuse('id', 'expected small letters and digits, as settling-in');
    if (lines.slice(0, i).some((each) => each.cells.id === id)) return refuse('id', 'stands above');
    if (!/^\d{0,9}$/.test(version)) return refuse('version', 'expected a whole number, or nothing');
    const before = entries.find(({ part }) => part.id === id)?.part;
    const named = columns.flatMap((column) => {
      const cell = cells[column.toLowerCase()];
      return cell === undefined ? [] : [[column, cell.replace(/\r\n?/g, '\n').trim()]];
    });
    const all: Cells = { ...(before && form.cells(before)), ...Object.fromEntries(named) };
    const read = form.read(id, Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')), before);
    const wrong = 'errors' in read ? read.errors : wrongIn(read.part);
    if ('errors' in read || wrong.length > 0) {
      errors.push(...wrong.map(({ cell, detail }) => ({ pointer: pointerTo(line, cell), detail })));
      return [];
    }
    const isRetired = retired === undefined ? before?.retired : retired.trim().toLowerCase() === 'true';
    const part = { ...read.part, ...(isRetired && { retired: true }) };
    return [{ part, seen: version === '' ? undefined : Number(version) }];
  });
  if (errors.length > 0) throw new DomainError('invalid', { errors: errors.slice(0, MAX_ERRORS) });
  return parts;
}

/** Returns the topics of an advisor that the desk does not have, as what is wrong in a list. */
export function unknownTopics({ topics }: Pick<Desk, 'topics'>): (advisor: Advisor) => CellError[] {
  const known = topics.map(({ id }) => id);
  const detail = `expected topics of this desk: ${known.join(', ')}`;
  return (advisor) => (advisor.topics.every((id) => known.includes(id)) ? [] : [{ cell: 'topics', detail }]);
}

/** Returns the partners of a topic that the desk does not have, as what is wrong in a list. */
export function partnersNotThere(desk: Pick<Desk, 'partners'>): (topic: Topic) => CellError[] {
  return (topic) => unknownPartners(topic, desk).map(({ detail }) => ({ cell: 'partners', detail }));
}

/** Returns the desk of a partner that the program does not have, as what is wrong in a list. */
export function desksNotThere(there: { readonly deskId: string; readonly deskIds: readonly string[] }) {
  return (partner: Partner): CellError[] => {
    const detail = unbookable(partner, there);
    return detail ? [{ cell: 'bookingDesk', detail }] : [];
  };
}

/** Returns reserves as CSV, a line each. */
export function reservesCsv(reserves: readonly Reserve[]): string {
  const records = reserves.map(({ language, topicId, urgent, startsPerDay, releaseWorkingDays }) => [
    ...[language ?? '', topicId ?? '', urgent ? 'true' : '', startsPerDay, releaseWorkingDays],
  ]);
  return csvOf(RESERVE_COLUMNS, records);
}

/** Reads a desk's reserves from CSV. @throws DomainError `invalid` that points at the lines and columns that are wrong */
export function listedReserves(csv: string, desk: Pick<Desk, 'topics' | 'advisors'>): Reserve[] {
  const errors: FieldError[] = [];
  const reserves = bounded(readCsv(csv, ['startsperday', 'releaseworkingdays'])).flatMap(
    ({ line, cells }): Reserve[] => {
      const { success, data, error } = ReserveSchema.safeParse({
        language: cells.language || null,
        topic: cells.topic || null,
        urgent: cells.urgent?.toLowerCase() === 'true',
        startsPerDay: numberIn(cells.startsperday),
        releaseWorkingDays: numberIn(cells.releaseworkingdays),
      });
      const reserve = success ? withTopicId(data) : undefined;
      const none = reserve && unusable(reserve, desk);
      if (reserve && !none) return [reserve];
      const issues = none ? [none] : (error?.issues ?? []);
      errors.push(...issues.map(({ path, message }) => ({ pointer: ['', line, ...path].join('/'), detail: message })));
      return [];
    },
  );
  if (errors.length > 0) throw new DomainError('invalid', { errors: errors.slice(0, MAX_ERRORS) });
  return reserves;
}

function withTopicId({ topic, ...reserve }: ReturnType<(typeof ReserveSchema)['parse']>): Reserve {
  return { topicId: topic, ...reserve };
}

function pointerTo(line: number, column: string): string {
  return ['', line, column].join('/');
}

function bounded(lines: CsvLine[]): CsvLine[] {
  if (lines.length <= MAX_LINES) return lines;
  throw new DomainError('invalid', {
    errors: [{ pointer: `/${MAX_LINES + 2}`, detail: `expected at most ${MAX_LINES} lines` }],
    csvFault: 'length' satisfies CsvFault,
  });
}
