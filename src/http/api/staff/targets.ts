import type { z } from 'zod';
import type { FoundTargets } from '../../../app/booking/moveTargets';
import { toIso } from '../../../domain/calendar/zone';
import type { MoveTarget } from '../../../domain/slots/targets';
import type { WhyNot } from '../../../domain/slots/whyNot';
import { edge } from '../../../fields/schemas';
import { apiPaths } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { whyNotText } from '../../../presentation/whyNot';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { windowJson } from '../present';
import * as schema from '../schemas';
import { seenBooking } from './sight';

/** The operation that says where a booking can be moved. */
export function targetsOperations({ app, storage, texts }: Pick<HttpDeps, 'app' | 'storage' | 'texts'>): Operation[] {
  // Programs and their developers read English, as in all refusals of the API.
  const reader: Reader = { locale: 'en', t: texts.in('staff', 'en') };
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffTargets,
        id: 'findTargets',
        summary: 'Where a booking can be moved',
        description:
          'Starts in [from, to), at most 8 days, with every advisor to whom the caller may move it: an advisor only within their own calendar. All but overrides are accepted by `moves` as long as nothing changes. A swap keeps what the other client was promised: who is tied to an advisor stays with them. In a very full week some may be missing.',
        query: schema.TargetsQuery,
        answer: { status: 200, description: 'The targets', schema: schema.Targets },
        problems: [403, 409],
      },
      async ({ params, query: { from, to, ...wanted }, who }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const { timeZone } = desk.hours;
        const range = { from: edge(from, timeZone), to: edge(to, timeZone) };
        const found = await app.moveTargets({ bookingId: booking.id, who, ...range, ...wanted });
        return { body: targetsJson(found, wanted.refused === true, reader) };
      },
    ),
  ];
}

function targetsJson(
  { desk, targets, refused }: FoundTargets,
  isRefusedAsked: boolean,
  reader: Reader,
): z.output<typeof schema.Targets> {
  const zone = desk.hours.timeZone;
  const reasonJson = (start: number, against: WhyNot) => ({
    why: against.why,
    reason: whyNotText(desk, start, against, reader),
  });
  return {
    targets: targets.map(({ start, advisorId, kind, others, against }) => ({
      start: toIso(start, zone),
      advisor: advisorId,
      kind,
      others: othersJson(others, zone),
      ...(against && reasonJson(start, against)),
    })),
    ...(isRefusedAsked && {
      refused: refused.map(({ start, end, advisorId, against }) => ({
        ...windowJson({ start, end }, zone),
        advisor: advisorId,
        ...reasonJson(start, against),
      })),
    }),
  };
}

function othersJson(others: MoveTarget['others'], zone: string) {
  return others.map(({ bookingId, to: { start, advisorId } }) => ({
    booking: bookingId,
    to: { ...(start !== undefined && { start: toIso(start, zone) }), advisor: advisorId },
  }));
}
