import { inLanguage } from '../../../domain/text';
import { listedQuestions } from '../../csv/questionsCsv';
import type { HttpDeps } from '../../deps';
import { questionForm } from '../../parts/questionCells';
import { questionWords } from '../question/form';
import { wordsOf } from '../words';
import { changedOrder, changedPart } from './changes';
import type { ImportList, Versions } from './importList';

/** Returns how the questions of all topics are imported. */
export function questionsImport({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): ImportList {
  return async ({ who, desk, csv }, { shown, ...how }, reader) => {
    const entries = await storage.desks.topics(desk.id);
    const rows = listedQuestions(csv, entries);
    const versions: Versions = shown ?? new Map(entries.map(({ part, version }) => [part.id, version]));
    const questions = rows.map((row) => ({ ...row, seen: row.seen ?? versions.get(row.topicId) ?? undefined }));
    const { value } = await app.importQuestions({ who, deskId: desk.id, questions, ...how });
    const words = wordsOf(desk, reader);
    const nameOf = ({ label }: { readonly label: Readonly<Record<string, string>> }) =>
      inLanguage(label, reader.locale);
    const told = rows.flatMap(({ topicId, question, before }) => {
      const title = `${words.topic(topicId)}: ${nameOf(question)}`;
      const named = { ...questionWords(reader), title, retired: 'questionRetired', back: 'questionBack' };
      return changedPart({ form: questionForm, before, after: question }, named, reader);
    });
    const orders = desk.topics.flatMap(({ id, questions: before }) => {
      const after = value.desk.topics.find((topic) => topic.id === id)?.questions ?? [];
      return changedOrder({ before, after, nameOf }, words.topic(id), reader);
    });
    return { entries: [...told, ...orders], change: value, versions };
  };
}
