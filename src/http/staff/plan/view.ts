import {
  type AbsencePlan,
  asOwnLine,
  countActions,
  type PlanAction,
  type PlanLine,
  type PlannedHours,
  tellOf,
} from '../../../domain/booking/absencePlan';
import type { Booking } from '../../../domain/booking/booking';
import { isUndoable, undoUntil } from '../../../domain/booking/operation';
import { isUpcoming } from '../../../domain/booking/outsideHours';
import { type Instant, type Interval, MINUTE, overlaps } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { lookupLanguage } from '../../../domain/language';
import type { Caller } from '../../../domain/staff/caller';
import { boundTo, mayPlanAbsences } from '../../../domain/staff/rights';
import { assetUrl, paths, url } from '../../../paths';
import { allOf } from '../../../presentation/format';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import { fieldTime } from '../../typedTime';
import type { Fields } from '../forms';
import { daysView } from '../hours/view';
import { bookingLine } from '../line';
import { type Words, wordsOf } from '../words';
import { choicesOf, fieldOf } from './form';

/** A line with its booking as it is now. */
export interface FoundLine {
  readonly line: PlanLine;
  readonly booking: Booking;
}

interface Facts {
  readonly desk: Desk;
  readonly plan: AbsencePlan;
  readonly found: readonly FoundLine[];
  readonly who: Caller;
  readonly now: Instant;
  /** Makes two presses of the button count once. */
  readonly key: string;
  /** Why nothing was done. */
  readonly refusal?: string | undefined;
  /** What was typed for somebody who is back, and refused. */
  readonly typed?: Fields | undefined;
  /** The plan takes the place of one that was out of date. */
  readonly isAnew?: boolean;
  /** Returns what can be said to the client on the phone, in their language. */
  readonly sentence: (found: FoundLine) => { readonly text: string; readonly lang: string };
}

/** Returns a plan before it is carried out, or what was done and who is to be called. */
export function planView(
  { desk, plan, found: stored, who, now, key, refusal, typed, isAnew = false, sentence }: Facts,
  reader: Reader,
  house: Reader,
) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const isOpen = plan.state === 'proposed';
  const own = boundTo(who);
  const found = stored.map(({ line, booking }) => ({ line: own === undefined ? line : asOwnLine(line, own), booking }));
  const lines = found.map((each) => lineView(each, { desk, plan, own, words, reader, sentence }));
  const counts = countActions(found.map(({ line }) => line));
  const mailed = found.filter(({ line, booking }) => tellOf(line, booking) === 'mail');
  const ordered = (['call', 'ask', 'move', 'cancel', 'keep', 'reassign'] as const).filter(
    (action) => counts[action] > 0,
  );
  const undoable = plan.state === 'committed' && isUndoable({ at: plan.committedAt ?? 0, undoneAt: null }, now);
  return {
    title: plan.hours
      ? t(`staff.plan.hoursTitle.${plan.state}`)
      : t(`staff.plan.title.${plan.state}`, { who: whoIsAway(plan, words, reader) }),
    when: plan.hours ? undefined : whenOf(plan.time, words),
    why: plan.hours ? hoursChange(plan.hours, reader, house) : t(`staff.plan.kind.${plan.kind}`),
    message: typed?.message,
    reason: plan.reason,
    state: plan.state,
    isOpen,
    groups: ordered.map((action) => ({
      action,
      title: t(isLeft(action, own) ? 'myDay.plan.group' : `staff.plan.group.${action}`, { count: counts[action] }),
      lines: lines.filter((line) => line.action === action),
    })),
    isEmpty: lines.length === 0,
    totals: totals(mailed, lines.length, reader, words),
    action: url(paths.staffPlan, { desk: desk.id, id: plan.id }),
    hidden: [{ name: 'key', value: key }],
    done: plan.state === 'proposed' ? undefined : t(`staff.plan.done.${plan.state}`),
    undo: undoable
      ? {
          href: url(paths.staffPlan, { desk: desk.id, id: plan.id }),
          hidden: [{ name: 'step', value: 'undo' }],
        }
      : undefined,
    undoUntil: undoable
      ? t('staff.plan.undoUntil', { time: words.time.time(undoUntil({ at: plan.committedAt ?? 0 })) })
      : undefined,
    ...returning({ desk, plan, now, typed }, reader, words),
    refusal: refusal ?? (isAnew ? t('staff.plan.anew') : undefined),
    rest: isLeftOver({ plan, found, who, now }) ? t('staff.plan.rest') : undefined,
    newHref: url(own === undefined ? paths.staffPlans : paths.staffMyAbsence, { desk: desk.id }),
    dayHref: url(own === undefined ? paths.staffDay : paths.staffMyDay, { desk: desk.id }),
    scripts: [{ src: assetUrl('staffUndo.js'), module: true }],
  };
}

