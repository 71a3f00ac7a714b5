import { toIso } from '../../domain/calendar/zone';
import type { Case } from '../../domain/cases/case';
import type { Desk } from '../../domain/desk';
import type { TrailEntry } from '../../domain/staff/trail';
import type { Json } from './present';
import type * as schema from './schemas';

/** Returns a case as its advisors see it. */
export function caseJson(of: Case, { hours: { timeZone } }: Pick<Desk, 'hours'>): Json<typeof schema.Case> {
  const { topicId, answers, ...intake } = of.intake;
  return {
    id: of.id,
    client: { ...of.client, languages: [...of.client.languages] },
    intake: {
      ...intake,
      qualifications: intake.qualifications.map((each) => ({ ...each })),
      obstacles: [...intake.obstacles],
      topic: topicId,
      answers: { ...answers },
    },
    steps: of.steps.map(({ partnerId, ...step }) => ({ ...step, partner: partnerId })),
    strategy: { ...of.strategy },
    bookings: of.meetings.map(({ bookingId }) => bookingId),
    meetings: of.meetings.map(({ bookingId, start, topicId: topic }) => ({
      ...{ booking: bookingId, start: toIso(start, timeZone), topic },
    })),
    advisors: [...of.advisors],
    state: of.state,
    result: of.result && { ...of.result },
    openedAt: toIso(of.openedAt, timeZone),
    closedAt: of.closedAt === null ? null : toIso(of.closedAt, timeZone),
    version: of.version,
  };
}

/** Returns all that is stored of a case, for its client. */
export function caseDataJson(
  of: Case,
  { desk, trail }: { readonly desk: Desk; readonly trail: readonly TrailEntry[] },
): Json<typeof schema.CaseData> {
  return {
    ...caseJson(of, desk),
    trail: trail.map(({ at, deed }) => ({ at: toIso(at, desk.hours.timeZone), deed })),
  };
}
