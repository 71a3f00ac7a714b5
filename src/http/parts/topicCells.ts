import type { z } from 'zod';
import { phraseLines, phrasesOf } from '../../domain/booking/phrases';
import type { Topic } from '../../domain/desk';
import type { Text } from '../../domain/text';
import { known } from '../../fields/schemas/checks';
import { TOPIC_FIELDS } from '../../fields/schemas/topic';
import { type CellForm, type Cells, filled, numberIn, wordsIn } from './cells';
import { idFor } from './newId';
import { inOthers, missingTexts, textCells, textIn } from './textCells';

/** The texts of a topic; each has a cell for each language of clients' pages, such as `name.de`. */
export const TOPIC_TEXTS = [
  'name',
  'sentence',
  'description',
  'bring',
  'haveReady',
  'shortName',
  'neutralName',
  'group',
  'phrases',
] as const;
type TopicText = (typeof TOPIC_TEXTS)[number];

export const TOPIC_NUMBERS = [
  ...(['durationMinutes', 'bufferMinutes', 'maxPeople'] as const),
  ...(['leadTimeMinutes', 'leadTimeOpenMinutes', 'leadTimeWorkingDays', 'horizonDays'] as const),
] as const;

const { questions: _, ...WITHOUT_QUESTIONS } = TOPIC_FIELDS;
const TopicCells = known(WITHOUT_QUESTIONS);
/** What tells the same line of another language from the German ones. */
const UNEVEN = "expected as many lines as in German; '-' stands for one that is not in this language";

/** A topic as cells. Its questions have none; its phrases are lines of a text. */
export const topicForm: CellForm<Topic> = {
  cells(topic) {
    const texts = TOPIC_TEXTS.flatMap((field) => textCells(field, textOf(topic, field)));
    const numbers = TOPIC_NUMBERS.map((field): [string, string] => [field, String(topic[field] ?? '')]);
    return filled({
      ...Object.fromEntries([...texts, ...numbers]),
      modes: topic.modes.join(' '),
      forEmployers: topic.forEmployers ? 'true' : '',
      searchWords: topic.searchWords.join('\n'),
      partners: topic.partners.join(' '),
    });
  },

  read(id, cells, before) {
    const texts = TOPIC_TEXTS.filter((field) => field !== 'phrases').map((field) => [
      field,
      textIn(cells, field, before && textOf(before, field)),
    ]);
    const numbers = TOPIC_NUMBERS.map((field) => [field, numberIn(cells[field])]);
    const said = phrasesIn(cells, before?.phrases ?? []);
    if ('uneven' in said) return { errors: said.uneven.map((tag) => ({ cell: `phrases.${tag}`, detail: UNEVEN })) };
    const { success, data, error } = TopicCells.safeParse({
      name: {},
      ...present(Object.fromEntries([...texts, ...numbers])),
      modes: wordsIn(cells.modes),
      partners: wordsIn(cells.partners),
      phrases: said.phrases,
      forEmployers: cells.forEmployers === 'true',
      searchWords: (cells.searchWords ?? '')
        .split('\n')
        .map((word) => word.trim())
        .filter(Boolean),
    });
    if (!success) return { errors: error.issues.map(cellError) };
    const { description, ...rest } = data;
    const questions = before?.questions.filter(({ retired }) => !retired) ?? [];
    return { part: { ...rest, id, description: description ?? rest.name, questions } };
  },
};

/** Returns how many texts of the topic, as far as it has them in German, lack in each language. */
export function missingIn(cells: Cells): Readonly<Record<string, number>> {
  return missingTexts(cells, TOPIC_TEXTS);
}

/** A description that only says the name again is none. */
function textOf(topic: Topic, field: TopicText): Text | null {
  const isAgain = field === 'description' && JSON.stringify(topic.description) === JSON.stringify(topic.name);
  if (field === 'phrases') return phraseLines(topic.phrases);
  return isAgain ? null : topic[field];
}

/** What a phrase says in languages that have no cell stays. */
function phrasesIn(cells: Cells, before: Topic['phrases']) {
  const lines = textIn(cells, 'phrases', null) ?? {};
  const newId = (german: string, taken: readonly { readonly id: string }[]) => idFor(german, taken, 'phrase');
  const read = phrasesOf(lines, before, newId);
  if ('uneven' in read) return read;
  const others = (id: string) => inOthers(before.find((each) => each.id === id)?.text);
  return { phrases: read.phrases.map(({ id, text }) => ({ id, text: { ...others(id), ...text } })) };
}

function present(fields: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function cellError({ path, message }: z.core.$ZodIssue) {
  const [field = '', ...rest] = path.map(String);
  const language = field === 'phrases' ? rest[2] : rest[0];
  const isText = TOPIC_TEXTS.some((each) => each === field);
  const detail = message.replace(/^Invalid (input|option): /, '');
  return { cell: isText ? `${field}.${language ?? 'de'}` : field, detail };
}
