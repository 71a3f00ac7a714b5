import { HOUR, type Instant, overlaps, subtract } from '../../../../domain/calendar/interval';
import { type Desk, languagesOf, topicsOnOffer } from '../../../../domain/desk';
import { lookupLanguage } from '../../../../domain/language';
import { canTake } from '../../../../domain/offering';
import { inLanguage } from '../../../../domain/text';
import { languageName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import type { AdvisorDay } from '../plan';
import type { DayQuery, Filter } from '../query';

/** How soon somebody must be free who is "free soon". */
const SOON_MS = HOUR / 2;

/** Returns the filter without what the desk does not know, which would hide everybody. */
export function knownFilter(desk: Desk, { language, topicId, ...filter }: Filter): Filter {
  return {
    ...filter,
    language: language === null ? null : (lookupLanguage(languagesOf(desk), language) ?? null),
    topicId: topicsOnOffer(desk).some(({ id }) => id === topicId) ? topicId : null,
  };
}

/** Tells whether the advisor is there at any time of the day. */
export function isOnDuty({ windows, away }: AdvisorDay): boolean {
  return subtract(windows, away).length > 0;
}

/** Tells whether the advisor is free at any moment of the next half hour. */
function isFreeSoon({ free }: AdvisorDay, now: Instant): boolean {
  return free.some((gap) => overlaps(gap, { start: now, end: now + SOON_MS }));
}

/** Tells whether the filter shows the advisor. */
export function isShown(column: AdvisorDay, { language, topicId, onDuty, freeSoon }: Filter, now: Instant): boolean {
  return (
    canTakeAny(column, { topicId, language }) && (!onDuty || isOnDuty(column)) && (!freeSoon || isFreeSoon(column, now))
  );
}

function canTakeAny({ advisor }: AdvisorDay, query: Pick<Filter, 'topicId' | 'language'>): boolean {
  return (query.topicId === null && query.language === null) || canTake(advisor, { ...query, mode: null });
}

/** Returns the form of the filters. "Free soon" is about now, so it is only there today. */
export function filterView(desk: Desk, { filter }: DayQuery, isToday: boolean, { locale, t }: Reader) {
  const tick = (name: 'duty' | 'soon', checked: boolean) => ({ name, checked, text: t(`staff.board.filter.${name}`) });
  return {
    languages: languagesOf(desk).map((tag) => ({
      value: tag,
      text: languageName(locale, tag),
      selected: tag === filter.language,
    })),
    topics: topicsOnOffer(desk).map(({ id, name }) => ({
      value: id,
      text: inLanguage(name, locale),
      selected: id === filter.topicId,
    })),
    ticks: [tick('duty', filter.onDuty), ...(isToday ? [tick('soon', filter.freeSoon)] : [])],
  };
}
