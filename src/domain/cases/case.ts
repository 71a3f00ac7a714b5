import type { LocalDate } from '../calendar/hours';
import type { Instant } from '../calendar/interval';
import { DomainError, type FieldError } from '../errors';
import type { LanguageTag } from '../text';
import { changedIntake, type Intake, type IntakeChange } from './intake';

export const STEP_STATES = ['open', 'done', 'dropped'] as const;
type StepState = (typeof STEP_STATES)[number];

/** Who does a step. */
export const STEP_OWNERS = ['client', 'desk', 'partner'] as const;
type StepOwner = (typeof STEP_OWNERS)[number];

/** One thing that was agreed to be done next. */
export interface CaseStep {
  readonly id: string;
  readonly text: string;
  readonly owner: StepOwner;
  readonly due: LocalDate | null;
  readonly state: StepState;
  /** The partner of the desk who is involved; null: none. */
  readonly partnerId: string | null;
}

export const CASE_STATES = ['open', 'closed'] as const;
type CaseState = (typeof CASE_STATES)[number];

/** What a case came to. */
export const CASE_RESULTS = ['work', 'training', 'recognition', 'course', 'moved', 'contact_lost', 'other'] as const;
export type CaseResultKind = (typeof CASE_RESULTS)[number];

/** What it came to, and on which day. */
interface CaseResult {
  readonly kind: CaseResultKind;
  readonly on: LocalDate;
}

/** Whose case it is. The first language is that in which the strategy is printed for them, beside German. */
export interface CaseClient {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly languages: readonly LanguageTag[];
}

/** The way on which desk and client have agreed. */
interface Strategy {
  readonly text: string | null;
  /** In which the own words of goal, text and steps are typed. */
  readonly language: LanguageTag;
  /** The day on which the client agreed to it, with goal and steps; null: not yet. */
  readonly agreedOn: LocalDate | null;
  /** Goal, text or steps are others since. */
  readonly changedSince: boolean;
}

/** A consultation of the chain, as far as the case keeps it when the booking itself is purged. */
export interface Meeting {
  readonly bookingId: string;
  readonly start: Instant;
  readonly topicId: string;
}

/** A chain of one client's consultations, with what was brought along, what stands in the way, and what is agreed. */
export interface Case {
  readonly id: string;
  readonly deskId: string;
  readonly client: CaseClient;
  /** The advisors who may read it; never empty. */
  readonly advisors: readonly string[];
  /** By their start. */
  readonly meetings: readonly Meeting[];
  readonly intake: Intake;
  readonly steps: readonly CaseStep[];
  readonly strategy: Strategy;
  readonly state: CaseState;
  /** Null unless `closed`. */
  readonly result: CaseResult | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly version: number;
}

/** What is changed of a case; what is absent stays. */
export interface CaseChange {
  readonly client?: CaseClient | undefined;
  readonly intake?: IntakeChange | undefined;
  /** All steps, as they are to be from now on. */
  readonly steps?: readonly CaseStep[] | undefined;
  readonly strategy?: { readonly [K in 'text' | 'language' | 'agreedOn']?: Strategy[K] | undefined };
  readonly meetings?: readonly Meeting[] | undefined;
  readonly state?: CaseState | undefined;
  readonly result?: CaseResult | undefined;
}

/** A case on whose way nothing is agreed yet; staff write in German unless they say otherwise. */
export const NO_STRATEGY: Strategy = { text: null, language: 'de', agreedOn: null, changedSince: false };

/** The most steps, and meetings, of a case; a chain that is longer is better begun anew. */
export const MAX_STEPS = 100;
export const MAX_MEETINGS = 100;

/**
 * Changes a case. A closed one has to be reopened first, which loses its result; closing one needs a result.
 *
 * @throws DomainError `case-not-changeable`, `invalid` without a result
 */
