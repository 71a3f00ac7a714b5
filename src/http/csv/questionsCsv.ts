import type { ListedQuestion } from '../../app/desks/importParts';
import type { TopicEntry } from '../../app/ports/deskStore';
import { MAX_QUESTIONS, type Question } from '../../domain/booking/questions';
import { DomainError, type FieldError } from '../../domain/errors';
import { newSlug } from '../../fields/schemas';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { QUESTION_CELLS, QUESTION_TEXTS, questionForm } from '../parts/questionCells';
import { type CsvLine, csvOf } from './csv';
import { isYes, rowsIn } from './rows';

const [KIND, ...FACTS] = QUESTION_CELLS;
/** The columns of questions, besides `topic`, `id`, `retired` and `version`. */
export const QUESTION_COLUMNS = [
  KIND,
  ...QUESTION_TEXTS.flatMap((field) => CLIENT_LOCALES.map((tag) => `${field}.${tag}`)),
  ...FACTS,
];

/** Returns what the topics on offer ask as CSV, a line for each question; the version is that of its topic. */
export function questionsCsv(entries: readonly TopicEntry[]): string {
  const records = entries
    .filter(({ part }) => !part.retired)
    .flatMap(({ part, version }) =>
      part.questions
        .filter(({ retired }) => !retired)
        .map((question) => {
          const cells = questionForm.cells(question);
          return [part.id, question.id, ...QUESTION_COLUMNS.map((column) => cells[column] ?? ''), '', version];
        }),
    );
  return csvOf(['topic', 'id', ...QUESTION_COLUMNS, 'retired', 'version'], records);
}

/** A question that a list names, beside how it was before. */
interface QuestionRow extends ListedQuestion {
  readonly before: Question | undefined;
}

/**
 * Reads questions from CSV; a line with an unknown id enters a new one.
 *
 * @throws DomainError `invalid` that points at the lines and columns that are wrong
 */
export function listedQuestions(csv: string, entries: readonly TopicEntry[]): QuestionRow[] {
  const topicOf = (id: string | undefined) => entries.find(({ part }) => part.id === id && !part.retired)?.part;
  const find = ({ cells }: CsvLine, above: readonly CsvLine[]) => {
    const { topic: topicId = '', id = '' } = cells;
    const topic = topicOf(topicId);
    if (!topic) return { cell: 'topic', detail: 'expected a topic that is on offer at this desk' };
    if (!newSlug.safeParse(id).success)
      return { cell: 'id', detail: 'expected small letters and digits, as settling-in' };
    if (above.some((each) => each.cells.topic === topicId && each.cells.id === id))
      return { cell: 'id', detail: 'stands above, of this topic' };
    const before = topic.questions.find((each) => each.id === id);
    if (before && (cells.kind ?? before.kind) !== before.kind)
      return { cell: 'kind', detail: `expected ${before.kind}: its answers are of that kind` };
    return { id, before };
  };
  const needed = ['topic', 'id'];
  const rows = rowsIn({ csv, needed, form: questionForm, columns: QUESTION_COLUMNS, find }).map((row) => {
    const { retired: was, ...question } = row.part;
    const retired = row.cells.retired === undefined ? was : isYes(row.cells.retired);
    return { ...row, topicId: row.cells.topic ?? '', question: { ...question, ...(retired && { retired: true }) } };
  });
  const errors = entries.flatMap(({ part }): FieldError[] => {
    const own = rows.filter(({ topicId }) => topicId === part.id);
    const others = part.questions.filter(({ id }) => own.every(({ question }) => question.id !== id));
    const asked = [...others, ...own.map(({ question }) => question)].filter(({ retired }) => !retired);
    const last = own.at(-1);
    if (!last || asked.length <= MAX_QUESTIONS) return [];
    return [{ pointer: `/${last.line}/topic`, detail: `expected at most ${MAX_QUESTIONS} questions of a topic` }];
  });
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return rows.map(({ topicId, question, seen, before }) => ({ topicId, question, seen, before }));
}
