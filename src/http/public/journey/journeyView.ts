import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { direction } from '../../../presentation/direction';
import { betweenAll, languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { asQuery, type Choices, journeyUrl, positionOf, type Step } from './journey';
import type { Stage } from './stage';

/**
 * Returns what every page of the journey shows: its position, the way back, and the choices so far, each with a link to
 * change it.
 */
export function stepView(step: Step, { place, choices }: Stage, reader: Reader) {
  const { number, total, before } = positionOf(step);
  return {
    title: reader.t(`booking.${step}.title`),
    step: { number, total },
    back: before ? journeyUrl(before, place, choices) : url(paths.start, place),
    chips: chips(step, { place, choices }, reader),
  };
}

/** Returns the choices as hidden fields of a form that is sent by GET and asks for some choices itself. */
export function hiddenFields(choices: Choices, ...asked: (keyof Choices)[]): { name: string; value: string }[] {
  return Object.entries(asQuery(choices)).flatMap(([name, value]) =>
    asked.some((choice) => choice === name) ? [] : [value ?? []].flat().map((each) => ({ name, value: each })),
  );
}

/** The page on which each choice is made. */
const CHOSEN_ON = { language: 'language', topic: 'topic', mode: 'time' } as const satisfies Record<string, Step>;

function chips(step: Step, { place, choices }: Pick<Stage, 'place' | 'choices'>, { locale, t }: Reader) {
  const { topic, mode } = choices;
  const texts = {
    topic:
      topic && t('booking.topic.chosen', { topic: inLanguage(topic.name, locale), minutes: topic.durationMinutes }),
    mode: mode && t(`booking.mode.${mode}.name`),
  };
  const chip = (of: keyof typeof CHOSEN_ON) => ({
    of: CHOSEN_ON[of],
    name: t(`booking.${of}.chip`),
    href: of !== 'mode' || (topic?.modes.length ?? 0) > 1 ? journeyUrl(CHOSEN_ON[of], place, choices) : undefined,
  });
  const others = (['topic', 'mode'] as const)
    .filter((of) => CHOSEN_ON[of] !== step && texts[of])
    .map((of) => ({ ...chip(of), text: texts[of] }));
  const spoken = step !== 'language' && languageChip(choices, locale);
  return spoken ? [{ ...chip('language'), ...spoken }, ...others] : others;
}

/** Returns "English", "English · also Deutsch, Українська", or "Tigrinya · with an interpreter". */
function languageChip({ language, interpreter, also = [] }: Choices, locale: string) {
  if (language === undefined) return undefined;
  const between = betweenAll(locale, also.length);
  return {
    spoken: languageLabel(language),
    also: also.map((tag, i) => ({ ...languageLabel(tag), ...(between[i] && { after: between[i] }) })),
    ...(interpreter && { interpreter }),
  };
}

/** Returns a language by its own name, which its speakers know. Sentences name it in the reader's language instead. */
export function languageLabel(tag: string) {
  return { text: languageName(tag, tag), lang: tag, dir: direction(tag) };
}

/** Returns a language by its own name for a list to choose from, in which people look for the name that they know. */
export function languageChoice(tag: string, reader: string) {
  const own = languageLabel(tag);
  const known = languageName(reader, tag);
  return { ...own, hint: own.text === known ? undefined : known };
}

/** Returns that an interpreter has to be found before it is booked; undefined: nobody is needed. */
export function requestText({ language = '', interpreter }: Choices, { locale, t }: Reader): string | undefined {
  return interpreter ? t('booking.interpreter.request', { language: languageName(locale, language) }) : undefined;
}
