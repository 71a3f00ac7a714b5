import { setImmediate as othersTurn } from 'node:timers/promises';
import { watchDemand } from '../app/demand/watchDemand';
import type { AppDeps } from '../app/deps';
import { closeMonths } from '../app/figures/closeMonths';
import type { ConsultationFact } from '../domain/booking/consultationFact';
import { DAY } from '../domain/calendar/dates';
import { HOUR } from '../domain/calendar/interval';
import { openingWindows } from '../domain/calendar/openingHours';
import { eachDay, weekName } from '../domain/calendar/zone';
import { type Desk, topicsOnOffer } from '../domain/desk';
import { addMonths, eachMonth, lastMonthOver, type Month, monthInterval } from '../domain/figures/months';
import type { WaitingSample } from '../domain/figures/waiting';
import { languagesForTopic } from '../domain/offering';
import type { LanguageTag } from '../domain/text';
import type { Random } from './random';
import { someWish } from './requests';

type Deps = Pick<AppDeps, 'storage' | 'ids' | 'now'> & {
  readonly random: Random;
  readonly stopping: AbortSignal;
};

/** So many months that are over have figures. */
const PAST_MONTHS = 6;
/** Each advisor gives so many consultations in ten open hours. */
const CONSULTATIONS_IN_TEN_HOURS = 4;
/** Weeks in which the desk's rarest language was looked for in vain, and how often in each. */
const [WEEKS_IN_VAIN, SEARCHES_A_WEEK] = [26, 10];

/**
 * Gives a desk what it would have after some months: the facts that purged bookings leave, how long one had to wait, and
 * what was looked for in vain. The months are then closed as always. A desk that has a closed month already is left as
 * it is.
 */
export async function fillPastMonths(deps: Deps, desk: Desk): Promise<void> {
  const { storage, random, now, stopping } = deps;
  const zone = desk.hours.timeZone;
  if (stopping.aborted || (await storage.figures.lastClosed(desk.id)) !== null) return;
  const last = lastMonthOver(now(), zone);
  const months = eachMonth(addMonths(last, 1 - PAST_MONTHS), last);
  const facts: ConsultationFact[] = [];
  for (const month of months) {
    facts.push(...factsOf(desk, month, random));
    await othersTurn();
  }
  // Together, because the job that closes months may run at any time.
  await storage.atomically(({ figures }) => figures.addFacts(facts));
  await othersTurn();
  for (const month of months) {
    await storage.atomically(({ figures }) => figures.addSamples(samplesOf(desk, month, random)));
    await othersTurn();
  }
  const turn = async () => void (await othersTurn());
  await closeMonths({ storage, now, turn })(stopping);
  await countInVain(deps, desk);
}

/** Notes where starts are missing, as the job does, once the bookings of these days are there. */
export async function noteShortages({ storage, ids, now, stopping }: Deps): Promise<void> {
  await watchDemand({ storage, ids, now, turn: async () => void (await othersTurn()) })(stopping);
}

function factsOf(desk: Desk, month: Month, random: Random): ConsultationFact[] {
  const open = openingWindows(desk.hours, monthInterval(month, desk.hours.timeZone));
  const hours = open.reduce((sum, { start, end }) => sum + (end - start) / HOUR, 0);
  const usual = (hours * desk.advisors.length * CONSULTATIONS_IN_TEN_HOURS) / 10;
  const count = Math.round((usual * (85 + random.below(30))) / 100);
  return Array.from({ length: count }, () => someFact(desk, month, random));
}

function someFact(desk: Desk, month: Month, random: Random): ConsultationFact {
  const { topicId, language, mode = 'in_person' } = someWish(desk, random);
  const topic = desk.topics.find(({ id }) => id === topicId);
  const isWalkIn = random.chance(9);
  const isMissed = !isWalkIn && random.chance(7);
  const isCancelled = !isWalkIn && !isMissed && random.chance(9);
  const attendees = mode === 'in_person' && random.chance(20) ? 2 : 1;
  const source = isWalkIn ? 'walk_in' : random.chance(75) ? 'web' : 'phone';
  const isCancelledLate = isCancelled && random.chance(45);
  return {
    ...{ deskId: desk.id, month, topicId, language, mode },
    source,
    status: isMissed ? 'no_show' : isCancelled ? 'cancelled' : 'completed',
    isCancelledLate,
    isGivenBack: isCancelled,
    // Two days before, and again on the morning.
    reminded: isWalkIn ? null : !isCancelled ? 0 : isCancelledLate ? 2 : null,
    attendees,
    persons: random.chance(12) ? 0 : attendees,
    onBehalf: random.chance(10),
    ...{ isFollowUp: random.chance(20), referredTo: null, group: null },
    waitingDays: isWalkIn ? 0 : wait(language, random),
    minutes: (topic?.durationMinutes ?? 0) + (topic?.bufferMinutes ?? 0),
  };
}

/** Whoever needs another language than German and English waits longer. */
function wait(language: LanguageTag, random: Random): number {
  const usual = language === 'de' ? 4 : language === 'en' ? 5 : 11;
  return 1 + random.below(usual) + random.below(usual);
}

function samplesOf(desk: Desk, month: Month, random: Random): WaitingSample[] {
  const days = eachDay(`${month}-01`, `${addMonths(month, 1)}-01`);
  return topicsOnOffer(desk).flatMap(({ id: topicId }) =>
    languagesForTopic(desk, topicId).flatMap((language) =>
      days.map((date): WaitingSample => {
        const firstDays = Math.floor(wait(language, random) / 2);
        return { deskId: desk.id, date, topicId, language, firstDays, thirdDays: firstDays + random.below(4) };
      }),
    ),
  );
}

/** Counts searches in the language that the fewest advisors speak, about what they advise on. */
async function countInVain({ storage, now }: Deps, desk: Desk): Promise<void> {
  const speakers = (tag: LanguageTag) => desk.advisors.filter(({ languages }) => languages.includes(tag));
  const hoursOf = (tag: LanguageTag) =>
    speakers(tag).reduce((sum, { workingRules }) => sum + (workingRules.length || 5), 0);
  const tags = [...new Set(desk.advisors.flatMap(({ languages }) => languages))];
  const [rarest] = tags.sort((a, b) => hoursOf(a) - hoursOf(b) || (a < b ? 1 : -1));
  if (rarest === undefined) return;
  const topics = [...new Set(speakers(rarest).flatMap((advisor) => advisor.topics))];
  await storage.atomically(async ({ demand }) => {
    for (const [n, topicId] of topics.entries())
      for (let week = 0; week < WEEKS_IN_VAIN; week++)
        await demand.count(
          { deskId: desk.id, topicId, language: rarest, week: weekName(now() - week * 7 * DAY, desk.hours.timeZone) },
          Math.max(1, SEARCHES_A_WEEK - 2 * n - Math.floor(week / 4)),
        );
  });
}
