import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { languageName } from '../../../presentation/format';
import type { HttpDeps } from '../../deps';
import { direction } from '../../middleware/locale';
import { deskIn } from '../../pages/deskPage';
import { asQuery, type Choices, journeyUrl, openQuestion, QUESTIONS, readChoices, type Step, stepsOf } from './journey';

/** The state of a page of the journey: its desk and address, and what was chosen. */
export interface Stage {
  readonly desk: Desk;
  readonly place: { readonly locale: string; readonly desk: string };
  readonly choices: Choices;
}

/** Reads the state from the address; needs `loadDesk`. Once a time is held, `heldStage` reads the hold instead. */
export function stageOf(req: Request, res: Response): Stage {
  const desk = deskIn(res);
  const choices = readChoices(req.query, desk);
  return { desk, place: { locale: res.locals.locale, desk: desk.id }, choices };
}

/**
 * Returns the state with a new journey if its address names none. Without one, somebody begins here, who may be another
 * person than the previous one at the device. All links of the page carry it on.
 */
export function onJourney(stage: Stage, { ids }: Pick<HttpDeps, 'ids'>): Stage {
  const { choices } = stage;
  return choices.journey === undefined ? { ...stage, choices: { ...choices, journey: ids.uuid() } } : stage;
}

/**
 * Tells whether a page may be shown, because every question before it is answered. If not, it has already redirected to
 * the first open question.
 */
export function answeredBefore(step: Step, { choices, place }: Stage, res: Response): boolean {
  const open = openQuestion(choices);
  const position = (QUESTIONS as readonly Step[]).indexOf(step);
  const needed = position === -1 ? QUESTIONS : QUESTIONS.slice(0, position);
  if (open === null || !needed.includes(open)) return true;
  res.redirect(303, journeyUrl(open, place, choices));
  return false;
}

/**
 * Returns what every page of the journey shows: its position, the way back, and the choices so far, each with a link to
 * change it.
 */
export function stepView(step: Step, { desk, place, choices }: Stage, { locals }: Response) {
  const steps = stepsOf(choices);
  const number = steps.indexOf(step) + 1;
  const before = steps[number - 2];
  const { t } = locals;
  return {
    title: t(`booking.${step}.title`),
    step: { number, total: steps.length },
    back: before ? journeyUrl(before, place, choices) : url(paths.start, place),
    chips: chips(step, { desk, place, choices }, locals),
  };
}

/** Returns a form of the journey that is sent by GET to its own page, which redirects onwards after a valid answer. */
export function questionForm(step: Step, { choices }: Pick<Stage, 'choices'>, action: string) {
  const carried = hiddenFields(choices).filter(({ name }) => !FIELDS[step]?.includes(name));
  return { method: 'get', action, hidden: [...carried, { name: 'answered', value: '1' }] };
}

/** Returns the choices as hidden fields. */
function hiddenFields(choices: Choices): { name: string; value: string }[] {
  return Object.entries(asQuery(choices)).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => ({ name, value: each })),
  );
}

/** The fields that a page asks for itself, which are not repeated as hidden fields. */
const FIELDS: Partial<Record<Step, readonly string[]>> = {
  language: ['language', 'also'],
  topic: ['topic'],
  mode: ['mode'],
  day: ['date'],
};

function chips(step: Step, { place, choices }: Stage, { locale, t }: Response['locals']) {
  const { topic, mode } = choices;
  const texts: Partial<Record<Step, string | undefined>> = {
    topic:
      topic && t('booking.topic.chosen', { topic: inLanguage(topic.name, locale), minutes: topic.durationMinutes }),
    mode: mode && t(`booking.mode.${mode}.name`),
  };
  const changeable = (of: Step) => of !== 'mode' || (topic?.modes.length ?? 0) > 1;
  const chip = (of: Step) => ({
    of,
    name: t(`booking.${of}.chip`),
    href: changeable(of) ? journeyUrl(of, place, choices) : undefined,
  });
  const others = (Object.keys(texts) as Step[])
    .filter((of) => of !== step && texts[of])
    .map((of) => ({ ...chip(of), text: texts[of] }));
  const spoken = step !== 'language' && languageChip(choices);
  return spoken ? [{ ...chip('language'), ...spoken }, ...others] : others;
}

/** Returns "English", or "English · also Deutsch, Українська". */
function languageChip({ language, also = [] }: Choices) {
  return language === undefined ? undefined : { spoken: languageLabel(language), also: also.map(languageLabel) };
}

/** Returns a language by its own name, which its speakers know. Sentences name it in the reader's language instead. */
export function languageLabel(tag: string) {
  return { text: languageName(tag, tag), lang: tag, dir: direction(tag) };
}

/** Returns a language by its own name for a list to choose from, in which people look for the name that they know. */
export function languageChoice(tag: string, reader: string) {
  const own = languageLabel(tag);
  const known = languageName(reader, tag);
  return { value: tag, ...own, hint: own.text === known ? undefined : known };
}
