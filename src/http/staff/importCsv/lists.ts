import type { DeskChange } from '../../../app/desks/changeDesk';
import type { ListedPart } from '../../../app/desks/importParts';
import { textEntries } from '../../../app/desks/wordText';
import type { IdempotentAnswer } from '../../../app/idempotently';
import type { PartEntry } from '../../../app/ports/deskStore';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import type { Reader } from '../../../presentation/texts';
import type { CsvList } from '../../csv/lists';
import {
  ADVISOR_COLUMNS,
  desksNotThere,
  listedParts,
  listedReserves,
  PARTNER_COLUMNS,
  partnersNotThere,
  TOPIC_COLUMNS,
  unknownTopics,
} from '../../csv/partsCsv';
import { wordingLines } from '../../csv/textsCsv';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import { advisorForm } from '../../parts/advisorCells';
import type { CellError, CellForm } from '../../parts/cells';
import { partnerForm } from '../../parts/partnerCells';
import { roomForm } from '../../parts/roomCells';
import { topicForm } from '../../parts/topicCells';
import { advisorWords } from '../advisor/form';
import { partnerWords } from '../partner/form';
import type { CellWords } from '../partView';
import { roomWords } from '../reserves/form';
import { topicWords } from '../topic/form';
import { changedOrder, changedPart, changedReserves, changedTexts, type EntryWords } from './changes';
import { absencesImport, exceptionsImport } from './hoursLists';
import type { How, ImportList } from './importList';
import { questionsImport } from './questionsList';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts' | 'now'>;

/** Returns how each list is imported. */
export function listImports({ app, storage, texts, now }: Deps): Readonly<Record<CsvList, ImportList>> {
  return {
    topics: partsImport({
      ...{ form: topicForm, columns: TOPIC_COLUMNS, entriesOf: ({ id }) => storage.desks.topics(id) },
      run: (parts, request) => app.importTopics({ ...request, topics: parts }),
      wrongIn: partnersNotThere,
      wordsOf: (desk, reader) => ({ ...topicWords(desk, reader), retired: 'retired', back: 'back' }),
      nameOf: ({ name }, { locale }) => inLanguage(name, locale),
      ordered: (desk) => desk.topics,
    }),
    async partners(pasted, how, reader) {
      const desks = (await storage.desks.list()).filter(({ id }) => id !== pasted.desk.id);
      const there = { deskId: pasted.desk.id, deskIds: desks.map(({ id }) => id) };
      const importList = partsImport({
        ...{ form: partnerForm, columns: PARTNER_COLUMNS, entriesOf: ({ id }) => storage.desks.partners(id) },
        wrongIn: () => desksNotThere(there),
        run: (parts, request) => app.importPartners({ ...request, partners: parts }),
        wordsOf: () => ({ ...partnerWords(desks, reader), retired: 'partnerRetired', back: 'partnerBack' }),
        nameOf: ({ name }) => inLanguage(name, reader.locale),
      });
      return importList(pasted, how, reader);
    },
    advisors: partsImport({
      ...{ form: advisorForm, columns: ADVISOR_COLUMNS, entriesOf: ({ id }) => storage.desks.advisors(id) },
      wrongIn: unknownTopics,
      run: (parts, request) => app.importAdvisors({ ...request, advisors: parts }),
      wordsOf: (desk, reader) => ({ ...advisorWords(desk, reader), retired: 'advisorRetired', back: 'advisorBack' }),
      nameOf: ({ name }) => name,
    }),

    questions: questionsImport({ app, storage }),
    exceptions: exceptionsImport({ app, storage, texts }),
    absences: absencesImport({ app, storage, now }),

    async reserves({ who, desk, csv }, { shown, ...how }, reader) {
      const reserves = listedReserves(csv, desk);
      const { part: before, version } = await storage.desks.rooms(desk.id);
      const seen = shown?.get(ROOMS) ?? version;
      const { value } = await app.importReserves({ who, deskId: desk.id, reserves, seen, ...how });
      const [old, now] = [before, { ...before, reserves }].map((rooms) => roomForm.cells(rooms));
      return {
        entries: changedReserves(old ?? {}, now ?? {}, roomWords(desk, reader), reader),
        change: value,
        versions: new Map([[ROOMS, version]]),
      };
    },

    async texts({ who, desk, csv }, { dryRun, idempotency, shown }, reader) {
      const all = await textEntries(storage, desk.id);
      const versions = shown ?? new Map(all.map(({ wordable, entry }) => [wordable.key, entry.version]));
      const lines = wordingLines(csv).map((line) => ({
        ...line,
        version: line.version ?? versions.get(line.key) ?? undefined,
      }));
      const { value } = await app.wordTexts({ who, deskId: desk.id, lines, apply: !dryRun, idempotency });
      return { entries: changedTexts(value.changes, all, { desk, texts }, reader), versions };
    },
  };
}

/** The reserves of a desk have one version, with its capacities. */
const ROOMS = 'rooms';

interface PartsList<T> {
  readonly form: CellForm<T>;
  readonly columns: readonly string[];
  readonly entriesOf: (desk: Desk) => Promise<readonly PartEntry<T>[]>;
  /** What is wrong with a part at this desk that is right in itself. */
  readonly wrongIn?: (desk: Desk) => (part: T) => readonly CellError[];
  readonly run: (
    parts: readonly ListedPart<T>[],
    request: Omit<How, 'shown'> & { readonly who: SignedIn; readonly deskId: string },
  ) => Promise<IdempotentAnswer<DeskChange>>;
  readonly wordsOf: (desk: Desk, reader: Reader) => CellWords & Omit<EntryWords, 'title'>;
  readonly nameOf: (part: T, reader: Reader) => string;
  /** The parts in the desk's order, where the list can change it. */
  readonly ordered?: (desk: Desk) => readonly T[];
}

function partsImport<T extends { readonly id: string; readonly retired?: boolean }>(list: PartsList<T>): ImportList {
  return async ({ who, desk, csv }, { shown, ...how }, reader) => {
    const entries = await list.entriesOf(desk);
    const wrongIn = list.wrongIn?.(desk);
    const parts = listedParts(list.form, list.columns, { csv, entries, ...(wrongIn && { wrongIn }) });
    const versionOf = (id: string) => entries.find(({ part }) => part.id === id)?.version ?? null;
    const versions = shown ?? new Map(parts.map(({ part }) => [part.id, versionOf(part.id)]));
    const guarded = parts.map(({ part, seen }) => ({ part, seen: seen ?? versions.get(part.id) }));
    const { value } = await list.run(guarded, { who, deskId: desk.id, ...how });
    const told = parts.flatMap(({ part }) => {
      const before = entries.find((entry) => entry.part.id === part.id)?.part;
      const words = { ...list.wordsOf(desk, reader), title: list.nameOf(part, reader) };
      return changedPart({ form: list.form, before, after: part }, words, reader);
    });
    const orders = list.ordered
      ? changedOrder(
          {
            before: list.ordered(desk),
            after: list.ordered(value.desk),
            nameOf: (part) => list.nameOf(part, reader),
          },
          reader.t('parts.topics.title'),
          reader,
        )
      : [];
    return { entries: [...told, ...orders], change: value, versions };
  };
}
