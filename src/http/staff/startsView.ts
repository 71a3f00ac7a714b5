import type { StartsTask } from '../../app/ports/openStarts';
import { clock, dayName } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';
import type { Words } from './words';

/** Returns the task to open more starts in words, with the half-day that would help most. */
export function startsView(
  { id, topicId, language, missing, until, opening }: StartsTask,
  words: Words,
  { t, locale }: Reader,
) {
  const what = { language: words.language(language), topic: words.topic(topicId) };
  const startsOf = (count: number) => t('figures.starts', { count });
  return {
    id,
    text: t('figures.task.title', { ...what, starts: startsOf(missing), until: dayName(locale, until) }),
    help: opening
      ? t('figures.task.opening', {
          ...{ day: dayName(locale, opening.date), start: clock(opening.start), end: clock(opening.end) },
          ...{ advisor: words.advisor(opening.advisorId), starts: startsOf(opening.starts) },
        })
      : t('figures.task.nobody'),
    openLabel: t('figures.task.openLabel', what),
    finishLabel: t('figures.task.finishLabel', what),
  };
}
