import type { Instant, Interval } from '../../domain/calendar/interval';
import { weeksIn } from '../../domain/calendar/zone';
import { type Binding, binding } from '../../domain/slots/binding';
import { eachOffer, type Offer, offers, type Question, type Situation } from '../../domain/slots/offers';
import type { Turn } from '../ports/turn';

/** The parts of the range that lie in one ISO week of the desk each, ascending; others have their turn between two of them. */
async function* weekByWeek(turn: Turn, timeZone: string, range: Interval): AsyncGenerator<Interval> {
  for (const { start, end } of weeksIn(range, timeZone)) {
    if (start > range.start) await turn();
    yield { start: Math.max(start, range.start), end: Math.min(end, range.end) };
  }
}

/** As `offers`, naming anybody, with turns for others. */
export async function offersByWeek(
  turn: Turn,
  situation: Situation,
  question: Question,
  range: Interval,
): Promise<Offer[]> {
  const found: Offer[] = [];
  for await (const week of weekByWeek(turn, situation.desk.hours.timeZone, range))
    found.push(...offers(situation, question, week, 'any'));
  return found;
}

/** The first start of any of these in the range; null: there is none. Most answers lie in the next days, so nothing is listed. */
export async function earliest(
  turn: Turn,
  situation: Situation,
  questions: readonly Question[],
  range: Interval,
): Promise<Instant | null> {
  for await (const week of weekByWeek(turn, situation.desk.hours.timeZone, range)) {
    const starts = questions.flatMap((question) => {
      const [first] = eachOffer(situation, question, week);
      return first?.time.start ?? [];
    });
    if (starts.length > 0) return Math.min(...starts);
  }
  return null;
}

/** What keeps the question from finding anything in the range, where it finds nothing. */
export async function bindingOf(
  turn: Turn,
  situation: Situation,
  question: Question,
  range: Interval,
): Promise<Binding> {
  const steps = binding(situation, question);
  let step = steps.next();
  while (!step.done) step = steps.next((await earliest(turn, step.value, [question], range)) !== null);
  return step.value;
}