export function changedCase(before: Case, change: CaseChange, now: Instant): Case {
  const { state = before.state } = change;
  if (before.state === 'closed' && state === 'closed')
    throw new DomainError('case-not-changeable', { reason: 'the case is closed: reopen it first' });
  const intake = changedIntake(before.intake, change.intake ?? {});
  const steps = change.steps ?? before.steps;
  const next: Case = {
    ...before,
    ...{ intake, steps, state },
    client: change.client ?? before.client,
    meetings: [...(change.meetings ?? before.meetings)].sort((a, b) => a.start - b.start),
    strategy: strategyOf(before, { ...change, goal: intake.goal, steps }),
    ...endOf(before, { ...change, state }, now),
    version: before.version + 1,
  };
  return next;
}

/** A new agreement covers all that stands in the case now; an older one is followed by what changes later. */
function strategyOf(
  { strategy, intake, steps }: Case,
  change: Pick<CaseChange, 'strategy'> & { readonly goal: string | null; readonly steps: Case['steps'] },
): Strategy {
  const { text = strategy.text, language = strategy.language, agreedOn } = change.strategy ?? {};
  if (agreedOn !== undefined) return { text, language, agreedOn, changedSince: false };
  const isOther =
    text !== strategy.text || change.goal !== intake.goal || whatIsAgreed(change.steps) !== whatIsAgreed(steps);
  const changedSince = strategy.changedSince || (strategy.agreedOn !== null && isOther);
  return { text, language, agreedOn: strategy.agreedOn, changedSince };
}

/** That a step is done does not change what was agreed. */
function whatIsAgreed(steps: Case['steps']): string {
  return JSON.stringify(steps.map(({ text, owner, due, partnerId }) => [text, owner, due, partnerId]));
}

function endOf(
  before: Case,
  { state, result }: { readonly state: CaseState; readonly result?: CaseResult | undefined },
  now: Instant,
): Pick<Case, 'result' | 'closedAt'> {
  if (state === 'open') {
    if (result) throw wrong({ pointer: '/result', detail: 'an open case has none: close it with `state`' });
    return { result: null, closedAt: null };
  }
  if (!result) throw wrong({ pointer: '/result', detail: 'expected what the case came to, and on which day' });
  return { result, closedAt: before.closedAt ?? now };
}

function wrong(...errors: FieldError[]): DomainError {
  return new DomainError('invalid', { errors });
}

/** Lets a colleague read the case. Who may already stays. */
export function withAdvisor(before: Case, advisorId: string): Case {
  if (before.advisors.includes(advisorId)) return before;
  return { ...before, advisors: [...before.advisors, advisorId], version: before.version + 1 };
}

/** Takes a colleague out again. @throws DomainError `case-not-changeable` for the last one, because nobody could read it then */
export function withoutAdvisor(before: Case, advisorId: string): Case {
  const advisors = before.advisors.filter((id) => id !== advisorId);
  if (advisors.length === before.advisors.length) return before;
  if (advisors.length === 0)
    throw new DomainError('case-not-changeable', { reason: 'the last advisor of a case stays' });
  return { ...before, advisors, version: before.version + 1 };
}

/** Returns the open step that is due next, those without a day last; undefined: there is none. */
export function nextStep({ steps }: Pick<Case, 'steps'>): CaseStep | undefined {
  return steps.filter(({ state }) => state === 'open').sort((a, b) => byDue(a.due, b.due))[0];
}

/** Orders cases as they need work: open ones before closed, what is due first, then by name. */
export function byNeed(a: Case, b: Case): number {
  if (a.state !== b.state) return a.state === 'open' ? -1 : 1;
  const due = byDue(nextStep(a)?.due ?? null, nextStep(b)?.due ?? null);
  return due || a.client.name.localeCompare(b.client.name) || (a.id < b.id ? -1 : 1);
}

function byDue(a: LocalDate | null, b: LocalDate | null): number {
  const [first, second] = [a ?? NEVER, b ?? NEVER];
  return first === second ? 0 : first < second ? -1 : 1;
}

/** Later than any day. */
const NEVER = '~';
