import { type PathValue, url } from './fillPath';
import { caseOperationPaths, casePages, mailboxPages } from './pathParts';

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
  chooseTime: '/:locale/:desk/book/time',
  yourDetails: '/:locale/:desk/book/details',
  checkAnswers: '/:locale/:desk/book/check',
  done: '/:locale/:desk/book/done',
  forget: '/:locale/:desk/book/forget',
  giveBack: '/:locale/:desk/book/give-back',
  /** Where the days stood before they had their times beside them; mails that were sent lead there. */
  formerDays: '/:locale/:desk/book/day',
  findBooking: '/:locale/:desk/find-booking',
  about: '/:locale/:desk/about/:page',
  /** The hours on paper, for the door. */
  sign: '/:locale/:desk/sign',
  /** The hours as a part of another page. */
  embed: '/:locale/:desk/embed',
  /** The hours for other programs. */
  hoursIcs: '/desks/:desk/opening-hours.ics',
  hoursOsm: '/desks/:desk/opening-hours.osm',
  hoursJsonLd: '/desks/:desk/opening-hours.jsonld',
  availability: '/desks/:desk/availability.ics',

  /** The secret link of a mail; whoever has it may see and change this one booking. */
  manage: '/b/:token',
  moveBooking: '/b/:token/move',
  correctBooking: '/b/:token/change',
  cancelBooking: '/b/:token/cancel',
  /** Where a reminder leads whoever cannot come. */
  cannotCome: '/b/:token/cannot-come',
  bookingData: '/b/:token/data',
  sayLate: '/b/:token/late',
  alarm: '/b/:token/alarm',
  certificate: '/b/:token/certificate',
  restoreBooking: '/b/:token/restore',
  acceptTime: '/b/:token/fits',
  keepBooking: '/b/:token/keep',
  waitForEarlier: '/b/:token/earlier',
  manageCalendar: '/b/:token/calendar.ics',

  /** The place in the line of somebody without an appointment; whoever has the address may see it. */
  ticket: '/q/:token',
  /** The list of those who wait until something becomes free; and one entry, by its secret. */
  waitingList: '/:locale/:desk/waiting-list',
  waitingStatus: '/w/:waitToken',
  acceptOffer: '/w/:waitToken/accept',
  passOffer: '/w/:waitToken/pass',
  leaveWaitingList: '/w/:waitToken/leave',
  stayOnWaitingList: '/w/:waitToken/stay',
  forgetWaiting: '/w/:waitToken/forget',
  /** For the screen in the waiting room. */
  screen: '/screen/:screenToken',

  /** A calendar of staff, for the program that subscribes to it; whoever has the address may read it. */
  calendarFeed: '/calendars/:feedToken.ics',

  problem: '/problems/:code',
  /** For the supervisor that restarts a process that no longer answers. */
  liveness: '/healthz',
  readiness: '/readyz',
  metrics: '/metrics',

  staff: '/staff',
  signIn: '/staff/sign-in',
  signOut: '/staff/sign-out',
  staffDay: '/staff/:desk/day{/:date}',
  /** An advisor's own day, and what belongs to it. */
  staffMyDay: '/staff/:desk/my-day{/:date}',
  staffMyDayPrint: '/staff/:desk/my-day/:date/print',
  /** The next working day as a file, for a power cut. */
  staffMyNextDay: '/staff/:desk/my-next-day.html',
  staffMyAbsence: '/staff/:desk/my-absence',
  staffBookings: '/staff/:desk/bookings',
  staffFind: '/staff/:desk/find',
  staffNewBooking: '/staff/:desk/bookings/new',
  staffTasks: '/staff/:desk/tasks',
  staffQueue: '/staff/:desk/queue',
  staffWaitingList: '/staff/:desk/waiting-list',
  ...casePages,
  staffHours: '/staff/:desk/hours',
  staffRule: '/staff/:desk/hours/rule',
  staffCopyHours: '/staff/:desk/hours/copy',
  staffHoursCalendar: '/staff/:desk/hours/calendar{/:period}',
  staffHoursVersions: '/staff/:desk/hours/versions',
  staffHoursVersion: '/staff/:desk/hours/versions/:id',
  staffHoursEntry: '/staff/:desk/hours/:id',
  staffChangeHours: '/staff/:desk/hours/:id/change',
  staffTopics: '/staff/:desk/topics',
  staffNewTopic: '/staff/:desk/new-topic',
  staffTopic: '/staff/:desk/topics/:id',
  staffNewQuestion: '/staff/:desk/topics/:id/new-question',
  staffQuestion: '/staff/:desk/topics/:id/questions/:question',
  staffPartners: '/staff/:desk/partners',
  staffNewPartner: '/staff/:desk/new-partner',
  staffPartner: '/staff/:desk/partners/:id',
  staffAdvisors: '/staff/:desk/advisors',
  staffNewAdvisor: '/staff/:desk/new-advisor',
  staffAdvisor: '/staff/:desk/advisors/:id',
  staffReserves: '/staff/:desk/reserves',
  staffTexts: '/staff/:desk/texts',
  staffText: '/staff/:desk/texts/:key',
  /** The mail in which a text stands, for a frame. */
  staffTextMail: '/staff/:desk/texts/:key/mail',
  /** The lists that managers keep, as files and from files. */
  staffCsvFile: '/staff/:desk/export/:list.csv',
  staffImportCsv: '/staff/:desk/import/:list',
  staffWebhooks: '/staff/:desk/webhooks',
  staffWebhook: '/staff/:desk/webhooks/:id',
  staffWebhookWithdrawal: '/staff/:desk/webhooks/:id/withdrawal',
  staffCalendars: '/staff/:desk/calendars',
  staffFigures: '/staff/:desk/figures',
  staffFiguresFile: '/staff/:desk/figures/:table.csv',
  staffAbsences: '/staff/:desk/absences',
  staffAbsence: '/staff/:desk/absences/:id',
  staffPlans: '/staff/:desk/plans',
  staffPlan: '/staff/:desk/plans/:id',
  staffBooking: '/staff/bookings/:id',
  staffMove: '/staff/bookings/:id/move',
  staffUndoMove: '/staff/bookings/:id/undo-move',
  staffTargets: '/staff/bookings/:id/targets',
  staffExchange: '/staff/bookings/:id/exchange',
  staffCancel: '/staff/bookings/:id/cancel',
  staffSendAgain: '/staff/bookings/:id/send-again',
  staffVideoLink: '/staff/bookings/:id/video-link',
  staffInterpreter: '/staff/bookings/:id/interpreter',
  staffSlip: '/staff/bookings/:id/slip',
  staffFalseBookings: '/staff/bookings/:id/false-bookings',
  staffCheckIn: '/staff/bookings/:id/check-in',
  staffCall: '/staff/bookings/:id/call',
  staffBegin: '/staff/bookings/:id/begin',
  staffUndoBegin: '/staff/bookings/:id/undo-begin',
  staffComplete: '/staff/bookings/:id/complete',
  staffNoShow: '/staff/bookings/:id/no-show',
  staffUndoCheckIn: '/staff/bookings/:id/undo-check-in',
  staffReopen: '/staff/bookings/:id/reopen',
  staffOutcome: '/staff/bookings/:id/outcome',
  staffFollowUp: '/staff/bookings/:id/follow-up',
  /** The next step at another desk of this program. */
  staffElsewhere: '/staff/bookings/:id/elsewhere',
  /** The next steps on paper. */
  staffSteps: '/staff/bookings/:id/steps',
  staffRestore: '/staff/bookings/:id/restore',

  ...mailboxPages,

  /** Stylesheets, fonts and browser modules. */
  asset: '/assets/{*name}',
} as const;

