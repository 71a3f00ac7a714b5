/**
 * Every URL of the program, once, as Express route patterns. `url` fills them in.
 *
 * Public pages begin with their language, so that a link says what it opens in; `/staff`, `/api` and the others are
 * mounted before them, and `loadDesk` keeps `/:locale/:desk` from answering for anything else.
 */
export const paths = {
  deskList: '/',
  start: '/:locale/:desk',
  journey: '/:locale/:desk/book',
  chooseLanguage: '/:locale/:desk/book/language',
  chooseTopic: '/:locale/:desk/book/topic',
  topicsExplained: '/:locale/:desk/book/topics',
  chooseMode: '/:locale/:desk/book/mode',
  chooseDay: '/:locale/:desk/book/day',
  chooseTime: '/:locale/:desk/book/time',
  yourDetails: '/:locale/:desk/book/details',
  checkAnswers: '/:locale/:desk/book/check',
  done: '/:locale/:desk/book/done',
  forget: '/:locale/:desk/book/forget',
  giveBack: '/:locale/:desk/book/give-back',
  findBooking: '/:locale/:desk/find-booking',
  about: '/:locale/:desk/about/:page',

  /** The secret link of a mail; whoever has it may see and change this one booking. */
  manage: '/b/:token',
  moveBooking: '/b/:token/move',
  cancelBooking: '/b/:token/cancel',
  restoreBooking: '/b/:token/restore',
  manageCalendar: '/b/:token/calendar.ics',

  deskHours: '/desks/:desk/opening-hours.ics',
  advisorFeed: '/calendars/:feedToken.ics',
  problem: '/problems/:code',
  /** Asked by whoever restarts processes that live no longer. */
  liveness: '/healthz',
  readiness: '/readyz',
  metrics: '/metrics',

  staff: '/staff',
  signIn: '/staff/sign-in',
  signOut: '/staff/sign-out',
  staffDay: '/staff/:desk/day{/:date}',
  staffBookings: '/staff/:desk/bookings',
  staffNewBooking: '/staff/:desk/bookings/new',
  staffTasks: '/staff/:desk/tasks',
  staffBooking: '/staff/bookings/:id',
  staffMove: '/staff/bookings/:id/move',
  staffExchange: '/staff/bookings/:id/exchange',
  staffCancel: '/staff/bookings/:id/cancel',
  staffVideoLink: '/staff/bookings/:id/video-link',
  staffSlip: '/staff/bookings/:id/slip',
  staffFalseBookings: '/staff/bookings/:id/false-bookings',
  staffCheckIn: '/staff/bookings/:id/check-in',
  staffComplete: '/staff/bookings/:id/complete',
  staffNoShow: '/staff/bookings/:id/no-show',
  staffUndoCheckIn: '/staff/bookings/:id/undo-check-in',
  staffReopen: '/staff/bookings/:id/reopen',
  staffRestore: '/staff/bookings/:id/restore',

  mailbox: '/dev/mailbox',
} as const;

/** The JSON API; its operations name their own paths below it. */
export const API_ROOT = '/api/v1';

/** The pages under `paths.about`; the footer links to all of them. */
export const ABOUT_PAGES = ['accessibility', 'privacy', 'imprint', 'easy-language', 'sign-language'] as const;
export type AboutPage = (typeof ABOUT_PAGES)[number];

type Value = string | number;

/**
 * Fills a pattern: `url(paths.staffDay, { desk: 'wuppertal' }, { lang: 'en' })` is `/staff/wuppertal/day?lang=en`.
 * An optional part without its value is left out, and so is a query value that is undefined. A list stands once for each of its values.
 *
 * @throws Error if the pattern needs a value that `params` lacks: a mistake in the code, never in a request
 */
export function url(
  pattern: string,
  params: Readonly<Record<string, Value>> = {},
  query: Readonly<Record<string, Value | readonly Value[] | undefined>> = {},
): string {
  const filled = pattern
    .replace(/\{([^{}]*:(\w+)[^{}]*)\}/g, (_, part: string, name: string) => (params[name] === undefined ? '' : part))
    .replace(/:(\w+)/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined || value === '') throw new Error(`${pattern} needs ${name}`);
      return encodeURIComponent(value);
    });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of [value ?? []].flat()) search.append(name, String(each));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/** The parts of a path that are keys to something: these never go into a log, nor into a referrer. */
const SECRET_PREFIXES = ['/b/', `${API_ROOT}/bookings/`, '/calendars/'];

/** Whether `path` holds a secret, so that knowing the path is the permission. */
export function carriesSecret(path: string): boolean {
  return SECRET_PREFIXES.some((prefix) => path.startsWith(prefix));
}
