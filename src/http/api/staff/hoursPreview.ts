import type { Absence } from '../../../domain/desk';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { staffBookingJson, windowJson } from '../present';
import { wrongField } from '../problems';
import * as schema from '../schemas';
import { exceptionOf } from './exceptions';
import { aboutAll, rulesOf } from './openingRules';
import { managedDesk } from './sight';

/** Tells what a change of hours would do, before it is made. */
export function hoursPreviewOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffHoursPreview,
        id: 'previewHours',
        summary: 'What a change of hours would do',
        description:
          'Nothing is changed. Rules replace all rules; exceptions are entered in their order, the last is the newest.',
        body: schema.HoursProposal,
        repeatable: true,
        answer: {
          status: 200,
          description: 'Days before and after, and who would lose their place',
          schema: schema.HoursPreview,
        },
      },
      async ({ params, body, who }) => {
        const { id: deskId, hours, advisors } = await managedDesk(storage, who, params.desk);
        const { rules, exceptions, absences, from, version } = body;
        const known = new Set(advisors.map(({ id }) => id));
        const away = (absences?.add ?? []).map(({ advisor, start, end }, i): Omit<Absence, 'id'> => {
          if (!known.has(advisor)) throw wrongField(`/absences/add/${i}/advisor`, 'expected an advisor of the desk');
          if (end <= start) throw wrongField(`/absences/add/${i}/end`, 'expected an end after the start');
          return { advisorId: advisor, time: { start, end }, reason: null };
        });
        const { desk, days, affected, unreachable, because } = await aboutAll(() =>
          app.previewHours({
            ...{ who, deskId, from },
            proposal: {
              rules: rules && rulesOf({ rules }),
              exceptions: {
                add: (exceptions?.add ?? []).map((entry, i) => exceptionOf(entry, `/exceptions/add/${i}`)),
                remove: exceptions?.remove ?? [],
              },
              absences: { add: away, remove: absences?.remove ?? [] },
              version,
            },
          }),
        );
        const windows = (some: (typeof days)[number]['before']) =>
          some.map((window) => windowJson(window, hours.timeZone));
        return {
          body: {
            days: days.map(({ date, before, after, reason }) => ({
              ...{ date, before: windows(before), after: windows(after), reason },
            })),
            affected: affected.map((booking) => staffBookingJson(booking, desk)),
            unreachable,
            because,
          },
        };
      },
    ),
  ];
}
