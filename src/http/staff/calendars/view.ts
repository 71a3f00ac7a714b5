import type { Instant } from '../../../domain/calendar/interval';
import { type BusyCalendar, STALE_AFTER_MS } from '../../../domain/calendars/busyCalendar';
import { type Feed, tellsNames } from '../../../domain/calendars/feed';
import type { Desk } from '../../../domain/desk';
import { mayChangeAbsences, mayKeepFeed } from '../../../domain/staff/rights';
import type { StaffMember } from '../../../domain/staff/roles';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import { wordsOf } from '../words';

/** What can be done on the page; it says so afterwards. */
export const DEEDS = ['added', 'renewed', 'revoked', 'busy', 'notBusy'] as const;

/** The choice of the calendar of the whole desk; no advisor has such an id. */
export const WHOLE_DESK = '*';

/** The programs of which the page says how to subscribe in them. */
const PROGRAMS = ['outlook', 'google', 'apple', 'thunderbird'] as const;

interface Facts {
  readonly desk: Desk;
  readonly who: StaffMember;
  /** Those that this person may revoke. */
  readonly feeds: readonly Feed[];
  /** The own calendar of this person, by which they are busy. */
  readonly busy: BusyCalendar | undefined;
  readonly now: Instant;
  readonly fields: Fields;
  /** Makes two presses of the button count once. */
  readonly key: string;
  /** The address of the feed that was just made or renewed, shown this once. */
  readonly address: string | undefined;
  readonly done: (typeof DEEDS)[number] | undefined;
  readonly errors: readonly FormError[] | undefined;
}

/** Returns the calendars to which somebody can subscribe, and the form for one more. */
export function calendarsView(facts: Facts, reader: Reader) {
  const { desk, who, feeds, fields, key, address, done, errors } = facts;
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const whose = ({ advisorId }: Pick<Feed, 'advisorId'>) =>
    advisorId === null ? t('calendars.wholeDesk') : words.advisor(advisorId);
  const choices = [null, ...desk.advisors.filter(({ retired }) => !retired).map(({ id }) => id)]
    .filter((advisorId) => mayKeepFeed(who, { deskId: desk.id, advisorId }))
    .map((advisorId) => ({ value: advisorId ?? WHOLE_DESK, text: whose({ advisorId }) }));
  const isOwn = choices.length === 1 && choices[0]?.value === who.advisorId;
  return {
    title: isOwn ? t('calendars.own') : t('calendars.title'),
    action: url(paths.staffCalendars, { desk: desk.id }),
    address: address && { https: address, webcal: address.replace(/^https?:/, 'webcal:') },
    programs: PROGRAMS.map((program) => ({
      name: t(`calendars.in.${program}.name`),
      how: t(`calendars.in.${program}.how`),
    })),
    feeds: feeds.map((feed) => ({
      id: feed.id,
      name: whose(feed),
      made: t('calendars.made', { date: words.time.date(feed.createdAt) }),
      content: tellsNames(feed, desk) ? t('calendars.withNames') : t('calendars.withoutNames'),
    })),
    form:
      choices.length === 0
        ? undefined
        : {
            own: isOwn ? choices[0]?.value : undefined,
            options: choices.map((each) => ({ ...each, selected: each.value === fields.whose })),
            mayName: desk.feedNames,
            names: fields.names === 'true',
            wrong: { whose: wrong('whose'), names: wrong('names') },
          },
    busy: busyView(facts, reader),
    hidden: carried({ key }, ['key']),
    typedForm: 'feed',
    done: done && t(`calendars.done.${done}`),
    errors: errors?.length ? errors : undefined,
  };
}

/** Returns the own calendar of an advisor who is signed in, and the form for its address; undefined for everybody else. */
function busyView({ desk, who, busy, now, fields, errors }: Facts, reader: Reader) {
  const { t } = reader;
  if (who.advisorId === null || !mayChangeAbsences(who, desk.id, who.advisorId)) return undefined;
  const { time } = wordsOf(desk, reader);
  return {
    calendar: busy && {
      host: busy.host,
      read: t('calendars.busy.read', { at: time.dateAndTime(busy.readAt) }),
      events: t('calendars.busy.events', { count: busy.events }),
      unread: busy.unread > 0 ? t('calendars.busy.unread', { count: busy.unread }) : undefined,
      problem: busy.problem === null ? undefined : t(`calendars.busy.wrong.${busy.problem}`),
      // It is worth a warning once it lasts.
      kind: now - busy.readAt >= STALE_AFTER_MS ? 'warning' : 'info',
    },
    url: fields.url ?? '',
    wrong: errors?.find(({ href }) => href === '#url')?.text,
  };
}
