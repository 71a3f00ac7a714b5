import type { DeskChange } from '../../../app/desks/changeDesk';
import type { TopicEntry } from '../../../app/ports/deskStore';
import { type Desk, MODES, type Topic } from '../../../domain/desk';
import { missingTexts } from '../../../domain/deskParts';
import { partnersTold } from '../../../domain/partner';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { direction } from '../../../presentation/direction';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader, type Texts } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import { missingIn, TOPIC_TEXTS, topicForm } from '../../parts/topicCells';
import { languageSections } from '../languageSections';
import { begunWith, carriedCells, changesView, changeView, errorsOf, mergeView } from '../partView';
import type { Sent } from '../sentPart';
import { topicError, topicWords } from './form';
import { questionDone, questionsView } from './questionsView';

interface Facts {
  readonly desk: Desk;
  readonly entry: TopicEntry | undefined;
  readonly cells: Cells;
  readonly texts: Texts;
  /** The id that a new topic gets, so that two presses of the button enter one. */
  readonly newId?: string | undefined;
  readonly errors?: readonly CellError[] | undefined;
  readonly sent?: Extract<Sent<Topic>, { kind: 'preview' | 'merge' }> | undefined;
  /** What was done just now, and to which question. */
  readonly done?: string | undefined;
  readonly doneTo?: string | undefined;
  /** What it would do to offer the topic no more. */
  readonly leaving?: DeskChange | undefined;
}

/** These have several lines. */
const LONG_TEXTS = ['description', 'bring', 'haveReady', 'phrases'];
const MAX_LENGTHS: Readonly<Record<string, number>> = { shortName: 12 };
/** Every topic has these. */
const NEEDED = ['name'];

/** Returns the form of a topic, and before it is saved what that would change and how clients would see it. */
export function topicView(facts: Facts, reader: Reader) {
  const { desk, entry, cells, texts, newId, errors = [], sent, leaving, done, doneTo } = facts;
  const { t, locale } = reader;
  const told = errorsOf(errors, (error) => topicError(error, { cells, desk }, reader));
  const wrong = (id: string) => told.find(({ href }) => href === `#${id}`)?.text;
  const stored = entry ? topicForm.cells(entry.part) : {};
  const words = topicWords(desk, reader);
  const params = { desk: desk.id, id: entry?.part.id ?? '' };
  const action = entry ? url(paths.staffTopic, params) : url(paths.staffNewTopic, { desk: desk.id });
  return {
    title: entry ? inLanguage(entry.part.name, locale) : t('parts.topic.new'),
    back: url(paths.staffTopics, { desk: desk.id }),
    action,
    errors: told.length > 0 ? told : undefined,
    typedForm: 'topic',
    retired: entry?.part.retired ? t('parts.topic.isRetired') : undefined,
    merge:
      sent?.kind === 'merge'
        ? mergeView(sent.merge, { version: sent.entry.version, theirs: stored, words }, reader)
        : undefined,
    preview: sent?.kind === 'preview' ? previewOf(sent, { stored, texts, newId, words }, reader) : undefined,
    hidden: begunWith(entry?.version, stored),
    sections: [...textSections(cells, wrong, reader), settings(cells, { wrong, desk }, reader)],
    leave: entry && !entry.part.retired && leaveView(entry, leaving, reader),
    questions: entry && !sent && !leaving && questionsView(desk, entry, reader),
    ...(entry && questionDone(desk, entry, { done, questionId: doneTo }, reader)),
    bringBack: entry?.part.retired && { version: entry.version, text: t('parts.bringBack') },
  };
}

function previewOf(
  sent: Extract<Sent<Topic>, { kind: 'preview' }>,
  {
    stored,
    texts,
    newId,
    words,
  }: { stored: Cells; texts: Texts; newId: string | undefined; words: ReturnType<typeof topicWords> },
  reader: Reader,
) {
  const { cells, part, change, taken, entry } = sent;
  return {
    ...changeView(change, reader),
    ...changesView(stored, cells, words, reader),
    taken: taken.length > 0 ? reader.t('parts.taken', { fields: taken.map(words.name).join(', ') }) : undefined,
    cards: CLIENT_LOCALES.map((tag) => cardIn(part, tag, texts, reader)),
    hidden: [
      ...begunWith(entry?.version, stored),
      ...(newId ? [{ name: 'newId', value: newId }] : []),
      ...carriedCells(cells),
    ],
  };
}

