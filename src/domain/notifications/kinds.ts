import type { BookingEventType } from '../booking/booking';

/** Who reads a mail: the client, or the advisors. */
export type Recipient = 'client' | 'staff';

/** All that the program has to know of a kind of mail; how it reads is its block of `mail.json`. */
export interface KindOfMessage {
  readonly to: readonly Recipient[];
  /** The method of the calendar part in the client's mail (RFC 5546 §1.4); null: there is none. */
  readonly calendar: 'REQUEST' | 'CANCEL' | null;
  /**
   * Whether it tells of a change: then it is queued and counted with an event of the history, and a later change takes its place
   * (`mergedFor`). Any other mail is about the booking as it is, and counts with no event.
   */
  readonly isChange: boolean;
  /** What makes a mail that tells of no change wrong, so that it is withdrawn unless it was sent. */
  readonly withdrawnBy: readonly BookingEventType[];
  /** `once`: one for each state of the booking, however often it is queued. `each-time`: as often as it is asked for. */
  readonly sent: 'once' | 'each-time';
}

const CHANGE = { to: ['client', 'staff'], calendar: 'REQUEST', isChange: true, withdrawnBy: [], sent: 'once' } as const;

/** Every kind of mail that is sent. A new kind is a row here, its block in `mail.json`, and whoever queues it. */
export const MESSAGE_KINDS = {
  booked: CHANGE,
  moved: CHANGE,
  cancelled: { ...CHANGE, calendar: 'CANCEL' },
  restored: CHANGE,
  video_link: CHANGE,
  /** The manage link once more, asked for with the reference. */
  link: { to: ['client'], calendar: null, isChange: false, withdrawnBy: [], sent: 'each-time' },
} as const satisfies Readonly<Record<string, KindOfMessage>>;

export type MessageKind = keyof typeof MESSAGE_KINDS;

/** The kinds that tell of no change, and so are queued by themselves. */
export type StandingKind = {
  [Kind in MessageKind]: (typeof MESSAGE_KINDS)[Kind]['isChange'] extends true ? never : Kind;
}[MessageKind];

/** The table, or one with a further row, for the rules that read it. */
export type KindsOfMessage = Readonly<Record<string, KindOfMessage>>;

/** Whether messages of this kind are counted with the changes of a booking. */
export function tellsOfChange(kind: string, kinds: KindsOfMessage = MESSAGE_KINDS): boolean {
  return kinds[kind]?.isChange ?? false;
}

export function isStandingKind(type: BookingEventType | StandingKind): type is StandingKind {
  return Object.hasOwn(MESSAGE_KINDS, type) && !tellsOfChange(type);
}
