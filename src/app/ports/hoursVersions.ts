import type { HoursVersion } from '../../domain/hoursVersion';

/** A page of versions. `next` is the cursor of the next page; null on the last. */
interface VersionPage {
  readonly versions: readonly HoursVersion[];
  readonly next: string | null;
}

/** Stores the versions of desks' hours. A version is never changed. */
export interface HoursVersions {
  add(version: HoursVersion): Promise<void>;
  find(id: string): Promise<HoursVersion | undefined>;
  /** Returns the version that holds now; undefined: the hours were never changed since versions are kept. */
  latest(deskId: string): Promise<HoursVersion | undefined>;
  /** Returns a page of a desk's versions, the newest first. @throws DomainError `invalid` for a wrong cursor */
  list(deskId: string, page: { cursor?: string | undefined; limit: number }): Promise<VersionPage>;
}
