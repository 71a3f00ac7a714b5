import { API_ROOT, paths } from './paths';

/** Which part of the program answers at a path. `page` is a client's page, and whatever belongs to none of the others. */
export type Area = 'page' | 'manage' | 'staff' | 'api' | 'asset' | 'problem' | 'mailbox' | 'probe' | 'metrics';

const AREAS: readonly (readonly [root: string, area: Area])[] = [
  ['/api', 'api'],
  [paths.staff, 'staff'],
  ['/b', 'manage'],
  ['/q', 'manage'],
  ['/w', 'manage'],
  ['/screen', 'manage'],
  ['/calendars', 'manage'],
  ['/assets', 'asset'],
  ['/problems', 'problem'],
  [paths.mailbox, 'mailbox'],
  [paths.liveness, 'probe'],
  [paths.readiness, 'probe'],
  [paths.metrics, 'metrics'],
];

/** The area of a path, with or without its query. Capitals count, as in `API_ROOT`. */
export function areaOf(path: string): Area {
  const [asked = ''] = path.split(/[?#]/, 1);
  return AREAS.find(([root]) => isBelow(asked, root))?.[1] ?? 'page';
}

/** Whether `path` is `root` or begins with it and a slash. */
export function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** The segment after each of these is a secret key; it must never stand in a log or a referrer. */
const KEY_PARENTS: readonly string[] = [
  ...['/b', '/q', '/w', '/screen', '/calendars'],
  ...[`${API_ROOT}/bookings`, `${API_ROOT}/queue`, `${API_ROOT}/waiting-list`],
];

/** Whether what follows `parent` in a path is a key. */
export function isKeyBehind(parent: string): boolean {
  return KEY_PARENTS.includes(parent);
}

/** Whether `path` holds a key, so that knowing the path is the permission. */
export function carriesSecret(path: string): boolean {
  return KEY_PARENTS.some((parent) => path.startsWith(`${parent}/`));
}
