import { bookableStarts, eachOffer, type Question, type Situation } from '../../domain/assignment/offers';
import { HOUR, type Instant, type Interval } from '../../domain/calendar/interval';
import { type Desk, languagesOf } from '../../domain/desk';
import type { LanguageTag } from '../../domain/text';
import { considering, deskOf } from '../booking/situation';
import type { Clock } from '../ports/clock';
import type { Stores } from '../ports/storage';

export interface FirstFree {
  readonly language: LanguageTag;
  /** Start of the earliest consultation in this language on any topic; null: nothing up to the horizon. */
  readonly start: Instant | null;
}

export type FindFirstFree = (deskId: string) => Promise<{ desk: Desk; firstFree: FirstFree[] }>;

/** How long one may wait for a consultation, language by language, for the start page. @throws DomainError `not-found` */
export function findFirstFree({
  storage,
  now,
}: {
  storage: Pick<Stores, 'desks' | 'bookings'>;
  now: Clock;
}): FindFirstFree {
  return async (deskId) => {
    const desk = await deskOf(storage, deskId);
    const at = now();
    const range = { start: at, end: Math.max(...desk.topics.map((topic) => horizonOf(desk, topic, at)), at + 1) };
    const asked = (language: LanguageTag) =>
      desk.topics.map((topic): Question => ({ topic, language, audience: 'client' }));
    const { answer: firstFree } = await considering(
      storage,
      { desk, range, now: at, advisors: desk.advisors },
      (situation) =>
        languagesOf(desk).map((language) => ({ language, start: earliest(situation, asked(language), range) })),
    );
    return { desk, firstFree };
  };
}

/** Most answers lie in the next days, so the search goes forward week by week instead of listing all. */
const STEP = 7 * 24 * HOUR;

/** The first start of any of these in the range; null: there is none. */
export function earliest(
  situation: Situation,
  questions: readonly Question[],
  { start: from, end }: Interval,
): Instant | null {
  for (let start = from; start < end; start += STEP) {
    const range = { start, end: Math.min(start + STEP, end) };
    const starts = questions.flatMap((question) => {
      const [first] = eachOffer(situation, question, range);
      return first?.time.start ?? [];
    });
    if (starts.length > 0) return Math.min(...starts);
  }
  return null;
}

function horizonOf(desk: Desk, topic: Question['topic'], now: Instant): Instant {
  return bookableStarts({ desk, now }, { topic, audience: 'client' }, { start: now, end: Number.POSITIVE_INFINITY })
    .end;
}
