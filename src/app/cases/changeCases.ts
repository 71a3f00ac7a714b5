import type { Booking } from '../../domain/booking/booking';
import { acceptedAnswers, questionsFor } from '../../domain/booking/questions';
import {
  type Case,
  type CaseChange,
  type CaseClient,
  type CaseStep,
  changedCase,
  type Meeting,
  NO_STRATEGY,
  withAdvisor,
  withoutAdvisor,
} from '../../domain/cases/case';
import { caseFact } from '../../domain/cases/caseFact';
import { changedIntake, EMPTY_INTAKE, type Intake, type IntakeChange } from '../../domain/cases/intake';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayKeepCases } from '../../domain/staff/caseRights';
import type { TrailDeed } from '../../domain/staff/trail';
import type { AppDeps } from '../deps';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { type AboutCase, caseOf, deskByCase, trailLine } from './readCases';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

/** What is asked to be changed: as `CaseChange`, with new steps that have no id yet, and bookings by their ids. */
export interface AskedChange extends Omit<CaseChange, 'steps' | 'meetings'> {
  readonly steps?: readonly (Omit<CaseStep, 'id'> & { readonly id?: string | undefined })[] | undefined;
  readonly bookings?: readonly string[] | undefined;
}

type BeginCase = (request: {
  readonly who: Caller;
  readonly deskId: string;
  /** Absent: the client of the first booking. */
  readonly client?: CaseClient | undefined;
  readonly intake?: IntakeChange | undefined;
  readonly bookings?: readonly string[] | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<Pick<Case, 'id' | 'version'>>>;

/**
 * Begins a case, whose first advisor is the caller. Of a first booking the answers to the topic's questions are taken
 * over, and its client unless another is named.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid` for a booking of another desk or case, or without a client
 */
export function beginCase(deps: Deps): BeginCase {
  return ({ who, deskId, client, intake, bookings = [], idempotency }) => {
    const at = deps.now();
    return idempotently({ write: deps.storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const desk = await deskByCase(stores, who, deskId);
      assertMayKeepCases(who, desk.id);
      if (who.kind !== 'staff' || who.advisorId === null) throw new DomainError('forbidden');
      const found = await bookingsFor(stores, desk, bookings, null);
      const first = found[0];
      const whose = client ?? (first && clientOf(first));
      if (!whose) throw invalid(['client'], 'expected the client, or a booking of theirs');
      const begun: Case = {
        ...{ id: deps.ids.uuid(), deskId: desk.id, client: whose, advisors: [who.advisorId] },
        ...{ meetings: found.map(meetingOf), steps: [], state: 'open', result: null },
        intake: knownIntake(desk, changedIntake({ ...EMPTY_INTAKE, ...answersOf(desk, first) }, intake ?? {})),
        strategy: NO_STRATEGY,
        ...{ openedAt: at, closedAt: null, version: 1 },
      };
      await stores.cases.add(begun);
      await stores.trail.add([trailLine(deps, who, begun, 'case_begun')]);
      return { id: begun.id, version: begun.version };
    });
  };
}

type ChangeCase = (
  request: AboutCase & { readonly ifVersion: number | undefined; readonly change: AskedChange },
) => Promise<{ readonly desk: Desk; readonly found: Case }>;

/**
 * Changes a case: what is known, the steps, the strategy, the chain of bookings, and whether it is open.
 *
 * @param request `ifVersion` undefined: whatever it is now
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`, `case-not-changeable`, `invalid`
 */
export function changeCase(deps: Deps): ChangeCase {
  return ({ change, ifVersion, ...about }) =>
    writing(deps, about, 'case_changed', ifVersion, async (stores, { desk, found }) => {
      const { steps, bookings, ...rest } = change;
      const all = bookings && (await bookingsFor(stores, desk, withoutGone(bookings, found), found));
      const kept = bookings ? found.meetings.filter(({ bookingId }) => bookings.includes(bookingId)) : [];
      const fresh = (all ?? []).filter(({ id }) => !kept.some(({ bookingId }) => bookingId === id)).map(meetingOf);
      const next = changedCase(
        found,
        {
          ...rest,
          steps: steps && knownSteps(desk, found, steps, deps.ids),
          meetings: bookings && [...kept, ...fresh],
        },
        deps.now(),
      );
      return { ...next, intake: change.intake ? knownIntake(desk, next.intake, found.intake) : next.intake };
    });
}

/** Bookings of the chain that are purged cannot be looked up any more, and stay. */
function withoutGone(bookings: readonly string[], { meetings }: Case): string[] {
  return bookings.filter((id) => !meetings.some(({ bookingId }) => bookingId === id));
}

type ShareCase = (
  request: AboutCase & { readonly advisorId: string },
) => Promise<{ readonly desk: Desk; readonly found: Case }>;

/**
 * Lets a colleague read a case and change it. Twice is the same as once.
 *
 * @throws DomainError `not-found`, `forbidden`, `invalid` for somebody who does not work at the desk
 */
export function shareCase(deps: Deps): ShareCase {
  return ({ advisorId, ...about }) =>
    writing(deps, about, 'case_shared', undefined, async (_stores, { desk, found }) => {
      if (!desk.advisors.some(({ id, retired }) => id === advisorId && !retired))
        throw invalid(['advisor'], 'expected an advisor of this desk');
      return withAdvisor(found, advisorId);
    });
}

/** Takes an advisor out of a case, who may be the caller. @throws DomainError as `changeCase` */
export function unshareCase(deps: Deps): ShareCase {
  return ({ advisorId, ...about }) =>
    writing(deps, about, 'case_shared', undefined, async (_stores, { found }) => withoutAdvisor(found, advisorId));
}

/**
 * Erases a case for its client, with everything that stands in it. A fact without a person stays of one that was closed.
 * Its bookings are erased by their own way.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function eraseCase(
  deps: Deps,
): (request: AboutCase & { readonly ifVersion: number | undefined }) => Promise<void> {
  return ({ ifVersion, ...about }) =>
    deps.storage.write(
      async (stores) => {
        const { desk, found } = await caseOf(stores, about);
        assertVersion(found, ifVersion);
        await stores.cases.remove(found.id, caseFact(found, desk.hours.timeZone));
        await stores.trail.add([trailLine(deps, about.who, found, 'case_erased')]);
      },
      { desk: about.deskId },
    );
}

function writing(
  deps: Deps,
  about: AboutCase,
  deed: TrailDeed,
  ifVersion: number | undefined,
  work: (stores: Stores, at: { readonly desk: Desk; readonly found: Case }) => Promise<Case>,
) {
  return deps.storage.write(
    async (stores) => {
      const at = await caseOf(stores, about);
      assertVersion(at.found, ifVersion);
      const next = await work(stores, at);
      if (next === at.found) return at;
      await stores.cases.save(next);
      await stores.trail.add([trailLine(deps, about.who, next, deed)]);
      return { desk: at.desk, found: next };
    },
    { desk: about.deskId },
  );
}

function assertVersion({ version }: Case, wanted: number | undefined): void {
  if (wanted !== undefined && wanted !== version) throw new DomainError('version-moved-on');
}

/** Returns bookings of the desk that belong to no other case. @throws DomainError `invalid` */
async function bookingsFor(
  { bookings, cases }: Pick<Stores, 'bookings' | 'cases'>,
  desk: Desk,
  ids: readonly string[],
  to: Case | null,
): Promise<Booking[]> {
  const found: Booking[] = [];
  for (const [i, id] of ids.entries()) {
    const booking = await bookings.find(id);
    const other = booking && (await cases.ofBooking(id));
    if (booking?.deskId !== desk.id || (other && other.id !== to?.id))
      throw invalid(['bookings', i], 'expected a booking of this desk that belongs to no other case');
    found.push(booking);
  }
  return found;
}

function meetingOf({ id, time, topicId }: Booking): Meeting {
  return { bookingId: id, start: time.start, topicId };
}

/** The client of a booking as the client of a case; the language of their mails is the first. */
export function clientOf({ client, onBehalfOf, people, language }: Booking): CaseClient {
  const languages = [...new Set([client.language, language])];
  const named = people[0]?.name ?? onBehalfOf?.name;
  // Whoever books for somebody else is not the one who is advised.
  if (named) return { name: named, email: people[0]?.email ?? null, phone: null, languages };
  return { name: client.name, email: client.email, phone: client.phone, languages };
}

/** The answers of a booking to the questions that its topic still has. */
function answersOf({ topics }: Desk, booking: Booking | undefined): Partial<Intake> {
  const topic = topics.find(({ id }) => id === booking?.topicId);
  if (!booking || !topic) return {};
  const known = Object.entries(booking.answers).filter(([id]) =>
    topic.questions.some((question) => question.id === id),
  );
  return { topicId: topic.id, answers: Object.fromEntries(known) };
}

/** Steps keep their ids; new ones get one. @throws DomainError `invalid` for a partner that the desk does not know */
function knownSteps(
  { partners }: Desk,
  { steps: before }: Case,
  steps: NonNullable<AskedChange['steps']>,
  ids: Deps['ids'],
): CaseStep[] {
  return steps.map((step, i) => {
    const known = before.find(({ id }) => id === step.id);
    if (step.id !== undefined && !known) throw invalid(['steps', i, 'id'], 'expected a step of this case, or no id');
    const isKnown = step.partnerId === null || partners.some(({ id }) => id === step.partnerId);
    if (!isKnown) throw invalid(['steps', i, 'partner'], 'expected a partner of this desk');
    return { ...step, id: step.id ?? ids.uuid() };
  });
}

/** Checks the answers by the questions of their topic, which may be gone meanwhile. @throws DomainError `invalid` */
function knownIntake(desk: Desk, intake: Intake, before?: Intake): Intake {
  if (intake.topicId === null) return { ...intake, answers: {} };
  const topic = desk.topics.find(({ id }) => id === intake.topicId);
  if (!topic && intake.topicId === before?.topicId) return intake;
  if (!topic) throw invalid(['intake', 'topic'], 'expected a topic of this desk');
  const optional = topic.questions.map((question) => ({ ...question, required: false }));
  const known = { questions: optional };
  // What was answered to a question that is no longer asked stays.
  const ids = new Set(questionsFor(known, 'staff').map(({ id }) => id));
  const old = Object.entries(intake.answers).filter(([id]) => !ids.has(id) && optional.some((each) => each.id === id));
  const asked = Object.fromEntries(Object.entries(intake.answers).filter(([id]) => !old.some(([each]) => each === id)));
  return {
    ...intake,
    answers: { ...Object.fromEntries(old), ...acceptedAnswers(questionsFor(known, 'staff'), asked) },
  };
}

function invalid(field: readonly (string | number)[], detail: string): DomainError {
  return new DomainError('invalid', { errors: [{ pointer: `/${field.join('/')}`, detail }] });
}