/** Tells whether an advisor leaves it to reception, who calls. */
function isLeft(action: PlanAction, own: string | undefined): boolean {
  return action === 'call' && own !== undefined;
}

/** Tells whether appointments of a plan that was carried out are still where nobody is, so that reception can plan them anew. */
function isLeftOver({ plan, found, who, now }: Pick<Facts, 'plan' | 'found' | 'who' | 'now'>): boolean {
  const { state, advisorIds, time, deskId, hours } = plan;
  if (state !== 'committed' || hours || advisorIds === null || time.end <= now || !mayPlanAbsences(who, deskId))
    return false;
  return found.some(
    ({ line, booking }) =>
      line.action === 'call' &&
      isUpcoming(booking, now) &&
      advisorIds.includes(booking.advisorId) &&
      overlaps(booking.time, time),
  );
}

/** Names who is away: people, or the whole desk. */
export function whoIsAway({ advisorIds }: AbsencePlan, { advisor }: Words, { t, locale }: Reader): string {
  return advisorIds === null ? t('staff.newPlan.wholeDesk') : allOf(locale, advisorIds.map(advisor));
}

/** Says how the hours are changed. @param house reads the sentences of clients */
function hoursChange({ rules, exceptions }: PlannedHours, reader: Reader, house: Reader): string {
  const entered = exceptions.map((entry) => {
    const { days, what, again, reason } = daysView(entry, reader, house);
    return [`${days}: ${what}`, again, reason].filter(Boolean).join(' · ');
  });
  return [...(rules ? [reader.t('staff.plan.otherRules')] : []), ...entered].join('; ');
}

/** Says from when to when, the day once if it is one. */
export function whenOf({ start, end }: Interval, { time }: Words): string {
  const day = time.date(start);
  return day === time.date(end)
    ? `${day}, ${time.span({ start, end })}`
    : `${time.dateAndTime(start)} – ${time.dateAndTime(end)}`;
}

/** Returns the form for whoever is back earlier, or that they are, with what takes it back; nothing once it is over. */
function returning(
  { desk, plan, now, typed }: Pick<Facts, 'desk' | 'plan' | 'now' | 'typed'>,
  { t }: Reader,
  words: Words,
) {
  const { state, time, backAt, lines, hours } = plan;
  const isOthers = plan.advisorIds !== null && plan.absenceIds.length === 0;
  if (state !== 'committed' || time.end <= now || hours || isOthers) return {};
  if (backAt !== null)
    return {
      resume: {
        text: t('staff.plan.back.since', { when: words.time.dateAndTime(backAt) }),
        button: t('staff.plan.back.resume', { when: words.time.dateAndTime(time.end) }),
      },
    };
  const at = Math.ceil(Math.max(now, time.start) / RETURN_STEP_MS) * RETURN_STEP_MS;
  return {
    back: {
      at: typed?.at ?? fieldTime(desk, at),
      asks: typed?.askBack === '1',
      mayAsk: lines.some(({ action }) => action === 'move' || action === 'ask'),
    },
  };
}