/** Returns the topic's card as clients see it in a language. */
function cardIn(topic: Topic, tag: (typeof CLIENT_LOCALES)[number], texts: Texts, { t, locale }: Reader) {
  const missing = missingTexts(topic, [tag])[tag] ?? [];
  return {
    language: languageName(locale, tag),
    tag,
    dir: direction(tag),
    name: inLanguage(topic.name, tag),
    nameTag: tag in topic.name ? tag : 'en',
    text: inLanguage(topic.description, tag),
    textTag: tag in topic.description ? tag : 'en',
    minutes: texts.in('client', tag)('booking.topics.duration', { count: topic.durationMinutes }),
    missing: missing.length > 0 ? t('parts.topic.missing', { count: missing.length }) : undefined,
  };
}

type Wrong = (id: string) => string | undefined;

function textSections(cells: Cells, wrong: Wrong, reader: Reader) {
  const { t } = reader;
  const fieldsIn = (tag: string) =>
    TOPIC_TEXTS.map((field) => {
      const id = `${field}.${tag}`;
      return {
        ...(LONG_TEXTS.includes(field) ? { isArea: true } : { isInput: true }),
        ...{ id, label: t(`parts.topic.field.${field}`), value: cells[id] ?? '', error: wrong(id) },
        hint: field === 'name' ? undefined : t(`parts.topic.hint.${field}`),
        maxlength: MAX_LENGTHS[field],
        optional: !NEEDED.includes(field),
        textLang: tag,
      };
    });
  return languageSections(missingIn(cells), fieldsIn, reader);
}

function settings(
  cells: Cells,
  { wrong, desk }: { readonly wrong: Wrong; readonly desk: Desk },
  { t, locale }: Reader,
) {
  const partners = partnersTold(desk);
  const named = (cells.partners ?? '').split(' ');
  const modes = (cells.modes ?? '').split(' ');
  const number = (id: string, optional = false) => ({
    ...{ isInput: true, id, label: t(`parts.topic.field.${id}`), value: cells[id] ?? '', error: wrong(id) },
    ...{ hint: t(`parts.topic.hint.${id}`), inputmode: 'numeric', size: 'short', ltr: true, optional },
  });
  return {
    id: 'settings',
    title: t('parts.topic.settings'),
    fields: [
      number('durationMinutes'),
      number('bufferMinutes'),
      {
        isTicks: true,
        id: 'modes',
        label: t('parts.topic.field.modes'),
        error: wrong(`mode.${MODES[0]}`),
        ticks: MODES.map((mode) => ({
          ...{ id: `mode.${mode}`, text: t(`staff.mode.${mode}`), checked: modes.includes(mode) },
        })),
      },
      ...(partners.length > 0
        ? [
            {
              ...{ isTicks: true, id: 'partners', label: t('parts.topic.field.partners') },
              error: wrong(`partner.${partners[0]?.id}`),
              ticks: partners.map(({ id, name }) => ({
                ...{ id: `partner.${id}`, text: inLanguage(name, locale), checked: named.includes(id) },
              })),
            },
          ]
        : []),
      number('maxPeople'),
      number('leadTimeMinutes', true),
      number('leadTimeOpenMinutes', true),
      number('leadTimeWorkingDays', true),
      number('horizonDays', true),
      {
        ...{ isArea: true, id: 'searchWords', label: t('parts.topic.field.searchWords') },
        ...{ value: cells.searchWords ?? '', error: wrong('searchWords'), hint: t('parts.topic.hint.searchWords') },
        optional: true,
      },
      {
        ...{ isTick: true, id: 'forEmployers', text: t('parts.topic.field.forEmployers') },
        checked: cells.forEmployers === 'true',
      },
    ],
  };
}

function leaveView({ version }: TopicEntry, leaving: DeskChange | undefined, reader: Reader) {
  const { t } = reader;
  return {
    version,
    title: t('parts.topic.leave'),
    hint: t('parts.topic.leaveHint'),
    button: t('parts.topic.leave'),
    preview: leaving && changeView(leaving, reader),
  };
}
