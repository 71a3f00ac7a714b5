import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import type { BookingAtDesk } from '../../desk';
import { queryOf } from '../../forms';
import { showBooking } from './showBooking';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

const DONE = [
  ...['moved', 'move_undone', 'exchanged', 'cancelled', 'restored'],
  ...['checked_in', 'check_in_undone', 'completed', 'no_show', 'reopened'],
  'video_link_changed',
  'sent_again',
  'interpreter',
  'outcome',
];

/** Shows everything about one booking, and the actions that are possible now. */
export function overviewPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const { done, others } = queryOf(req);
      await showBooking(deps, res, {
        booking,
        desk,
        done: DONE.find((each) => each === done),
        others: others?.split(','),
      });
    },
  };
}
