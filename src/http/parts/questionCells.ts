import type { z } from 'zod';
import type { Question } from '../../domain/booking/questions';
import type { Text } from '../../domain/text';
import { TopicQuestion } from '../../fields/schemas/topic';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { type CellError, type CellForm, type Cells, filled, numberIn } from './cells';
import { idFor } from './newId';
import { inOthers, textIn } from './textCells';

/** The texts of a question; each has a cell for each language of clients' pages, such as `label.de`. */
export const QUESTION_TEXTS = ['label', 'hint', 'choices'] as const;

/** What else a question has a cell for. */
export const QUESTION_CELLS = ['kind', 'required', 'max', 'keepDays', 'audience'] as const;

type Choice = Question['choices'][number];

/** A question of a topic as cells. The labels of its choices are the lines of one cell in each language. */
export const questionForm: CellForm<Question> = {
  cells({ label, hint, choices, kind, required, max, keepDays, audience }) {
    const texts = CLIENT_LOCALES.flatMap((tag): [string, string | undefined][] => [
      [`label.${tag}`, label[tag]],
      [`hint.${tag}`, hint?.[tag]],
      [`choices.${tag}`, choices.map((choice) => inOneLine(choice.label[tag])).join('\n')],
    ]);
    const facts = {
      kind,
      required: required ? 'true' : '',
      max: String(max ?? ''),
      keepDays: String(keepDays),
      audience,
    };
    return filled({ ...Object.fromEntries(texts.map(([cell, text]) => [cell, text?.trim()])), ...facts });
  },

  read(id, cells, before) {
    const uneven = CLIENT_LOCALES.filter((tag) => isUneven(cells, tag));
    const choices = choicesIn(cells, before);
    const { success, data, error } = TopicQuestion.safeParse({
      ...{ id, kind: cells.kind, label: textIn(cells, 'label', before?.label) ?? {} },
      hint: textIn(cells, 'hint', before?.hint) ?? null,
      ...(choices.length > 0 && { choices }),
      required: cells.required === 'true',
      ...(cells.max && { max: numberIn(cells.max) }),
      ...{ keepDays: numberIn(cells.keepDays), audience: cells.audience },
    });
    const errors = [...(error?.issues.map(cellError) ?? []), ...uneven.map(unevenError), ...twice(choices)];
    if (!success || errors.length > 0) return { errors };
    return { part: { ...data, ...(before?.retired && { retired: true }) } };
  },
};

/** Returns how many texts of the question lack in each language: its label, and what it has in German. */
export function missingInQuestion(cells: Cells): Readonly<Record<string, number>> {
  const lacking = (tag: string) =>
    QUESTION_TEXTS.filter((field) => (field === 'label' || cells[`${field}.de`]) && !cells[`${field}.${tag}`]).length;
  return Object.fromEntries(CLIENT_LOCALES.map((tag) => [tag, lacking(tag)]));
}

function linesIn(cells: Cells, tag: string): string[] {
  const lines = (cells[`choices.${tag}`] ?? '').split('\n').map((line) => line.trim());
  return lines.filter(Boolean);
}

/** A language has a label for each choice, or, but for English, for none. */
function isUneven(cells: Cells, tag: string): boolean {
  const [count, german] = [linesIn(cells, tag).length, linesIn(cells, 'de').length];
  return count !== german && (count > 0 || tag === 'en');
}

function unevenError(tag: string): CellError {
  return { cell: `choices.${tag}`, detail: 'expected as many lines as in German' };
}

/**
 * Reads the choices, a line each. A choice whose label is the same as before in German or in English is the same, so that
 * answers that were given keep their meaning; any other is new.
 */
function choicesIn(cells: Cells, before: Question | undefined): Choice[] {
  const labels = linesIn(cells, 'de').map((_, i): Text => {
    const inEach = CLIENT_LOCALES.map((tag): [string, string | undefined] => [tag, linesIn(cells, tag)[i]]);
    return filled(Object.fromEntries(inEach));
  });
  const left = [...(before?.choices ?? [])];
  const take = (tag: 'de' | 'en', label: Text) => {
    const at = left.findIndex((choice) => choice.label[tag] === label[tag]);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const sameInGerman = labels.map((label) => take('de', label));
  const same = labels.map((label, i) => sameInGerman[i] ?? take('en', label));
  const choices: Choice[] = [];
  for (const [i, label] of labels.entries()) {
    const taken = [...(before?.choices ?? []), ...choices];
    const id = same[i]?.id ?? idFor(label.de ?? '', taken, 'choice');
    choices.push({ id, label: { ...inOthers(same[i]?.label), ...label } });
  }
  return choices;
}

function twice(choices: readonly Choice[]): CellError[] {
  const isTwice = ['de', 'en'].filter((tag) => new Set(choices.map(({ label }) => label[tag])).size < choices.length);
  return isTwice.map((tag) => ({ cell: `choices.${tag}`, detail: 'expected each choice once' }));
}

function cellError({ path, message }: z.core.$ZodIssue): CellError {
  const [field = '', ...rest] = path.map(String);
  const detail = message.replace(/^Invalid (input|option): /, '');
  if (field === 'id') return { cell: 'label.de', detail };
  if (field === 'choices') return { cell: `choices.${rest[2] ?? 'de'}`, detail };
  return { cell: field === 'label' || field === 'hint' ? `${field}.${rest[0] ?? 'de'}` : field, detail };
}

function inOneLine(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ');
}
