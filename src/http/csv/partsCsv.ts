import type { ListedPart } from '../../app/desks/importParts';
import type { PartEntry } from '../../app/ports/deskStore';
import type { Advisor, Desk, Reserve, Topic } from '../../domain/desk';
import { unknownPartners, unusable } from '../../domain/deskParts';
import { DomainError, type FieldError } from '../../domain/errors';
import { type Partner, unbookable } from '../../domain/partner';
import { newSlug } from '../../fields/schemas';
import { Reserve as ReserveSchema } from '../../fields/schemas/reserve';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { type CellError, type CellForm, numberIn } from '../parts/cells';
import { PARTNER_CONTACTS, PARTNER_TEXTS } from '../parts/partnerCells';
import { TOPIC_NUMBERS, TOPIC_TEXTS } from '../parts/topicCells';
import { type CsvLine, csvOf, readCsv } from './csv';
import { bounded, isYes, MAX_ERRORS, rowsIn } from './rows';

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
  const find = ({ cells: { id = '' } }: CsvLine, above: readonly CsvLine[]) => {
    if (!newSlug.safeParse(id).success)
      return { cell: 'id', detail: 'expected small letters and digits, as settling-in' };
    if (above.some((each) => each.cells.id === id)) return { cell: 'id', detail: 'stands above' };
    return { id, before: entries.find(({ part }) => part.id === id)?.part };
  };
  return rowsIn({ csv, needed: ['id'], form, columns, find, wrongIn }).map(({ part, before, seen, cells }) => {
    const isRetired = cells.retired === undefined ? before?.retired : isYes(cells.retired);
    return { part: { ...part, ...(isRetired && { retired: true }) }, seen };
  });
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
