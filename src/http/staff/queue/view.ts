import type { ManageTokens } from '../../../app/ports/manageTokens';
import { type QueuePerson, screenToken } from '../../../app/queue/readQueue';
import { type Instant, MINUTE } from '../../../domain/calendar/interval';
import { localDate, toIso } from '../../../domain/calendar/zone';
import { type Desk, languagesOf, topicsOnOffer } from '../../../domain/desk';
import type { QueueState } from '../../../domain/queue/entry';
import { mayBookFor, mayServeQueue } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import { assetUrl, paths, url } from '../../../paths';
import { languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { carried, type Fields, type FormError } from '../forms';
import { type Words, wordsOf } from '../words';
import type { LaterStart } from './offers';

interface Facts {
  readonly desk: Desk;
  readonly people: readonly QueuePerson[];
  /** For whom there is no time left today, by the id of the person. */
  readonly offers: ReadonlyMap<string, readonly LaterStart[]>;
  readonly who: SignedIn;
  readonly now: Instant;
  /** Makes two presses of a button count once. */
  readonly key: string;
  readonly fields: Fields;
  readonly tokens: Pick<ManageTokens, 'tokenFor'>;
  /** With whom something was just done, and in which state they are since; without one they were added. */
  readonly done?: { readonly number: string; readonly state?: QueueState | undefined } | undefined;
  readonly errors?: readonly FormError[] | undefined;
  readonly refusal?: string | undefined;
}

/** From how many minutes on somebody waits for long, and for too long. */
const LONG_MIN = 20;
const TOO_LONG_MIN = 40;

/** Returns the waiting room: who waits, who is called or seen, who was parked and who has gone. */
export function queueView(facts: Facts, reader: Reader) {
  const { desk, people, who, done, errors, refusal } = facts;
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const lines = people.map((person) => ({ state: stateOf(person), line: lineOf(person, facts, words, reader) }));
  const inState = (...states: QueueState[]) =>
    lines.filter(({ state }) => states.includes(state)).map(({ line }) => line);
  const waiting = inState('waiting');
  const over = inState('done', 'left');
  const maySteps = mayServeQueue(who, desk.id);
  return {
    title: t('staff.queue.title'),
    scripts: [{ src: assetUrl('staffQueue.js'), module: true }],
    action: url(paths.staffQueue, { desk: desk.id }),
    key: facts.key,
    done: done && doneText(done, people, words, reader),
    refusal,
    errors: errors?.length ? errors : undefined,
    waiting: waiting.length > 0 ? waiting : undefined,
    waitingTitle: t('staff.queue.line', { count: waiting.length }),
    busy: inState('called', 'started'),
    parked: inState('parked'),
    over: over.length > 0 ? over : undefined,
    overTitle: t('staff.queue.over', { count: over.length }),
    next: maySteps ? nextView(facts) : undefined,
    add: maySteps ? addView(facts, reader) : undefined,
    screenHref: maySteps ? url(paths.screen, { screenToken: screenToken(facts.tokens, desk.id) }) : undefined,
  };
}

function stateOf({ entry }: QueuePerson): QueueState {
  return entry?.state ?? 'waiting';
}

function lineOf(person: QueuePerson, { desk, now, tokens, offers }: Facts, words: Words, { t }: Reader) {
  const { id, number, entry, booking, expected } = person;
  const state = stateOf(person);
  const topicId = entry?.topicId ?? booking?.topicId ?? '';
  const advisorId = entry?.advisorId ?? booking?.advisorId;
  const minutes = entry && state === 'waiting' ? Math.floor((now - entry.arrivedAt) / MINUTE) : undefined;
  return {
    id,
    number,
    name: entry?.name ?? booking?.client.name,
    href: booking ? url(paths.staffBooking, { id: booking.id }) : undefined,
    kind: booking
      ? t('staff.queue.appointment', {
          time: words.time.time(booking.time.start),
          advisor: words.advisor(booking.advisorId),
        })
      : t('staff.queue.walkIn'),
    topic: words.topic(topicId),
    language: words.language(entry?.language ?? booking?.language ?? ''),
    state: state === 'waiting' ? undefined : t(`staff.queue.state.${state}`),
    // An appointment names whom it is with already.
    advisor:
      state !== 'waiting' && advisorId && advisorId !== booking?.advisorId
        ? t('staff.queue.with', { advisor: words.advisor(advisorId) })
        : undefined,
    urgent: urgentText(entry?.urgent ?? null, t),
    waits: minutes === undefined ? undefined : t('staff.queue.waits', { count: Math.max(1, minutes) }),
    waitsTone: (minutes ?? 0) >= TOO_LONG_MIN ? 'too-long' : (minutes ?? 0) >= LONG_MIN ? 'long' : undefined,
    missed: state === 'waiting' && (entry?.misses ?? 0) > 0,
    expected: expected ? t('staff.queue.about', { time: words.time.time(expected.start) }) : undefined,
    between: expected && expected.between.start < expected.between.end ? words.time.span(expected.between) : undefined,
    noTime: !booking && state === 'waiting' && !expected,
    offers: offers.get(id)?.map((offer) => ({
      text: words.time.dateAndTime(offer.start),
      href: offerHref(desk, offer),
    })),
    ticketHref:
      entry && !booking && state !== 'done' ? url(paths.ticket, { token: tokens.tokenFor(entry.id) }) : undefined,
    steps: person.steps.map((step) => ({
      value: step,
      text: t(`staff.queue.step.${step}`),
      label: t('staff.queue.stepLabel', { step: t(`staff.queue.step.${step}`), number }),
      kind: step === 'call' || step === 'finish' || (step === 'start' && state === 'called') ? 'primary' : 'secondary',
    })),
  };
}

/** The page that books the start; a name is typed there, because addresses hold none. */
function offerHref(desk: Desk, { topicId, language, mode, start }: LaterStart): string {
  const zone = desk.hours.timeZone;
  const query = { topic: topicId, language, mode, date: localDate(start, zone), start: toIso(start, zone) };
  return url(paths.staffNewBooking, { desk: desk.id }, query);
}

function urgentText(urgent: string | null, t: Reader['t']): string | undefined {
  if (urgent === null) return undefined;
  return urgent ? t('staff.queue.urgentWhy', { reason: urgent }) : t('staff.queue.urgent');
}

function doneText(
  { number, state }: NonNullable<Facts['done']>,
  people: readonly QueuePerson[],
  words: Words,
  { t }: Reader,
): string | undefined {
  const person = people.find((each) => each.number === number);
  if (!person) return undefined;
  if (state) return t(`staff.queue.did.${state}`, { number });
  const { position, expected } = person;
  if (position === null) return undefined;
  return expected
    ? t('staff.queue.add.done', { number, position, time: words.time.time(expected.start) })
    : t('staff.queue.add.doneNoTime', { number, position });
}

/** The button that calls the next person: for an advisor themselves, for others with a choice. */
function nextView({ desk, who, key, fields }: Facts) {
  const people = desk.advisors.filter(({ id, retired }) => !retired && mayBookFor(who, desk.id, id));
  if (people.length === 0) return undefined;
  const [only] = people;
  return {
    hidden: carried({ key, do: 'next', ...(people.length === 1 && only && { advisor: only.id }) }, [
      'key',
      'do',
      'advisor',
    ]),
    people:
      people.length === 1
        ? undefined
        : people.map(({ id, name }) => ({ value: id, text: name, selected: fields.advisor === id })),
  };
}

function addView({ desk, key, fields, errors }: Facts, { locale, t }: Reader) {
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const option = (field: string, value: string, text: string) => ({ value, text, selected: fields[field] === value });
  return {
    hidden: carried({ key, do: 'add' }, ['key', 'do']),
    choose: t('staff.newBooking.choose'),
    topics: topicsOnOffer(desk).map(({ id, name }) => option('topic', id, inLanguage(name, locale))),
    languages: languagesOf(desk).map((tag) => option('language', tag, languageName(locale, tag))),
    name: fields.name,
    urgent: fields.urgent,
    wrong: { topic: wrong('topic'), language: wrong('language'), name: wrong('name'), urgent: wrong('urgent') },
  };
}
