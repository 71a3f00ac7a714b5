import type { PartEntry, TopicEntry } from '../../../app/ports/deskStore';
import {
  AUDIENCES,
  MAX_ANSWER_LENGTH,
  QUESTION_KINDS,
  type Question,
  USUAL_ANSWER_LENGTH,
} from '../../../domain/booking/questions';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import type { Reader, Texts } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import { missingInQuestion, QUESTION_TEXTS, questionForm } from '../../parts/questionCells';
import { isHouse, languageSections } from '../languageSections';
import { begunWith, carriedCells, changesView, changeView, errorsOf, mergeView } from '../partView';
import type { Sent } from '../sentPart';
import { askedView } from './askedView';
import { questionError, questionWords } from './form';

interface Facts {
  readonly desk: Desk;
  readonly topic: TopicEntry;
  readonly entry: PartEntry<Question> | undefined;
  readonly cells: Cells;
  readonly texts: Texts;
  /** The id that a new question gets, so that two presses of the button enter one. */
  readonly newId?: string | undefined;
  readonly errors?: readonly CellError[] | undefined;
  readonly sent?: Extract<Sent<Question>, { kind: 'preview' | 'merge' }> | undefined;
}

/** Returns the form of a question, and before it is saved what that would change and how clients would be asked. */
export function questionView(facts: Facts, reader: Reader) {
  const { desk, topic, entry, cells, errors = [], sent } = facts;
  const { t, locale } = reader;
  const told = errorsOf(errors, (error) => questionError(error, cells, reader));
  const wrong = (id: string) => told.find(({ href }) => href === `#${id}`)?.text;
  const stored = entry ? questionForm.cells(entry.part) : {};
  const words = questionWords(reader);
  const params = { desk: desk.id, id: topic.part.id };
  const isRetired = entry?.part.retired;
  return {
    title: entry ? inLanguage(entry.part.label, locale) : t('parts.question.new'),
    lead: t('parts.question.lead', { topic: inLanguage(topic.part.name, locale) }),
    back: `${url(paths.staffTopic, params)}#questions`,
    action: entry
      ? url(paths.staffQuestion, { ...params, question: entry.part.id })
      : url(paths.staffNewQuestion, params),
    errors: told.length > 0 ? told : undefined,
    typedForm: 'question',
    retired: isRetired ? t('parts.question.isRetired') : undefined,
    merge:
      sent?.kind === 'merge'
        ? mergeView(sent.merge, { version: sent.entry.version, theirs: stored, words }, reader)
        : undefined,
    preview: sent?.kind === 'preview' ? previewOf(sent, facts, reader) : undefined,
    hidden: begunWith(entry?.version, stored),
    sections: [
      settings(cells, { wrong, isNew: !entry }, reader),
      ...textSections(cells, { wrong, isNew: !entry }, reader),
    ],
    leave: entry &&
      !isRetired && {
        version: entry.version,
        title: t('parts.question.leave'),
        hint: t('parts.question.leaveHint'),
        button: t('parts.question.leave'),
      },
    bringBack: isRetired && { version: entry.version, text: t('parts.question.bringBack') },
  };
}

function previewOf(sent: Extract<Sent<Question>, { kind: 'preview' }>, { texts, newId }: Facts, reader: Reader) {
  const { cells, part, change, taken, entry } = sent;
  const stored = entry ? questionForm.cells(entry.part) : {};
  const words = questionWords(reader);
  return {
    ...changeView(change, reader),
    ...changesView(stored, cells, words, reader),
    taken: taken.length > 0 ? reader.t('parts.taken', { fields: taken.map(words.name).join(', ') }) : undefined,
    ...askedView(part, missingInQuestion(cells), texts, reader),
    hidden: [
      ...begunWith(entry?.version, stored),
      ...(newId ? [{ name: 'newId', value: newId }] : []),
      ...carriedCells(cells),
    ],
  };
}

type Wrong = (id: string) => string | undefined;

function settings(cells: Cells, { wrong, isNew }: { wrong: Wrong; isNew: boolean }, { t }: Reader) {
  const select = (id: 'kind' | 'audience', values: readonly string[]) => ({
    ...{ isSelect: true, id, label: t(`parts.question.field.${id}`), error: wrong(id) },
    options: values.map((value) => ({
      ...{ value, text: t(`parts.question.${id}.${value}`), selected: value === cells[id] },
    })),
  });
  const number = (id: 'max' | 'keepDays', numbers: Record<string, number>) => ({
    ...{ isInput: true, id, label: t(`parts.question.field.${id}`), value: cells[id] ?? '', error: wrong(id) },
    ...{ hint: t(`parts.question.hint.${id}`, numbers), inputmode: 'numeric', size: 'short', ltr: true },
    optional: id === 'max',
  });
  const ofText = number('max', { most: MAX_ANSWER_LENGTH, usual: USUAL_ANSWER_LENGTH });
  return {
    id: 'settings',
    title: t('parts.question.settings'),
    hint: isNew ? undefined : t('parts.question.kindStays', { kind: t(`parts.question.kind.${cells.kind}`) }),
    fields: [
      ...(isNew ? [select('kind', QUESTION_KINDS)] : []),
      select('audience', AUDIENCES),
      number('keepDays', {}),
      ...(isNew || cells.kind === 'text' ? [ofText] : []),
      {
        ...{ isTick: true, id: 'required', text: t('parts.question.field.required') },
        checked: cells.required === 'true',
      },
    ],
  };
}

function textSections(cells: Cells, { wrong, isNew }: { wrong: Wrong; isNew: boolean }, reader: Reader) {
  const { t } = reader;
  const asked = QUESTION_TEXTS.filter((field) => field !== 'choices' || isNew || cells.kind === 'choice');
  const fieldsIn = (tag: string) =>
    asked.map((field) => {
      const id = `${field}.${tag}`;
      return {
        ...(field === 'label' ? { isInput: true } : { isArea: true }),
        ...{ id, label: t(`parts.question.field.${field}`), value: cells[id] ?? '', error: wrong(id) },
        hint: field === 'choices' ? t(`parts.question.hint.choices${tag === 'de' ? '' : 'InLanguage'}`) : undefined,
        optional: !(isHouse(tag) && field === 'label'),
        textLang: tag,
      };
    });
  return languageSections(missingInQuestion(cells), fieldsIn, reader);
}
