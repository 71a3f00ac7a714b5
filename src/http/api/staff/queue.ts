import type { QueuePerson } from '../../../app/queue/readQueue';
import { toIso } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { QueueStep } from '../../../domain/queue/entry';
import { absolute, apiPaths, paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import * as schema from '../schemas';
import { seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'baseUrl'>;

/** The operations with which staff put people into the queue, call them and see them. */
export function queueOperations(deps: Deps): Operation[] {
  const { app, storage, baseUrl } = deps;
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffWalkIns,
        id: 'addWalkIn',
        summary: 'Put somebody without an appointment into the queue',
        body: schema.WalkInRequest,
        answer: { status: 201, description: 'Their place', schema: schema.WalkIn },
      },
      async ({ params, body, idempotency, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const { topic: topicId, language, name, urgent } = body;
        const walkIn = { deskId: desk.id, topicId, language, name: name || null, urgent: urgencyOf(urgent) };
        const { value, replayed } = await app.addWalkIn({ who, ...walkIn, idempotency });
        const { id, number, token, position, expected } = value;
        const statusUrl = absolute(baseUrl, url(paths.ticket, { token }));
        const expectedStart = expected && toIso(expected.start, desk.hours.timeZone);
        return { body: { id, number, statusUrl, position, expectedStart }, replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffQueue,
        id: 'readQueue',
        summary: 'Who waits today',
        description:
          'Appointments that are here stand first, by their time; then who came without one, urgent matters before others. Nobody without an appointment delays one: `expectedStart` is the first gap that is long enough.',
        answer: { status: 200, description: 'The queue', schema: schema.QueueOfDesk },
      },
      async ({ params, who }) => {
        const { desk, people } = await app.readQueue(who, params.desk);
        return { body: { queue: people.map((person) => personJson(person, desk)) } };
      },
    ),

    stepOperation(deps, apiPaths.staffQueueCall, 'call', 'Call somebody'),
    stepOperation(deps, apiPaths.staffQueueStart, 'start', 'Begin the consultation'),
    stepOperation(deps, apiPaths.staffQueueFinish, 'finish', 'End the consultation; an appointment is completed'),
    stepOperation(
      deps,
      apiPaths.staffQueueMiss,
      'miss',
      'Note that whoever was called did not come: once they wait on, twice they are parked',
    ),
    stepOperation(deps, apiPaths.staffQueueLeave, 'leave', 'Note that they have gone'),
    stepOperation(deps, apiPaths.staffQueueUndo, 'undo', 'Undo the last step'),
  ];
}

function stepOperation<Path extends string>(
  { app }: Pick<Deps, 'app'>,
  path: Path,
  what: QueueStep,
  summary: string,
): Operation {
  return secured(
    {
      method: 'post',
      path,
      id: `${what}InQueue`,
      summary,
      description: 'Twice is the same as once.',
      body: schema.QueueCall,
      answer: { status: 200, description: 'Whom it is about', schema: schema.QueuePerson },
      problems: [409],
    },
    async ({ params, body, idempotency, who }) => {
      const id = (params as { id: string }).id;
      const { value, replayed } = await app.stepInQueue({ who, id, what, advisorId: body.advisor, idempotency });
      const { desk, people } = await app.readQueue(who, value.deskId);
      const person = people.find(({ entry }) => entry?.id === value.id);
      if (!person) throw new DomainError('not-found');
      return { body: personJson(person, desk), replayed };
    },
  );
}

/** @returns why they come before others, which may be empty; null: they do not */
function urgencyOf(urgent: string | boolean | null | undefined): string | null {
  return urgent === true ? '' : urgent || null;
}

function personJson({ id, number, entry, booking, position, expected }: QueuePerson, desk: Desk) {
  const zone = desk.hours.timeZone;
  return {
    id,
    number,
    booking: booking?.id ?? null,
    topic: entry?.topicId ?? booking?.topicId ?? '',
    language: entry?.language ?? booking?.language ?? '',
    name: entry?.name ?? booking?.client.name ?? null,
    urgent: (entry?.urgent ?? null) !== null || (booking?.urgent ?? false),
    reason: entry?.urgent || null,
    state: entry?.state ?? 'waiting',
    misses: entry?.misses ?? 0,
    advisor: entry?.advisorId ?? booking?.advisorId ?? null,
    position,
    expectedStart: expected && toIso(expected.start, zone),
    expectedBetween: expected && {
      start: toIso(expected.between.start, zone),
      end: toIso(expected.between.end, zone),
    },
  };
}
