import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant } from '../../../../domain/calendar/interval';
import { addDays, localDate, startOfDay, toIso } from '../../../../domain/calendar/zone';
import type { Desk } from '../../../../domain/desk';
import { groupBy } from '../../../../domain/groupBy';
import { languagesForTopic } from '../../../../domain/offering';
import type { Slot } from '../../../../domain/slots/freeSlots';
import { firstLeadDay } from '../../../../domain/slots/leadDays';
import { paths, url } from '../../../../paths';
import { deskTime } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { closedDay, differentHours } from '../../../pages/hoursView';
import { nearWhen } from '../../../pages/nearWhen';
import { partnersView } from '../../../pages/partnersView';
import { pageOf, slotDays, weeksOf } from '../../../pages/slotDays';
import { type WhatIsFree, zoneSentence } from '../freeSlots';
import { journeyUrl, modeOf } from '../journey';
import { hiddenFields, languageLabel, requestText, stepView } from '../journeyView';
import { otherWaysView } from '../otherWays';
import type { Stage } from '../stage';

interface Given {
  /** Its language and topic are chosen. */
  readonly stage: Stage;
  readonly free: WhatIsFree;
  /** Why the time that was chosen could not be kept. */
  readonly error?: string | undefined;
  readonly now: Instant;
}

/**
 * Returns the modes, each with its first free time; the first time of the chosen mode, to be taken by one press; what
 * else would be possible; and one page of the days with their times.
 */
export function timeView({ stage, free, error, now }: Given, reader: Reader) {
  const { desk, place, choices } = stage;
  const { t } = reader;
  const zone = desk.hours.timeZone;
  const today = localDate(now, zone);
  const { slots, explanation } = free;
  const [first] = slots;
  const settled = { ...choices, mode: modeOf(choices), date: undefined, start: undefined };
  const wanted = wantedView(stage, free, reader);
  const chosen = choices.date ?? (choices.start === undefined ? undefined : localDate(choices.start, zone));
  const days = [...groupBy(slots, ({ time }) => localDate(time.start, zone))].map(([date, of]) => ({ date, of }));
  const page = pageOf(days, chosen, (date) => journeyUrl('time', place, { ...choices, date }));
  const shown = page.days.flatMap(({ of }) => of);
  const [opened] = page.days;
  return {
    ...stepView('time', stage, reader),
    form: { method: 'post', action: journeyUrl('time', place, settled) },
    request: requestText(choices, reader),
    modes: modesView(stage, free, now, reader),
    where: t(`booking.mode.${settled.mode}.help`, { address: desk.address }),
    wanted,
    first: firstView(stage, first, wanted, reader),
    other: choices.interpreter && first ? undefined : otherWaysView(stage, { explanation, first, now }, reader),
    partners: slots.length === 0 && choices.topic ? partnersView(desk, choices.topic, reader) : undefined,
    waitingHref: first || choices.interpreter ? undefined : waitingHref(stage),
    compare: choices.interpreter ? undefined : compareView(stage),
    notThatDay: notThatDay(stage, days, now, reader),
    weeks: weeksOf(
      slotDays(shown, zone, reader).map((day) => ({
        ...day,
        different: differentHours(desk, day.date, reader),
        isOpen: day.date === opened?.date,
      })),
      today,
      reader,
    ),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
    byDate: days.length > 0 && {
      action: journeyUrl('time', place, {}),
      hidden: hiddenFields(choices, 'date', 'start'),
      value: choices.date,
      min: today,
      max: addDays(today, choices.topic?.horizonDays ?? desk.horizonDays),
    },
    timeZone: zone,
    zone: zoneSentence(stage, shown.length > 0 ? shown.map(({ time }) => time.start) : [now], reader),
    errors: error && [{ href: '#times', text: error }],
    error,
  };
}

/** Returns where one waits for what is not free, with what was chosen so far. */
function waitingHref({ desk, place, choices: { language, also = [], topic } }: Stage): string {
  const languages = [language ?? '', ...also];
  return url(paths.waitingList, { ...place, desk: desk.id }, { topic: topic?.id, language: languages });
}

/** Returns a start to be taken by one press. */
function takeView(desk: Desk, start: Instant, { locale, t }: Reader) {
  const at = deskTime(locale, desk.hours.timeZone);
  return {
    at: start,
    value: toIso(start, desk.hours.timeZone),
    when: t('booking.day.firstWhen', { day: at.day(start), time: at.time(start) }),
  };
}

/** Returns the earliest start; undefined: there is none, or it is the one that was chosen before. */
function firstView({ desk }: Stage, first: Slot | undefined, wanted: ReturnType<typeof wantedView>, reader: Reader) {
  if (!first || (wanted?.isFree && first.time.start === wanted.at)) return undefined;
  return { ...takeView(desk, first.time.start, reader), kind: wanted?.isFree ? 'secondary' : undefined };
}

/** Returns the time that was chosen before something else changed, and whether it can still be had. */
function wantedView({ desk, choices: { start } }: Stage, { slots }: WhatIsFree, reader: Reader) {
  if (start === undefined) return undefined;
  const isFree = slots.some(({ time }) => time.start === start);
  return { ...takeView(desk, start, reader), isFree };
}

/** Returns the modes of the topic, each with its first free time; undefined: there is but one. */
function modesView({ desk, place, choices }: Stage, { firstByMode }: WhatIsFree, now: Instant, reader: Reader) {
  if (firstByMode.length < 2) return undefined;
  const { timeZone } = desk.hours;
  return firstByMode.map(({ mode, start }) => ({
    text: reader.t(`booking.mode.${mode}.name`),
    when: start === undefined ? reader.t('booking.start.nothingFree') : nearWhen(start, { timeZone, now }, reader),
    href: journeyUrl('time', place, { ...choices, mode }),
    isChosen: mode === modeOf(choices),
  }));
}

/** Returns the other languages of the topic, to tick those that the client speaks; undefined: there are none. */
function compareView({ desk, place, choices }: Stage) {
  const { also = [], language, topic } = choices;
  const options = languagesForTopic(desk, topic?.id ?? '')
    .filter((tag) => tag !== language)
    .map((tag, i) => ({ id: `also-${i + 1}`, value: tag, ...languageLabel(tag), checked: also.includes(tag) }));
  if (options.length === 0) return undefined;
  return {
    action: journeyUrl('time', place, {}),
    hidden: hiddenFields(choices, 'also'),
    options,
    isUsed: also.length > 0,
  };
}

/** Returns why a day that was typed has no times; undefined: it has some, or none was typed. */
function notThatDay({ desk, choices }: Stage, days: readonly { date: LocalDate }[], now: Instant, reader: Reader) {
  const { date, topic } = choices;
  if (date === undefined || days.some((day) => day.date === date)) return undefined;
  const { timeZone } = desk.hours;
  const dayText = (of: LocalDate) => deskTime(reader.locale, timeZone).day(startOfDay(of, timeZone));
  const leadDay = firstLeadDay({ desk, topic, now });
  const isTooSoon = localDate(now, timeZone) <= date && date < leadDay;
  const noTimes = isTooSoon
    ? reader.t('booking.day.why.lead_time', { day: dayText(leadDay) })
    : reader.t('booking.time.none');
  return { day: dayText(date), why: closedDay(desk, date, reader) ?? noTimes };
}
