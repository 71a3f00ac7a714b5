import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';

/** Returns what brings the version back that held before the newest. */
export async function undoOf({ storage }: Pick<HttpDeps, 'storage'>, { id: desk }: Pick<Desk, 'id'>) {
  const [now, before] = (await storage.hoursVersions.list(desk, { limit: 2 })).versions;
  if (!now || !before) return undefined;
  return {
    href: url(paths.staffHoursVersion, { desk, id: before.id }),
    hidden: [{ name: 'seen', value: String(now.number) }],
  };
}
