import type { Answers } from '../booking/questions';

/** What somebody brought along. `experience`: work without a certificate of its own. */
export const QUALIFICATION_LEVELS = ['school', 'vocational', 'academic', 'experience', 'other'] as const;
type QualificationLevel = (typeof QUALIFICATION_LEVELS)[number];

/** Whether the papers of a qualification are at hand. */
export const PAPERS = ['there', 'translated', 'partly', 'missing'] as const;
type Papers = (typeof PAPERS)[number];

/** How far the recognition of a qualification is. */
export const RECOGNITIONS = ['not_asked', 'asked', 'recognised', 'partly', 'refused', 'not_needed'] as const;
type Recognition = (typeof RECOGNITIONS)[number];

/**
 * What can stand in the way, few and practical. Nothing here, and nothing that is added, may tell of health, religion,
 * ethnic origin or another special category of Art. 9 GDPR.
 */
export const OBSTACLES = [
  ...(['german', 'papers', 'recognition', 'permit', 'childcare', 'housing'] as const),
  ...(['way_to_work', 'money', 'digital', 'orientation'] as const),
] as const;
type Obstacle = (typeof OBSTACLES)[number];

/** A qualification or experience from abroad; null where it is not known. */
export interface Qualification {
  readonly what: string;
  readonly country: string | null;
  readonly level: QualificationLevel | null;
  readonly papers: Papers | null;
  readonly recognition: Recognition | null;
}

/** What is known of a client's situation; all of it is optional. */
export interface Intake {
  readonly qualifications: readonly Qualification[];
  readonly obstacles: readonly Obstacle[];
  /** A few own words about what stands in the way. */
  readonly obstaclesNote: string | null;
  readonly goal: string | null;
  /** The topic whose questions were gone through at the first meeting; null: none. */
  readonly topicId: string | null;
  /** The answers to them, see `readAnswers`. */
  readonly answers: Answers;
}

/** What is changed of it; what is absent or undefined stays. */
export type IntakeChange = { readonly [K in keyof Intake]?: Intake[K] | undefined };

/** Returns what is known after a change. */
export function changedIntake(before: Intake, change: IntakeChange): Intake {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(given) as Partial<Intake>) };
}

export const EMPTY_INTAKE: Intake = {
  ...{ qualifications: [], obstacles: [], obstaclesNote: null, goal: null, topicId: null, answers: {} },
};

/** The most qualifications that anybody is asked for. */
export const MAX_QUALIFICATIONS = 10;