/** The return that is proposed lies on these minutes. */
const RETURN_STEP_MS = 5 * MINUTE;

interface Around {
  readonly desk: Desk;
  readonly plan: AbsencePlan;
  /** The advisor who reads the plan of their own absence; undefined: reception. */
  readonly own: string | undefined;
  readonly words: Words;
  readonly reader: Reader;
  readonly sentence: Facts['sentence'];
}

/** Returns one appointment: as it was or is, what becomes of it, and what is needed for a call. */
function lineView(found: FoundLine, { desk, plan, own, words, reader, sentence }: Around) {
  const { line, booking } = found;
  const { t } = reader;
  const isOpen = plan.state === 'proposed';
  const to = (action: PlanAction, form: 'do' | 'did' = 'do') =>
    t(isLeft(action, own) ? `myDay.plan.${form}` : `staff.plan.${form}.${action}`, {
      advisor: line.advisorId === null ? '' : words.advisor(line.advisorId),
      when: line.start === null ? '' : `${words.time.briefDay(line.start)}, ${words.time.time(line.start)}`,
    });
  const called = line.action === 'call' && own === undefined;
  return {
    ...bookingLine(booking, desk, { words }),
    ...reachOf(booking.client),
    action: line.action,
    field: fieldOf(booking.id),
    label: t('staff.plan.label', { name: booking.client.name }),
    options: isOpen
      ? choicesOf(line, own).map((action) => ({ value: action, text: to(action), selected: action === line.action }))
      : [],
    text: to(line.action, 'did'),
    tied: booking.tied ? t('staff.plan.tied', { advisor: words.advisor(booking.advisorId) }) : undefined,
    offer: line.action === 'call' ? offerText(line, { own, words, reader }) : undefined,
    speakers: called ? speakersOf(booking, { desk, plan, own, words, reader, sentence }) : undefined,
    sentence: called ? sentence(found) : undefined,
    moveHref: line.action === 'call' && !isOpen ? url(paths.staffMove, { id: booking.id }) : undefined,
  };
}

/** Says what can be offered to whoever is called; an advisor reads what is proposed to reception. */
function offerText(
  { start, advisorId }: PlanLine,
  { own, words, reader: { t } }: Pick<Around, 'own' | 'words' | 'reader'>,
) {
  if (start === null) return undefined;
  const when = words.time.dateAndTime(start);
  if (own === undefined || advisorId === null) return t('staff.plan.offer', { when });
  return t('myDay.plan.offer', { when, advisor: words.advisor(advisorId) });
}

/** Names who can make the call in the client's language. */
function speakersOf({ language }: Booking, { desk, plan, words, reader: { locale, t } }: Around): string {
  const there = desk.advisors.filter(({ id, retired }) => !retired && !plan.advisorIds?.includes(id));
  const names = there.filter(({ languages }) => lookupLanguage(languages, language)).map(({ name }) => name);
  const spoken = words.language(language);
  return names.length === 0
    ? t('staff.plan.nobodySpeaks', { language: spoken })
    : t('staff.plan.speak', { language: spoken, names: allOf(locale, names.slice(0, MAX_NAMED_SPEAKERS)) });
}

const MAX_NAMED_SPEAKERS = 4;

/** Says how many are mailed, in which languages. */
function totals(mailed: readonly FoundLine[], all: number, { t, locale }: Reader, words: Words): string {
  if (mailed.length === 0) return t('staff.plan.noMails', { count: all });
  const byLanguage = new Map<string, number>();
  for (const { booking } of mailed) {
    const language = words.mailLanguage(booking);
    byLanguage.set(language, (byLanguage.get(language) ?? 0) + 1);
  }
  const languages = allOf(
    locale,
    [...byLanguage].map(([language, count]) => `${language} (${count})`),
  );
  return t('staff.plan.mails', { count: mailed.length, languages });
}
