import { absencesAhead } from '../../../app/hours/importHours';
import type { AbsenceEntry } from '../../../app/ports/deskStore';
import { DomainError } from '../../../domain/errors';
import { assertMayChangeAbsences } from '../../../domain/staff/rights';
import type { StaffMember } from '../../../domain/staff/roles';
import { edge } from '../../../fields/schemas';
import { apiPaths } from '../../../paths';
import { absencesCsv, listedAbsences } from '../../csv/hoursCsv';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { absenceJson, affectedJson } from '../presentHours';
import { deskImportJson } from '../presentParts';
import { wrongField } from '../problems';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { IMPORT_OF_PARTS } from './changedPart';
import { deskOfAdvisor, keptDesk, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

const ABSENCES_PER_PAGE = 200;

/** The operations on absences. A change cancels no booking; its answer lists the bookings that are affected. */
export function absenceOperations(deps: Deps): Operation[] {
  const { app, storage, now } = deps;
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffDeskAbsences,
        id: 'listAbsences',
        summary: 'Who is away, and when',
        description: 'As CSV they are all on one page.',
        query: schema.AbsencesQuery,
        csv: 'export',
        answer: { status: 200, description: 'Those that are not over, by start', schema: schema.Absences },
      },
      async ({ params, query, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const { id, hours } = desk;
        const from = edge(query.from, hours.timeZone) ?? now();
        const { entries, next } = await storage.desks.absencesFrom(id, {
          from,
          cursor: query.cursor,
          limit: ABSENCES_PER_PAGE,
        });
        const all = next === null || query.cursor ? entries : await absencesAhead(storage, id, from);
        return {
          body: { absences: entries.map((entry) => absenceJson(entry, hours.timeZone)), next },
          csv: () => absencesCsv(all, desk),
        };
      },
    ),

    secured(
      {
        path: apiPaths.staffDeskAbsences,
        id: 'importAbsences',
        summary: 'Enter, change and withdraw many absences at once',
        description:
          'All lines are taken or none. A line without an id is new, `withdrawn` withdraws it; what they do not name stays as it is.',
        ...IMPORT_OF_PARTS,
      },
      async ({ params, query, body, who, idempotency }) => {
        const desk = await keptDesk(storage, who, params.desk);
        const deskId = desk.id;
        const absences = (there: readonly AbsenceEntry[]) => listedAbsences(body, there, desk);
        const dryRun = query.apply !== 'true';
        const { value, replayed } = await app.importAbsences({ who, deskId, absences, idempotency, dryRun });
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffAdvisorAbsences,
        id: 'addAbsence',
        summary: 'An advisor is away',
        body: schema.AbsenceRequest,
        answer: { status: 201, description: 'It holds from now on', schema: schema.Affected },
        problems: [409],
      },
      async ({ params: { advisor }, body, idempotency, who }) => {
        const deskId = await deskOfAdvisor(storage, who, advisor, body.desk);
        assertMayChangeAbsences(who, deskId, advisor);
        const { value, replayed } = await app.addAbsence({
          who,
          deskId,
          advisorId: advisor,
          ...awayOf(body),
          idempotency,
        });
        return { body: affectedJson(value), headers: { ETag: versionTag(value) }, replayed };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffAbsence,
        id: 'replaceAbsence',
        summary: 'An advisor is away at another time',
        versioned: 'required',
        body: schema.AbsenceChange,
        answer: { status: 200, description: 'It holds from now on', schema: schema.Affected },
        problems: [409],
      },
      async ({ params, body, who, req }) => {
        const entry = await changeableAbsence(deps, who, params.id);
        const ifVersion = versionRequired(req, entry);
        const value = await app.replaceAbsence({ who, entry, ...awayOf(body), ifVersion });
        return { body: affectedJson(value), headers: { ETag: versionTag(value) } };
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffAbsence,
        id: 'removeAbsence',
        summary: 'An advisor is there after all',
        versioned: 'required',
        answer: { status: 200, description: 'It is as if it had never been entered', schema: schema.Affected },
      },
      async ({ params, who, req }) => {
        const entry = await changeableAbsence(deps, who, params.id);
        return { body: affectedJson(await app.removeAbsence({ who, entry, ifVersion: versionRequired(req, entry) })) };
      },
    ),
  ];
}

interface Away {
  readonly start: number;
  readonly end: number;
  readonly reason?: string | null | undefined;
}

function awayOf({ start, end, reason }: Away) {
  if (end <= start) throw wrongField('/end', 'expected a time after `start`');
  return { time: { start, end }, reason: reason || null };
}

async function changeableAbsence({ storage }: Deps, who: StaffMember, id: string): Promise<AbsenceEntry> {
  const entry = await storage.desks.findAbsence(id);
  if (!entry) throw new DomainError('not-found');
  assertMayChangeAbsences(who, entry.deskId, entry.absence.advisorId);
  return entry;
}
