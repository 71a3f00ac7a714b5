import type { DeskChange } from '../../../app/desks/changeDesk';
import type { AdvisorEntry } from '../../../app/ports/deskStore';
import { type Advisor, type Desk, MODES, topicsOnOffer } from '../../../domain/desk';
import { LANGUAGE_LEVELS } from '../../../domain/language';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader } from '../../../presentation/texts';
import { WORLD_LANGUAGES } from '../../../presentation/worldLanguages';
import { advisorForm } from '../../parts/advisorCells';
import type { CellError, Cells } from '../../parts/cells';
import { begunWith, carriedCells, changesView, changeView, errorsOf, mergeView } from '../partView';
import type { Sent } from '../sentPart';
import { advisorError, advisorWords, languageRows, timeRows, WEEKDAYS } from './form';

interface Facts {
  readonly desk: Desk;
  readonly entry: AdvisorEntry | undefined;
  readonly cells: Cells;
  /** The id that a new advisor gets, so that two presses of the button enter one. */
  readonly newId?: string | undefined;
  readonly errors?: readonly CellError[] | undefined;
  readonly sent?: Extract<Sent<Advisor>, { kind: 'preview' | 'merge' }> | undefined;
  /** What it would do if they left now. */
  readonly leaving?: DeskChange | undefined;
}

/** Returns the form of an advisor, and before it is saved what that would change. */
export function advisorView({ desk, entry, cells, newId, errors = [], sent, leaving }: Facts, reader: Reader) {
  const { t } = reader;
  const told = errorsOf(errors, (error) => advisorError(error, desk, reader));
  const wrong = (id: string) => told.find(({ href }) => href === `#${id}`)?.text;
  const stored = entry ? advisorForm.cells(entry.part) : {};
  const words = advisorWords(desk, reader);
  const params = { desk: desk.id, id: entry?.part.id ?? '' };
  const begun = [...begunWith(entry?.version, stored), ...(newId ? [{ name: 'newId', value: newId }] : [])];
  return {
    title: entry ? entry.part.name : t('parts.advisor.new'),
    back: url(paths.staffAdvisors, { desk: desk.id }),
    action: entry ? url(paths.staffAdvisor, params) : url(paths.staffNewAdvisor, { desk: desk.id }),
    errors: told.length > 0 ? told : undefined,
    typedForm: 'advisor',
    retired: entry?.part.retired ? t('parts.advisor.isRetired') : undefined,
    merge:
      sent?.kind === 'merge'
        ? mergeView(sent.merge, { version: sent.entry.version, theirs: stored, words }, reader)
        : undefined,
    preview:
      sent?.kind === 'preview'
        ? {
            ...changeView(sent.change, reader),
            ...changesView(stored, sent.cells, words, reader),
            taken:
              sent.taken.length > 0 ? t('parts.taken', { fields: sent.taken.map(words.name).join(', ') }) : undefined,
            handOver: sent.change.affected.length > 0 ? t('parts.advisor.handOver') : undefined,
            hidden: [...begun, ...carriedCells(sent.cells)],
          }
        : undefined,
    hidden: begun,
    sections: [
      person(cells, wrong, reader),
      languages(cells, wrong, reader),
      topics(desk, cells, wrong, reader),
      modes(cells, wrong, reader),
      times(cells, wrong, reader),
    ],
    leave: entry &&
      !entry.part.retired && {
        version: entry.version,
        title: t('parts.advisor.leave'),
        hint: t('parts.advisor.leaveHint'),
        button: t('parts.advisor.leave'),
        preview: leaving && {
          ...changeView(leaving, reader),
          handOver: leaving.affected.length > 0 ? t('parts.advisor.handOver') : undefined,
        },
      },
    bringBack: entry?.part.retired && { version: entry.version, text: t('parts.bringBack') },
  };
}

type Wrong = (id: string) => string | undefined;

