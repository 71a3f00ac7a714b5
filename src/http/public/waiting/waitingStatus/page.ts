import { waitTokenFor } from '../../../../app/waiting/behindWaitToken';
import { isRefusal } from '../../../../domain/errors';
import { mayBecomeEarlier } from '../../../../domain/waiting/entry';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import type { OpenedEntry } from './openedEntry';
import { waitingStatusView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'now'>;

/** What is news on the page, as the names of query parameters. */
const NEWS = ['joined', 'passed', 'gone', 'back'] as const;

/** What somebody waits for, and what is offered to them, to be taken with one press. */
export function waitingStatusPage({ storage, tokens, now }: Deps): Page<OpenedEntry> {
  return {
    async get(opened, req, res) {
      const news = NEWS.find((name) => name in req.query);
      const { bookedId, bookingId } = opened.entry;
      const waitsFor = bookingId === null ? null : await storage.bookings.find(bookingId);
      const mayWait = waitsFor === null || (waitsFor !== undefined && mayBecomeEarlier(waitsFor, now()));
      const bookingHref = bookedId === null ? undefined : url(paths.manage, { token: tokens.tokenFor(bookedId) });
      res.render(
        'pages/public/waiting/waitingStatus',
        waitingStatusView({ ...opened, news, bookingHref, mayWait }, res.locals),
      );
    },
  };
}

/** Takes what is offered, and leads to the booking. */
export function acceptOfferPage({ app, tokens }: Deps): Page<OpenedEntry> {
  return {
    async post({ entry, token }, _req, res) {
      try {
        const { value } = await deed(res, () => app.acceptOffer({ entry }));
        res.redirect(303, url(paths.manage, { token: tokens.tokenFor(value.id) }));
      } catch (error) {
        if (!isRefusal(error, 'hold-expired') && !isRefusal(error, 'slot-unavailable')) throw error;
        res.redirect(303, url(paths.waitingStatus, { waitToken: token }, { gone: 1 }));
      }
    },
  };
}

/** Lets pass what is offered. */
export function passOfferPage({ app }: Deps): Page<OpenedEntry> {
  return {
    async post({ entry, token }, _req, res) {
      await deed(res, () => app.passOffer({ entry }));
      res.redirect(303, url(paths.waitingStatus, { waitToken: token }, { passed: 1 }));
    },
  };
}

/** Leaves the list; whoever changes their mind is back with one press. */
export function leaveWaitingListPage({ app }: Deps): Page<OpenedEntry> {
  return {
    async post({ entry, token }, _req, res) {
      await deed(res, () => app.leaveList({ entry }));
      res.redirect(303, url(paths.waitingStatus, { waitToken: token }));
    },
  };
}

/** Takes back that somebody has left. Who has joined anew meanwhile is led to the new entry. */
export function stayOnWaitingListPage({ app, tokens }: Deps): Page<OpenedEntry> {
  return {
    async post({ entry, token }, _req, res) {
      try {
        const stayed = await deed(res, () => app.stayOnList({ entry }), entry);
        res.redirect(303, url(paths.waitingStatus, { waitToken: waitTokenFor({ tokens }, stayed) }, { back: 1 }));
      } catch (error) {
        if (!isRefusal(error, 'hold-expired')) throw error;
        res.redirect(303, url(paths.waitingStatus, { waitToken: token }));
      }
    },
  };
}

/** Forgets the entry, and leads back to the form of the list. */
export function forgetWaitingPage({ app }: Deps): Page<OpenedEntry> {
  return {
    async post({ entry, desk }, _req, res) {
      await deed(res, () => app.forgetWaiting({ entry }));
      const { locale } = res.locals;
      const asked = { topic: entry.topicId, language: entry.languages, left: 1 };
      res.redirect(303, url(paths.waitingList, { locale, desk: desk.id }, asked));
    },
  };
}
