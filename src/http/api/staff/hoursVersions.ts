import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { hoursVersionJson } from '../presentHours';
import { versionTag, versionWanted } from '../request';
import * as schema from '../schemas';
import { managedDesk } from './sight';

const VERSIONS_PER_PAGE = 50;

/** The operations on the versions of a desk's hours: rules, exceptions and absences. */
export function hoursVersionOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffHoursVersions,
        id: 'listHoursVersions',
        summary: 'Who changed the hours, when and why',
        query: schema.HoursVersionsQuery,
        answer: { status: 200, description: 'The versions', schema: schema.HoursVersions },
        problems: [403],
      },
      async ({ params, query, who }) => {
        const { id: deskId, hours } = await managedDesk(storage, who, params.desk);
        const page = { cursor: query.cursor, limit: VERSIONS_PER_PAGE };
        const { versions, next } = await storage.hoursVersions.list(deskId, page);
        return { body: { versions: versions.map((each) => hoursVersionJson(each, hours.timeZone)), next } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffRestoreHours,
        id: 'restoreHours',
        summary: 'Bring an earlier version of the hours back',
        description:
          'Its rules, exceptions and absences hold again, as far as they are not over. `hours/preview` with `version` tells before what that changes. The inverse is to bring back the version before. If-Match names the newest version.',
        versioned: true,
        body: schema.NoFields,
        answer: { status: 200, description: 'The version that holds now', schema: schema.HoursVersion },
        problems: [409],
      },
      async ({ params, idempotency, who, req }) => {
        const { id: deskId, hours } = await managedDesk(storage, who, params.desk);
        const latest = { version: (await storage.hoursVersions.latest(deskId))?.number ?? 0 };
        const ifVersion = versionWanted(req, latest);
        const restore = { who, deskId, versionId: params.id, ifVersion, idempotency };
        const { value, replayed } = await app.restoreHours(restore);
        const headers = { ETag: versionTag({ version: value.number }) };
        return { body: hoursVersionJson(value, hours.timeZone), headers, replayed };
      },
    ),
  ];
}
