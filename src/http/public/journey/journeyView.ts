import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { direction } from '../../../presentation/direction';
import { languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { asQuery, type Choices, type JourneyQuestion, journeyUrl, type Step, stepsOf } from './journey';
import type { Stage } from './stage';

/**
 * Returns what every page of the journey shows: its position, the way back, and the choices so far, each with a link to
 * change it.
 */
export function stepView(step: Step, { place, choices }: Stage, reader: Reader) {
  const steps = stepsOf(choices);
  const number = steps.indexOf(step) + 1;
  const before = steps[number - 2];
  return {
    title: reader.t(`booking.${step}.title`),
    step: { number, total: steps.length },
    back: before ? journeyUrl(before, place, choices) : url(paths.start, place),
    chips: chips(step, { place, choices }, reader),
  };
}

/** Returns a form of the journey that is sent by GET to its own page, which redirects onwards after a valid answer. */
export function questionForm(step: JourneyQuestion, { place, choices }: Pick<Stage, 'place' | 'choices'>) {
  const carried = hiddenFields(choices).filter(({ name }) => !FIELDS[step].includes(name));
  return { method: 'get', action: journeyUrl(step, place, {}), hidden: [...carried, { name: 'answered', value: '1' }] };
}

/** Returns the choices as hidden fields. */
function hiddenFields(choices: Choices): { name: string; value: string }[] {
  return Object.entries(asQuery(choices)).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => ({ name, value: each })),
  );
}

/** The fields that a page asks for itself, which are not repeated as hidden fields. */
const FIELDS: Record<JourneyQuestion, readonly string[]> = {
  language: ['language', 'also'],
  topic: ['topic'],
  mode: ['mode'],
  day: ['date'],
};

function chips(step: Step, { place, choices }: Pick<Stage, 'place' | 'choices'>, { locale, t }: Reader) {
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