function person(cells: Cells, wrong: Wrong, { t }: Reader) {
  const field = (id: string, more: object = {}) => ({
    ...{ isInput: true, id, label: t(`parts.advisor.field.${id}`), value: cells[id] ?? '', error: wrong(id) },
    ...more,
  });
  return {
    id: 'person',
    title: t('parts.advisor.person'),
    fields: [
      field('name'),
      field('email', { type: 'email', ltr: true, hint: t('parts.advisor.hint.email') }),
      field('door', { optional: true, maxlength: 20, hint: t('parts.advisor.hint.door') }),
      field('videoLink', { optional: true, type: 'url', ltr: true, hint: t('parts.advisor.hint.videoLink') }),
      field('from', { optional: true, type: 'date', ltr: true, hint: t('parts.advisor.hint.from') }),
      field('until', { optional: true, type: 'date', ltr: true, hint: t('parts.advisor.hint.until') }),
    ],
  };
}

function languages(cells: Cells, wrong: Wrong, { t, locale }: Reader) {
  const rows = languageRows(cells.languages);
  const all = [...new Set([...CLIENT_LOCALES, ...rows.map(({ tag }) => tag).filter(Boolean), ...WORLD_LANGUAGES])];
  const names = all
    .map((value) => ({ value, text: languageName(locale, value) }))
    .sort((a, b) => a.text.localeCompare(b.text, locale));
  return {
    id: 'languages',
    title: t('parts.advisor.field.languages'),
    hint: t('parts.advisor.hint.languages'),
    fields: rows.map(({ tag, level }, i) => ({
      isPair: true,
      first: {
        ...{ id: `language.${i}`, label: t('parts.advisor.language', { count: i + 1 }), placeholder: '–' },
        error: wrong(`language.${i}`),
        options: names.map((each) => ({ ...each, selected: each.value === tag })),
      },
      second: {
        ...{ id: `level.${i}`, label: t('parts.advisor.level', { count: i + 1 }), placeholder: t('parts.level.none') },
        options: LANGUAGE_LEVELS.map((value) => ({
          ...{ value, text: t(`parts.level.${value}`), selected: value === level },
        })),
      },
    })),
  };
}

function topics(desk: Desk, cells: Cells, wrong: Wrong, { t, locale }: Reader) {
  const covered = (cells.topics ?? '').split(' ');
  const ticks = topicsOnOffer(desk).map(({ id, name }) => ({
    ...{ id: `topic.${id}`, text: inLanguage(name, locale), checked: covered.includes(id) },
  }));
  return {
    id: 'topics',
    title: t('parts.advisor.field.topics'),
    fields: [
      {
        ...{ isTicks: true, id: 'topics', label: t('parts.advisor.hint.topics'), ticks },
        error: wrong(`topic.${desk.topics[0]?.id}`),
      },
    ],
  };
}

function modes(cells: Cells, wrong: Wrong, { t }: Reader) {
  const limited = (cells.modes ?? '').split(' ');
  const ticks = MODES.map((mode) => ({
    ...{ id: `mode.${mode}`, text: t(`staff.mode.${mode}`), checked: limited.includes(mode) },
  }));
  return {
    id: 'modes',
    title: t('parts.advisor.field.modes'),
    fields: [
      {
        ...{ isTicks: true, id: 'modes', label: t('parts.advisor.hint.modes'), ticks },
        error: wrong('mode.in_person'),
      },
    ],
  };
}

function times(cells: Cells, wrong: Wrong, { t }: Reader) {
  const { rows, others } = timeRows(cells.workingRules);
  const end = (i: number, part: 'start' | 'end', value: string) => ({
    ...{ id: `rule.${i}.${part}`, label: t(`parts.advisor.${part}`), value, type: 'time', ltr: true },
    error: wrong(`rule.${i}.${part}`),
  });
  return {
    id: 'times',
    title: t('parts.advisor.field.workingRules'),
    hint: t('parts.advisor.hint.workingRules'),
    fields: [
      ...rows.map((row, i) => ({
        isTimes: true,
        id: `rule.${i}`,
        label: t('parts.advisor.days', { count: i + 1 }),
        days: WEEKDAYS.map((day) => ({
          ...{ id: `rule.${i}.${day}`, text: t(`parts.weekday.${day}`), checked: row.days.includes(day) },
        })),
        start: end(i, 'start', row.start),
        end: end(i, 'end', row.end),
      })),
      {
        ...{ isArea: true, id: 'rules', label: t('parts.advisor.field.rules'), value: others, optional: true },
        ...{ hint: t('parts.advisor.hint.rules'), error: wrong('rules') },
      },
    ],
  };
}