/** The root of the JSON API. */
export const API_ROOT = '/api/v1';

/** The API's paths below `API_ROOT`, as OpenAPI writes them. `apiUrl` fills them in. */
export const apiPaths = {
  description: '/openapi.json',
  desks: '/desks',
  desk: '/desks/{desk}',
  openingHours: '/desks/{desk}/opening-hours',
  status: '/desks/{desk}/status',
  slots: '/desks/{desk}/slots',
  slotLines: '/desks/{desk}/slots.ndjson',
  explainSlots: '/desks/{desk}/slots/explain',
  holds: '/desks/{desk}/holds',
  hold: '/desks/{desk}/holds/{id}',
  renewHold: '/desks/{desk}/holds/{id}/renewal',
  bookings: '/desks/{desk}/bookings',

  booking: '/bookings/{manageToken}',
  moveBooking: '/bookings/{manageToken}/reschedule',
  cancelBooking: '/bookings/{manageToken}/cancel',
  restoreBooking: '/bookings/{manageToken}/restore',
  bookingCalendar: '/bookings/{manageToken}/calendar.ics',
  bookingData: '/bookings/{manageToken}/data',

  waitingList: '/desks/{desk}/waiting-list',
  waiting: '/waiting-list/{waitToken}',
  waitingData: '/waiting-list/{waitToken}/data',
  acceptOffer: '/waiting-list/{waitToken}/accept',
  declineOffer: '/waiting-list/{waitToken}/decline',
  ticket: '/queue/{ticketToken}',
  staff: '/staff',
  staffDay: '/staff/desks/{desk}/day',
  staffEvents: '/staff/desks/{desk}/events',
  staffDeskBookings: '/staff/desks/{desk}/bookings',
  staffFalseBookings: '/staff/desks/{desk}/false-bookings',
  staffMoves: '/staff/desks/{desk}/moves',
  staffUndoMoves: '/staff/moves/{id}/undo',
  staffTasks: '/staff/desks/{desk}/tasks',
  staffPlans: '/staff/desks/{desk}/absence-plans',
  staffPlan: '/staff/absence-plans/{id}',
  staffPlanCommit: '/staff/absence-plans/{id}/commit',
  staffPlanUndo: '/staff/absence-plans/{id}/undo',
  staffPlanEnd: '/staff/absence-plans/{id}/end',
  staffWalkIns: '/staff/desks/{desk}/walk-ins',
  staffQueue: '/staff/desks/{desk}/queue',
  staffQueueCall: '/staff/queue/{id}/call',
  staffQueueStart: '/staff/queue/{id}/start',
  staffQueueFinish: '/staff/queue/{id}/finish',
  staffQueueMiss: '/staff/queue/{id}/miss',
  staffQueueLeave: '/staff/queue/{id}/leave',
  staffQueueUndo: '/staff/queue/{id}/undo',
  staffWaitingList: '/staff/desks/{desk}/waiting-list',
  staffWaiting: '/staff/desks/{desk}/waiting-list/{id}',
  staffWaitingOffer: '/staff/desks/{desk}/waiting-list/{id}/offer',
  staffWaitingStarts: '/staff/desks/{desk}/waiting-list/{id}/starts',
  staffWaitingBook: '/staff/desks/{desk}/waiting-list/{id}/book',
  staffWaitingRestore: '/staff/desks/{desk}/waiting-list/{id}/restore',
  ...caseOperationPaths,
  staffOpeningRules: '/staff/desks/{desk}/opening-rules',
  staffHoursPreview: '/staff/desks/{desk}/hours/preview',
  staffHoursVersions: '/staff/desks/{desk}/hours/versions',
  staffRestoreHours: '/staff/desks/{desk}/hours/versions/{id}/restore',
  staffFigures: '/staff/desks/{desk}/figures',
  staffExceptions: '/staff/desks/{desk}/exceptions',
  staffException: '/staff/desks/{desk}/exceptions/{id}',
  staffTexts: '/staff/desks/{desk}/texts',
  staffText: '/staff/desks/{desk}/texts/{key}',
  staffTopics: '/staff/desks/{desk}/topics',
  staffTopic: '/staff/desks/{desk}/topics/{id}',
  staffTopicOrder: '/staff/desks/{desk}/topic-order',
  staffQuestions: '/staff/desks/{desk}/questions',
  staffPartners: '/staff/desks/{desk}/partners',
  staffPartner: '/staff/desks/{desk}/partners/{id}',
  staffAdvisors: '/staff/desks/{desk}/advisors',
  staffAdvisor: '/staff/desks/{desk}/advisors/{id}',
  staffReserves: '/staff/desks/{desk}/reserves',
  staffReservesReplay: '/staff/desks/{desk}/reserves/replay',
  staffTextPreview: '/staff/desks/{desk}/texts/{key}/preview',
  staffTextTrial: '/staff/desks/{desk}/texts/{key}/trial',
  staffDeskAbsences: '/staff/desks/{desk}/absences',
  staffAdvisorAbsences: '/staff/advisors/{advisor}/absences',
  staffAbsence: '/staff/absences/{id}',
  staffBusyCalendar: '/staff/advisors/{advisor}/busy-calendar',
  staffWebhooks: '/staff/desks/{desk}/webhooks',
  staffWebhook: '/staff/desks/{desk}/webhooks/{id}',
  staffWebhookRotate: '/staff/desks/{desk}/webhooks/{id}/rotate',
  staffWebhookTest: '/staff/desks/{desk}/webhooks/{id}/test',
  staffWebhookDeliveries: '/staff/desks/{desk}/webhooks/{id}/deliveries',
  staffSendAgain: '/staff/webhook-deliveries/{id}/send-again',
  staffFeeds: '/staff/feeds',
  staffFeed: '/staff/feeds/{id}',
  staffRenewFeed: '/staff/feeds/{id}/renew',
  staffDeskFeeds: '/staff/desks/{desk}/feeds',
  staffBookings: '/staff/bookings',
  staffBooking: '/staff/bookings/{id}',
  staffMove: '/staff/bookings/{id}/reschedule',
  staffTargets: '/staff/bookings/{id}/targets',
  staffCancel: '/staff/bookings/{id}/cancel',
  staffPrintLink: '/staff/bookings/{id}/print-link',
  staffRestore: '/staff/bookings/{id}/restore',
  staffConfirm: '/staff/bookings/{id}/confirm',
  staffDecline: '/staff/bookings/{id}/decline',
  staffSameNetwork: '/staff/bookings/{id}/same-network',
  staffCheckIn: '/staff/bookings/{id}/check-in',
  staffComplete: '/staff/bookings/{id}/complete',
  staffNoShow: '/staff/bookings/{id}/no-show',
  staffUndoCheckIn: '/staff/bookings/{id}/undo-check-in',
  staffReopen: '/staff/bookings/{id}/reopen',
  staffOutcome: '/staff/bookings/{id}/outcome',
  staffFollowUp: '/staff/bookings/{id}/follow-up',
  staffElsewhere: '/staff/bookings/{id}/elsewhere',
} as const;

/** The pages under `paths.about`; the footer links to all of them. */
export const ABOUT_PAGES = ['accessibility', 'privacy', 'imprint', 'easy-language', 'sign-language'] as const;
export type AboutPage = (typeof ABOUT_PAGES)[number];

export { url };

/** The path of an operation of the API. @throws Error as `url` */
export function apiUrl(pattern: string, params: Readonly<Record<string, PathValue>> = {}): string {
  return API_ROOT + url(pattern, params);
}

/** The path of a file below `views/assets` or of a package that is served with them. */
export function assetUrl(name: string): string {
  return `/assets/${name}`;
}

/** The same path for somebody who is not on our pages: in a mail, a calendar, an answer of the API. @param baseUrl without a slash at its end */
export function absolute(baseUrl: string, path: string): string {
  return baseUrl + path;
}
