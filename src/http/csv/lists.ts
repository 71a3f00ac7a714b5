import { textEntries } from '../../app/desks/wordText';
import { absencesAhead } from '../../app/hours/importHours';
import type { Desk } from '../../domain/desk';
import type { HttpDeps } from '../deps';
import { advisorForm } from '../parts/advisorCells';
import { partnerForm } from '../parts/partnerCells';
import { topicForm } from '../parts/topicCells';
import { absencesCsv, exceptionsCsv } from './hoursCsv';
import { ADVISOR_COLUMNS, PARTNER_COLUMNS, partsCsv, reservesCsv, TOPIC_COLUMNS } from './partsCsv';
import { questionsCsv } from './questionsCsv';
import { textsCsv } from './textsCsv';

/** The lists of a desk that are exported and imported as CSV, as they are called in addresses. */
const CSV_LISTS = [
  ...(['topics', 'questions', 'partners', 'advisors', 'reserves', 'texts'] as const),
  ...(['exceptions', 'absences'] as const),
] as const;
export type CsvList = (typeof CSV_LISTS)[number];

export function isCsvList(name: unknown): name is CsvList {
  return CSV_LISTS.some((list) => list === name);
}

/** Returns a list of the desk as CSV, as the API exports it. */
export async function csvOfList(
  { storage, texts, now }: Pick<HttpDeps, 'storage' | 'texts' | 'now'>,
  desk: Desk,
  list: CsvList,
): Promise<string> {
  if (list === 'topics') return partsCsv(topicForm, TOPIC_COLUMNS, await storage.desks.topics(desk.id));
  if (list === 'questions') return questionsCsv(await storage.desks.topics(desk.id));
  if (list === 'exceptions') return exceptionsCsv(await storage.desks.exceptions(desk.id));
  if (list === 'absences') return absencesCsv(await absencesAhead(storage, desk.id, now()), desk);
  if (list === 'partners') return partsCsv(partnerForm, PARTNER_COLUMNS, await storage.desks.partners(desk.id));
  if (list === 'advisors') return partsCsv(advisorForm, ADVISOR_COLUMNS, await storage.desks.advisors(desk.id));
  if (list === 'reserves') return reservesCsv((await storage.desks.rooms(desk.id)).part.reserves);
  return textsCsv(await textEntries(storage, desk.id), desk, texts);
}
