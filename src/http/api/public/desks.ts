import { deskIn, deskOf } from '../../../app/desks/deskOf';
import type { FoundSlots } from '../../../app/slots/findSlots';
import type { Hours } from '../../../domain/calendar/hours';
import { kindDays } from '../../../domain/calendar/windowKinds';
import { addDays, daysBetween, localDate } from '../../../domain/calendar/zone';
import { topicsOnOffer } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { perObject } from '../../../domain/memo';
import { languagesForTopic, modesForTopic } from '../../../domain/offering';
import { isAtDesk, topicsFor } from '../../../domain/topicSearch';
import { type DateOrInstant, edge } from '../../../fields/schemas';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { KeptJson } from '../../keptJson';
import { clientFrom } from '../../middleware/rateLimit';
import { wishOf } from '../details';
import { type Operation, open } from '../operation';
import { dayJson, deskJson, explanationJson, slotsText, windowJson } from '../present';
import { wrongField } from '../problems';
import * as schema from '../schemas';
import { statusJson } from './status';

const MAX_LISTED_DAYS = 400;
const USUAL_DAYS = 30;

/** The public operations about desks: their facts, their opening hours, their free slots. */
export function deskOperations({
  app,
  storage,
  now,
  texts,
}: Pick<HttpDeps, 'app' | 'storage' | 'now' | 'texts'>): Operation[] {
  return [
    open(
      {
        method: 'get',
        path: apiPaths.desks,
        id: 'listDesks',
        summary: 'All desks, or those where what is asked for is advised on',
        shared: true,
        query: schema.DesksQuery,
        answer: { status: 200, description: 'Desks, by id', schema: schema.Desks },
      },
      async ({ query: { q, cursor, limit = schema.MAX_LISTED_DESKS } }) => {
        const all = await storage.desks.list();
        const asked = q?.trim() ? all.filter((desk) => isAtDesk(desk, q) || topicsFor([desk], q).length > 0) : all;
        // A database may sort ids by the rules of a language.
        const left = asked
          .filter(({ id }) => cursor === undefined || id > cursor)
          .sort((a, b) => (a.id < b.id ? -1 : 1));
        const page = left.slice(0, limit);
        const next = left.length > limit ? (page.at(-1)?.id ?? null) : null;
        return { body: { desks: page.map((desk) => deskJson(desk, texts)), next } };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.desk,
        id: 'readDesk',
        summary: 'One desk with its topics',
        shared: true,
        answer: { status: 200, description: 'The desk', schema: schema.Desk },
      },
      async ({ params }) => ({ body: deskJson(await deskOf(storage, params.desk), texts) }),
    ),

    open(
      {
        method: 'get',
        path: apiPaths.openingHours,
        id: 'readOpeningHours',
        summary: 'When the desk is open, day by day',
        description: `After rules, exceptions and public holidays. From today for ${USUAL_DAYS} days unless asked otherwise; at most ${MAX_LISTED_DAYS} days.`,
        shared: true,
        query: schema.OpeningHoursQuery,
        answer: { status: 200, description: 'One entry for every day of [from, to)', schema: schema.OpeningHours },
      },
      async ({ params, query }) => {
        const { hours } = await deskOf(storage, params.desk);
        const from = query.from ?? localDate(now(), hours.timeZone);
        const to = query.to ?? addDays(from, USUAL_DAYS);
        if (to < from) throw wrongField('/to', 'expected no day before `from`');
        if (daysBetween(from, to) > MAX_LISTED_DAYS)
          throw wrongField('/to', `expected at most ${MAX_LISTED_DAYS} days`);
        const days = kindDays(hours, from, to).map((day) => dayJson(day, hours.timeZone, texts));
        return { body: { timeZone: hours.timeZone, days } };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.status,
        id: 'readStatus',
        summary: 'Whether the desk is open, its hours in words, and what is free first',
        shared: true,
        answer: { status: 200, description: 'The state of the desk at this moment', schema: schema.Status },
      },
      async ({ params }) => ({ body: statusJson(await app.readStatus(params.desk), now(), texts) }),
    ),

    open(
      {
        method: 'get',
        path: apiPaths.slotLines,
        id: 'listSlots',
        summary: 'All free starts of the horizon, one a line, for other programs',
        shared: true,
        answer: {
          status: 200,
          description:
            'Newline-delimited JSON, `{"topic","language","mode","start","end","free"}` a line: for each topic, language and mode its starts, ascending',
          type: 'application/x-ndjson',
        },
      },
      async ({ params: { desk: deskId } }) => {
        const snapshot = await storage.snapshot(deskId);
        const desk = await deskIn(snapshot);
        const lines: string[] = [];
        for (const topic of topicsOnOffer(desk))
          for (const language of languagesForTopic(desk, topic.id))
            for (const mode of modesForTopic(desk, topic, language)) {
              const query = { topicId: topic.id, language, mode };
              const { slots } = await app.findSlots({ deskId, query, audience: 'client' }, undefined, snapshot);
              for (const { time, free } of slots)
                lines.push(
                  JSON.stringify({ topic: topic.id, language, mode, ...windowJson(time, desk.hours.timeZone), free }),
                );
            }
        return { body: lines.map((line) => `${line}\n`).join('') };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.slots,
        id: 'findSlots',
        summary: 'What can be booked',
        description: 'Starts in [from, to): from now, to the last day that clients may book, where absent.',
        shared: true,
        query: schema.SlotsQuery,
        answer: { status: 200, description: 'Free slots, ascending by start', schema: schema.Slots },
      },
      async ({ params, query, res }) => {
        const snapshot = await storage.snapshot(params.desk);
        const { timeZone } = (await deskIn(snapshot)).hours;
        const search = {
          deskId: params.desk,
          query: wishOf(query),
          audience: 'client',
          ...rangeOf(query, timeZone),
        } as const;
        const found = await app.findSlots(search, clientFrom(res), snapshot);
        // A search that finds nothing is counted by network, so its answer cannot be reused for others.
        if (found.isUnmet) return { body: slotsJson(found) };
        const again = async () => {
          const found = await app.findSlots(search);
          if (found.isUnmet) throw new Error('to be counted');
          return slotsJson(found);
        };
        return { body: slotsJson(found), again };
      },
    ),

    open(
      {
        method: 'get',
        path: apiPaths.explainSlots,
        id: 'explainSlots',
        summary: 'Why there is nothing, and what there would be',
        description:
          'For a search that finds nothing, or nothing soon: what binds, and the first start that opens when one condition is given up.',
        shared: true,
        query: schema.ExplainQuery,
        answer: { status: 200, description: 'What binds, and what else would do', schema: schema.Explanation },
      },
      async ({ params, query }) => {
        const snapshots = await storage.snapshots();
        const snapshot = snapshots.find(({ deskId }) => deskId === params.desk);
        if (!snapshot) throw new DomainError('not-found');
        const range = rangeOf(query, (await deskIn(snapshot)).hours.timeZone);
        const { languages } = query;
        return {
          body: explanationJson(
            await app.explainSlots({ deskId: params.desk, query: wishOf(query), languages, ...range }, snapshots),
          ),
        };
      },
    ),
  ];
}

/** Serialises the answer once, as long as what was found is the same. */
function slotsJson({ desk: { hours }, slots }: FoundSlots): KeptJson {
  return jsonOf(hours, slots);
}

const jsonOf = perObject((hours: Hours, slots: FoundSlots['slots']) => new KeptJson(slotsText(slots, hours)));

function rangeOf(query: { from?: DateOrInstant | undefined; to?: DateOrInstant | undefined }, timeZone: string) {
  const [from, to] = [edge(query.from, timeZone), edge(query.to, timeZone)];
  if (from !== undefined && to !== undefined && to < from) throw wrongField('/to', 'expected nothing before `from`');
  return { from, to };
}
