import type { BookingEventType } from '../booking/booking';

/** Who receives a mail: the client, or the advisors. */
export type Recipient = 'client' | 'staff';

/** What the program knows of a kind of mail; its text is its block of `mail.json` of whoever gets it. */
export interface KindOfMessage {
  readonly to: readonly Recipient[];
  /** The method of the calendar part in the client's mail (RFC 5546 §1.4); null: it has no calendar part. */
  readonly calendar: 'REQUEST' | 'CANCEL' | null;
  /**
   * Whether the mail tells of a change. If so, it is queued and counted with an event of the history, and a later
   * change can replace it (`mergedFor`). Other mails are about the booking as it is, and belong to no event.
   */
  readonly isChange: boolean;
  /** Whether those who are advised get it as well, where they have an address of their own. */
  readonly toPeople: boolean;
  /** The events that make a mail wrong that tells of no change; it is withdrawn then unless it was sent. */
  readonly withdrawnBy: readonly BookingEventType[];
  /**
   * `once`: one mail for each state of the booking, however often it is queued. `each-time`: one mail for each request.
   */
  readonly sent: 'once' | 'each-time';
}

const CHANGE = {
  to: ['client', 'staff'],
  calendar: 'REQUEST',
  isChange: true,
  toPeople: true,
  withdrawnBy: [],
  sent: 'once',
} as const;

/** What makes a mail wrong that is about the booking as it was. */
const AFTER_IT = ['moved', 'move_undone', 'cancelled', 'corrected'] as const;

/** Every kind of mail. A new kind is a row here, its blocks in `client/mail.json` and `staff/mail.json`, and the code that queues it. */
export const MESSAGE_KINDS = {
  booked: CHANGE,
  moved: CHANGE,
  cancelled: { ...CHANGE, calendar: 'CANCEL' },
  restored: CHANGE,
  video_link: CHANGE,
  /** It waits for an interpreter; nothing is in a calendar yet. */
  requested: { ...CHANGE, calendar: null },
  /** It takes place in another way, at the same time. */
  corrected: CHANGE,
  /** To the address that a client no longer wants to be reached by. */
  readdressed: { to: ['client'], calendar: 'CANCEL', isChange: false, toPeople: false, withdrawnBy: [], sent: 'once' },
  /** The manage link, sent again to a client who asked for it with the reference. */
  link: { to: ['client'], calendar: null, isChange: false, toPeople: false, withdrawnBy: [], sent: 'each-time' },
  /** Before the consultation; it holds for one time, and goes to one address. */
  reminder: {
    ...{ to: ['client'], calendar: null, isChange: false, toPeople: true, sent: 'once' },
    withdrawnBy: ['cancelled', 'moved', 'move_undone', 'corrected'],
  },
  /** To a client who did not come, with the next free starts. */
  missed: {
    ...{ to: ['client'], calendar: null, isChange: false, toPeople: false, sent: 'once' },
    withdrawnBy: ['checked_in', 'reopened'],
  },
  /** What was agreed on in the consultation, and to whom the client goes on. */
  next_steps: {
    ...{ to: ['client'], calendar: null, isChange: false, toPeople: false, sent: 'each-time' },
    withdrawnBy: ['reopened', 'outcome_noted'],
  },
  /** The invitation as it is now, once more, because staff sent it again. */
  invited_again: {
    to: ['client'],
    calendar: 'REQUEST',
    isChange: false,
    toPeople: false,
    withdrawnBy: AFTER_IT,
    sent: 'each-time',
  },
  /** The client's calendar has declined: the mail asks whether to cancel. */
  declined: { to: ['client'], calendar: null, isChange: false, toPeople: false, withdrawnBy: AFTER_IT, sent: 'once' },
  /** The client's calendar has asked for another time, which only the client can choose. */
  countered: { to: ['client'], calendar: null, isChange: false, toPeople: false, withdrawnBy: AFTER_IT, sent: 'once' },
} as const satisfies Readonly<Record<string, KindOfMessage>>;

export type MessageKind = keyof typeof MESSAGE_KINDS;

/**
 * The kinds of mail to those who wait until something becomes free. They are about no booking: `waiting_missed`, an offer
 * was not answered; `waiting_withdrawn`, what was offered does not take place; `waiting_over`, the entry has ended.
 */
export type WaitingMailKind =
  | 'waiting_joined'
  | 'waiting_offer'
  | 'waiting_missed'
  | 'waiting_withdrawn'
  | 'waiting_over';

/** The kinds that tell of no change, and are therefore queued independently of events. */
export type StandingKind = {
  [Kind in MessageKind]: (typeof MESSAGE_KINDS)[Kind]['isChange'] extends true ? never : Kind;
}[MessageKind];

/** The table, or a test's table with a further row, for the rules that read it. */
export type KindsOfMessage = Readonly<Record<string, KindOfMessage>>;

/** Tells whether messages of this kind are counted with the changes of a booking. */
export function tellsOfChange(kind: string, kinds: KindsOfMessage = MESSAGE_KINDS): boolean {
  return kinds[kind]?.isChange ?? false;
}

/** Returns the kinds of mails that an event makes wrong, though they tell of no change. */
export function kindsWithdrawnBy(type: BookingEventType): MessageKind[] {
  const kinds = Object.keys(MESSAGE_KINDS) as MessageKind[];
  return kinds.filter((kind) => (MESSAGE_KINDS[kind] as KindOfMessage).withdrawnBy.includes(type));
}

export function isStandingKind(type: BookingEventType | StandingKind): type is StandingKind {
  return Object.hasOwn(MESSAGE_KINDS, type) && !tellsOfChange(type);
}
